#include <string.h>

#include "specs/base/buffer.h"
#include "specs/decode.h"
#include "specs/graph.h"
#include "specs/outline.h"

static const struct {
    int key;
    const char *name;
    enum test_role role;
} lists[] = {
    {SUITE_SETUP, "setup", ROLE_SETUP},
    {SUITE_TESTS, "tests", ROLE_TEST},
    {SUITE_TEARDOWN, "teardown", ROLE_TEARDOWN},
};

size_t suite_count_tests(const json_t *root)
{
    size_t count = 0;

    for (size_t i = 0; i < COUNT(lists); i++)
        count += json_array_size(json_object_get(root, lists[i].name));
    return count;
}

static void decode_suite_tags(struct decoder *decoder,
                              const struct node *written)
{
    struct nodes tags = strings_decode(decoder, written, "a tag");
    const char **list =
        arena_take(&decoder->plan->arena, tags.count * sizeof(*list));

    for (size_t i = 0; i < tags.count; i++)
        list[i] = json_string_value(tags.list[i].json);
    decoder->tag_count = tags.count;
    decoder->tags = list;
}

static void decode_base_url(struct decoder *decoder, const struct node *written)
{
    if (!text_read(written, "\"base_url\"", decoder->faults))
        return;
    url_check(decoder, written, true);
    decoder->suite->base_url =
        template_compile(&decoder->plan->arena, written, decoder->faults);
    decoder->suite->base_url_at = written->at;
}

static void decode_defaults(struct decoder *decoder, const struct node *written)
{
    struct member found[DEFAULTS_RULES] = {0};

    if (written->json)
        fields_read(&decoder->scratch, written, &defaults_table, found,
                    decoder->faults);
    request_decode_base(decoder, &found[DEFAULTS_REQUEST].value);
    if (found[DEFAULTS_EXPECT].value.json) {
        decoder->base_expect =
            arena_take(&decoder->plan->arena, sizeof(*decoder->base_expect));
        *decoder->base_expect = found[DEFAULTS_EXPECT].value;
    }
}

/* What the names are worth is for variables_for_suite() to say. */
static bool check_secrets(struct decoder *decoder, const struct node *written)
{
    struct nodes names = node_elements(&decoder->scratch, written);
    bool good = true;

    for (size_t i = 0; i < names.count; i++)
        good &= type_check(&names.list[i], "the name of a secret", TYPE_STRING,
                           decoder->faults);
    return good;
}

static void decode_head(struct decoder *decoder, const struct member *found)
{
    struct suite *suite = decoder->suite;
    const char *name =
        text_read(&found[SUITE_NAME].value, "\"name\"", decoder->faults);

    if (name)
        suite->name = name;
    if (found[SUITE_TAGS].value.json)
        decode_suite_tags(decoder, &found[SUITE_TAGS].value);
    if (found[SUITE_BASE_URL].value.json)
        decode_base_url(decoder, &found[SUITE_BASE_URL].value);
    check_secrets(decoder, &found[SUITE_SECRETS].value);
    suite->sequential = json_is_true(found[SUITE_SEQUENTIAL].value.json);
    decode_defaults(decoder, &found[SUITE_DEFAULTS].value);
}

/* Compiles what the test expects now, so that its JSON can be let go; or keeps
 * that for plan_compile(). */
static void settle(struct decoder *decoder, const struct test *test,
                   json_t *json)
{
    struct arena *arena = &decoder->plan->arena;

    if (decoder->compiler)
        test_compile(test, decoder->compiler, arena, decoder->faults);
    else
        json_hold(arena, json);
}

static void decode_list(struct decoder *decoder, const struct node *written,
                        enum test_role role, struct test **tests)
{
    struct elements elements = outline_elements(written);

    while (elements.left && !decoder->is_broken) {
        struct node own = outline_next(&elements);
        struct test *test = *tests;

        if (!own.json) {
            decoder->is_broken = true;
            break;
        }
        ++*tests;
        test->index = (size_t)(test - decoder->plan->tests);
        test->suite = decoder->suite;
        test->role = role;
        test_decode(decoder, &own, test);
        settle(decoder, test, own.json);
        json_decref(own.json);
        arena_reset(&decoder->scratch);
    }
}

