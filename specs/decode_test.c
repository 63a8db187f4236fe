#include <string.h>

#include "specs/base/buffer.h"
#include "specs/decode.h"

const char *text_keep(struct decoder *decoder, const char *text)
{
    return text ? arena_copy(&decoder->plan->arena, text) : NULL;
}

struct nodes strings_decode(struct decoder *decoder, const struct node *array,
                            const char *subject)
{
    struct nodes all = node_elements(&decoder->scratch, array);
    struct node *good =
        arena_take(&decoder->scratch, all.count * sizeof(*good));
    size_t count = 0;

    for (size_t i = 0; i < all.count; i++)
        if (text_read(&all.list[i], subject, decoder->faults))
            good[count++] = all.list[i];
    return (struct nodes){count, good};
}

/* The suite's tags are shared by all tests that have none of their own. */
static void decode_tags(struct decoder *decoder, const struct node *written,
                        struct test *test)
{
    struct nodes own = {0};
    const char **tags;

    test->tag_count = decoder->tag_count;
    test->tags = decoder->tags;
    if (written->json)
        own = strings_decode(decoder, written, "a tag");
    if (!own.count)
        return;
    tags = arena_take(&decoder->plan->arena,
                      (decoder->tag_count + own.count) * sizeof(*tags));
    for (size_t i = 0; i < decoder->tag_count; i++)
        tags[i] = decoder->tags[i];
    for (size_t i = 0; i < own.count; i++)
        tags[decoder->tag_count + i] =
            text_keep(decoder, json_string_value(own.list[i].json));
    test->tag_count += own.count;
    test->tags = tags;
}

static void decode_after(struct decoder *decoder, const struct node *written,
                         struct test *test)
{
    struct nodes ids = strings_decode(decoder, written, "an id in \"after\"");
    struct after *after =
        arena_take(&decoder->plan->arena, ids.count * sizeof(*after));

    for (size_t i = 0; i < ids.count; i++) {
        after[i] = (struct after){
            text_keep(decoder, json_string_value(ids.list[i].json)),
            ids.list[i].at};
    }
    test->after_count = ids.count;
    test->after = after;
}

static const struct spot *enter(struct decoder *decoder, struct map *map,
                                const char *name, struct spot at)
{
    struct spot *kept = arena_take(&decoder->places, sizeof(*kept));
    struct spot *first;

    *kept = at;
    first = map_set(map, name, kept);
    if (first)
        map_set(map, name, first);
    return first;
}

/* Names are unique, since reports know tests by them, and so are ids. */
static void decode_names(struct decoder *decoder, const struct member *found,
                         struct test *test)
{
    const struct node *name = &found[TEST_NAME].value;
    const struct node *id = &found[TEST_ID].value;
    const char *written_id =
        text_keep(decoder, text_read(id, "\"id\"", decoder->faults));
    const char *written =
        text_keep(decoder, text_read(name, "\"name\"", decoder->faults));
    const struct spot *first;

    test->name = written ? written : "";
    test->name_at = name->at;
    test->id = written_id ? written_id : test->name;
    if (written) {
        first = enter(decoder, &decoder->names, written, name->at);
        if (first) {
            node_fault(decoder->faults, name,
                       "the name \"%s\" is taken by the test in line %u",
                       written, spot_place(*first).line);
            return;
        }
    }
    if (!*test->id)
        return;
    if (!written_id)
        id = name;
    first = enter(decoder, &decoder->ids, test->id, id->at);
    if (first) {
        node_fault(decoder->faults, id,
                   "the id \"%s\" is taken by the test in line %u", test->id,
                   spot_place(*first).line);
    }
}

struct parts {
    const struct member *request, *expect, *capture;
};

/* What is written lies over the defaults; a null takes them away. */
static const struct node *decode_expect(struct decoder *decoder,
                                        const struct node *written)
{
    struct arena *arena =
        decoder->compiler ? &decoder->scratch : &decoder->plan->arena;
    struct node *expect;

    if (!written->json)
        return decoder->base_expect;
    if (!json_is_null(written->json)) {
        expect = arena_take(arena, sizeof(*expect));
        *expect = *written;
        expect->over = decoder->base_expect;
        return expect;
    }
    if (!decoder->base_expect) {
        node_fault(decoder->faults, written,
                   "null removes what the defaults expect, and they expect "
                   "nothing");
    }
    return NULL;
}

static const struct node *keep_capture(struct decoder *decoder,
                                       const struct node *written)
{
    struct arena *arena = &decoder->plan->arena;
    struct node *capture;

    if (!written->json)
        return NULL;
    capture = arena_take(arena, sizeof(*capture));
    *capture = *written;
    json_hold(arena, capture->json);
    return capture;
}

