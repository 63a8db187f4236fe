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
    decoder->shares_layers = true;
    if (found[DEFAULTS_RETRY].value.json)
        retry_decode_base(decoder, &found[DEFAULTS_RETRY].value);
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

static void decode_named(struct decoder *decoder, const struct member *found)
{
    struct suite *suite = decoder->suite;

    suite->requests = named_read(NAMED_REQUEST, decoder->plan, suite,
                                 &found[SUITE_REQUESTS].value, decoder->faults);
    suite->matchers = named_read(NAMED_MATCHER, decoder->plan, suite,
                                 &found[SUITE_MATCHERS].value, decoder->faults);
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
    decode_named(decoder, found);
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

/* What templates make of the base_url. That one of them cannot be filled is for
 * the graph to tell. */
static void check_filled_base_url(struct decoder *decoder)
{
    const struct suite *suite = decoder->suite;
    CLEANUP(buffer_finish)
    struct buffer text = buffer_with_ceiling(LIMIT_TEMPLATE_BYTES);
    struct scope scope = {.values = suite->constants, .suite = suite};
    struct fault fault = {0};
    const struct node node = {.at = suite->base_url_at};
    struct trouble trouble;

    if (!suite->base_url || template_is_literal(suite->base_url) ||
        suite_stands_in(suite, template_needs(suite->base_url)) ||
        !template_fill_text(suite->base_url, &scope, &text, &fault) ||
        url_read_base(buffer_text(&text), suite, &trouble))
        return;
    if (suite_hides(suite, buffer_text(&text), text.length)) {
        node_fault(decoder->faults, &node,
                   "\"base_url\" is wrong once it is "
                   "filled; %s",
                   trouble.blind ? trouble.blind : trouble.text);
    } else {
        node_fault(decoder->faults, &node,
                   "\"base_url\" becomes \"%.200s\"; %s", buffer_text(&text),
                   trouble.text);
    }
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
    if (!found[SUITE_TESTS].key && !decoder->is_included)
        node_fault(decoder->faults, root, "a suite needs \"tests\"");
    decode_head(decoder, found);
    suite->constants = variables_for_suite(
        variables, &found[SUITE_VARIABLES].value, &found[SUITE_SECRETS].value,
        suite, decoder->faults);
    if (decoder->faults->total == before)
        check_filled_base_url(decoder);
    for (size_t i = 0; i < COUNT(lists) && !decoder->is_broken; i++) {
        if (found[lists[i].key].value.json)
            decode_list(decoder, &found[lists[i].key].value, lists[i].role,
                        &next);
    }
    suite->test_count = (size_t)(next - tests);
    requests_try(decoder);
    copy_names_refuse(decoder, tests, suite->test_count);
    arena_finish(&lasting);
}