static bool holds_secret(const struct suite *suite, const char *text)
{
    for (size_t i = 0; i < suite->secret_count; i++)
        if (strstr(text, suite->secrets[i]))
            return true;
    return false;
}

/* What templates make of the base_url. That one of them cannot be filled is for
 * the graph to tell. */
static void check_filled_base_url(struct decoder *decoder)
{
    const struct suite *suite = decoder->suite;
    CLEANUP(buffer_finish)
    struct buffer text = buffer_with_ceiling(LIMIT_TEMPLATE_BYTES);
    struct scope scope = {.values = suite->constants};
    struct fault fault = {0};
    const struct node node = {.at = suite->base_url_at};
    const char *trouble;

    if (!suite->base_url || template_is_constant(suite->base_url) ||
        !template_fill_text(suite->base_url, &scope, &text, &fault))
        return;
    trouble = base_url_trouble(buffer_text(&text));
    if (trouble && holds_secret(suite, buffer_text(&text))) {
        node_fault(decoder->faults, &node,
                   "\"base_url\" is wrong once it is "
                   "filled; %s",
                   trouble);
    } else if (trouble) {
        node_fault(decoder->faults, &node,
                   "\"base_url\" becomes \"%.200s\"; %s", buffer_text(&text),
                   trouble);
    }
}

/* The number of the copy that a name like "a [3]" would be, and how long the
 * name before it is; false for other names. */
static bool is_copy_name(const char *name, size_t *length, uint64_t *number)
{
    const char *open = strrchr(name, '[');
    size_t digits = open ? strspn(open + 1, "0123456789") : 0;
    char text[16] = "";

    if (!digits || digits >= sizeof(text) || open - name < 2 ||
        open[-1] != ' ' || strcmp(open + 1 + digits, "]") != 0 ||
        (open[1] == '0' && digits > 1))
        return false;
    memcpy(text, open + 1, digits);
    *length = (size_t)(open - name) - 1;
    return read_count(text, LIMIT_REPEAT, number);
}

/* Reports know copies by names too. */
static void refuse_copy_names(struct decoder *decoder, const struct test *tests,
                              size_t count)
{
    struct map repeated = {0};

    for (size_t i = 0; i < count; i++)
        if (tests[i].is_repeated)
            map_set(&repeated, tests[i].name, (void *)(uintptr_t)&tests[i]);
    for (size_t i = 0; i < count && repeated.count; i++) {
        const char *name = tests[i].name;
        const struct test *other = NULL;
        uint64_t number;
        size_t length;

        if (is_copy_name(name, &length, &number))
            other = map_find(&repeated,
                             arena_copy_bytes(&decoder->scratch, name, length));
        if (other && number < other->copy_count) {
            spot_fault(decoder->faults, tests[i].name_at,
                       "the name \"%s\" is taken by a copy of the test in line "
                       "%u",
                       name, spot_place(other->name_at).line);
        }
    }
    map_finish(&repeated);
}

void suite_decode(struct decoder *decoder, const struct node *root,
                  const struct variables *variables, struct test *tests)
{
    struct member found[SUITE_RULES];
    struct arena lasting = {0}; /* the scratch is emptied after each test */
    struct suite *suite = decoder->suite;
    struct test *next = tests;
    size_t before = decoder->faults->total;

    fields_read(&lasting, root, &suite_table, found, decoder->faults);
    suite->tests = tests;
    decode_head(decoder, found);
    suite->constants = variables_for_suite(
        variables, &found[SUITE_VARIABLES].value, &found[SUITE_SECRETS].value,
        suite, decoder->faults);
    if (decoder->faults->total == before &&
        !variables->options->secrets_may_be_missing)
        check_filled_base_url(decoder);
    for (size_t i = 0; i < COUNT(lists) && !decoder->is_broken; i++) {
        if (found[lists[i].key].value.json)
            decode_list(decoder, &found[lists[i].key].value, lists[i].role,
                        &next);
    }
    suite->test_count = (size_t)(next - tests);
    refuse_copy_names(decoder, tests, suite->test_count);
    arena_finish(&lasting);
}