static void decode_exchange(struct decoder *decoder, const struct parts *parts,
                            struct step *step)
{
    const struct node *request = &parts->request->value;

    decoder->own_written = *request;
    step->expect = decode_expect(decoder, &parts->expect->value);
    step->expects_defaults = !parts->expect->value.json;
    step->capture = keep_capture(decoder, &parts->capture->value);
    if (request->json)
        step->request = request_decode(decoder, request);
}

static void decode_step(struct decoder *decoder, const struct node *written,
                        struct step *step)
{
    struct member found[STEP_RULES] = {0};
    const struct parts parts = {&found[STEP_REQUEST], &found[STEP_EXPECT],
                                &found[STEP_CAPTURE]};

    step->at = written->at;
    if (!type_check(written, "a step", TYPE_OBJECT, decoder->faults))
        return;
    fields_read(&decoder->scratch, written, &step_table, found,
                decoder->faults);
    step->name = text_keep(decoder, text_read(&found[STEP_NAME].value,
                                              "\"name\"", decoder->faults));
    decode_exchange(decoder, &parts, step);
}

static void decode_steps(struct decoder *decoder, const struct member *written,
                         struct test *test)
{
    struct nodes all = node_elements(&decoder->scratch, &written->value);
    struct step *steps;

    if (!all.count)
        spot_fault(decoder->faults, written->key_at,
                   "\"steps\" needs at least one step");
    if (all.count > LIMIT_STEPS) {
        spot_fault(decoder->faults, written->key_at,
                   "a test has at most %d steps, not %zu", LIMIT_STEPS,
                   all.count);
        return;
    }
    steps = arena_take(&decoder->plan->arena, all.count * sizeof(*steps));
    for (size_t i = 0; i < all.count; i++) {
        steps[i].number = i;
        steps[i].request.manner = decoder->base.manner;
        decode_step(decoder, &all.list[i], &steps[i]);
    }
    test->step_count = all.count;
    test->steps = steps;
}

static void decode_single(struct decoder *decoder, const struct node *written,
                          const struct member *found, struct test *test)
{
    const struct parts parts = {&found[TEST_REQUEST], &found[TEST_EXPECT],
                                &found[TEST_CAPTURE]};
    struct step *step = arena_take(&decoder->plan->arena, sizeof(*step));

    step->at = written->at;
    decode_exchange(decoder, &parts, step);
    if (found[TEST_RACE].value.json)
        race_decode(decoder, &found[TEST_RACE].value, test, step);
    test->step_count = 1;
    test->steps = step;
}

/* What belongs into each step cannot stand beside them. */
static void refuse_beside_steps(struct decoder *decoder,
                                const struct member *found)
{
    static const int keys[] = {TEST_REQUEST, TEST_EXPECT, TEST_CAPTURE};

    for (size_t i = 0; i < COUNT(keys); i++) {
        if (found[keys[i]].value.json) {
            spot_fault(decoder->faults, found[keys[i]].key_at,
                       "\"%s\" belongs in each of the \"steps\"",
                       found[keys[i]].key);
        }
    }
    if (found[TEST_RACE].value.json) {
        spot_fault(decoder->faults, found[TEST_RACE].key_at,
                   "\"race\" is for a test of one request; it cannot stand "
                   "beside \"steps\"");
    }
}

static void decode_doing(struct decoder *decoder, const struct node *written,
                         const struct member *found, struct test *test)
{
    if (found[TEST_STEPS].value.json) {
        refuse_beside_steps(decoder, found);
        decode_steps(decoder, &found[TEST_STEPS], test);
    } else if (found[TEST_REQUEST].value.json) {
        decode_single(decoder, written, found, test);
    } else if (!found[TEST_REQUEST].key && !found[TEST_STEPS].key) {
        node_fault(decoder->faults, written,
                   "a test needs \"request\" or \"steps\"");
    }
}

void test_decode(struct decoder *decoder, const struct node *written,
                 struct test *test)
{
    struct member found[TEST_RULES] = {0};

    test->at = written->at;
    test->name = test->id = "";
    test->repeat_count = test->copy_count = 1;
    if (!type_check(written, "a test", TYPE_OBJECT, decoder->faults))
        return;
    fields_read(&decoder->scratch, written, &test_table, found,
                decoder->faults);
    decode_names(decoder, found, test);
    decode_tags(decoder, &found[TEST_TAGS].value, test);
    if (found[TEST_AFTER].value.json)
        decode_after(decoder, &found[TEST_AFTER].value, test);
    copies_decode(decoder, found, test);
    attempts_decode(decoder, found, test);
    terms_decode(decoder, found, test);
    decode_doing(decoder, written, found, test);
}
