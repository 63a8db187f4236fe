/* What a suite of many tests costs: no more for each than a small one does. */
#include "tests/unit/specs/choice.h"
#include "tests/unit/specs/cost.h"
#include "tests/unit/specs/folder.h"
#include "tests/unit/specs/sketch.h"
#include "tests/unit/unit.h"

#include "specs/graph.h"
#include "specs/last_run.h"
#include "specs/select_lines.h"

enum {
    FEW_TESTS = 20000,
    FEW_NAMES = 300,
    FEW_LINES = 600,
    FEW_BRACKETS = 2000,
    FEW_PLACES = 10000,
    APART = 200, /* bytes */
};

#define ADD(...) ck_assert(buffer_print(&text, __VA_ARGS__))

static int64_t cost_of_choosing(const void *of, size_t tests)
{
    struct buffer text = buffer_with_ceiling(LIMIT_SPEC_BYTES);
    const struct name_filter wanted = choice_filter("t");
    const struct selection_options options = {.wanted_count = 1,
                                              .wanted = &wanted};
    struct selection_counts counts;
    struct faults faults = {0};
    struct sketch sketch;
    int64_t cost;

    (void)of;
    ADD("{\"setup\": [" TEST("s", "") "], \"tests\": [");
    for (size_t i = 0; i < tests; i++)
        ADD(TEST("t%zu", "") ",", i);
    text.bytes[text.length - 1] = ']';
    ck_assert(buffer_add_text(&text, "}"));
    sketch_load(&sketch, text.bytes);
    cost = -cost_now();
    counts = plan_select(sketch.plan, &options, &faults);
    cost += cost_now();
    ck_assert_uint_eq(counts.selected, tests);
    ck_assert_uint_eq(counts.pulled_in, 1);
    sketch_finish(&sketch);
    buffer_finish(&text);
    return cost;
}

START_TEST(many_are_chosen_at_once)
{
    cost_expect_even(cost_of_choosing, NULL, FEW_TESTS);
}
END_TEST

static int64_t cost_of_mistakes(const void *of, size_t names)
{
    struct buffer text = buffer_with_ceiling(LIMIT_SPEC_BYTES);
    struct sketch sketch;
    int64_t cost;

    (void)of;
    ADD("{\"variables\": {\"name\": 1");
    for (size_t i = 0; i < names; i++)
        ADD(", \"name_of_a_variable_%zu\": 1", i);
    ADD("}, \"tests\": [" TEST("t", ""));
    for (size_t i = 0; i < names; i++) {
        ADD(", {\"name\": \"u%zu\", ", i);
        ADD(REQUEST("{{nobody_has_this_one_%zu}}") "}", i);
    }
    ck_assert(buffer_add_text(&text, "]}"));
    cost = -cost_now();
    sketch_load(&sketch, text.bytes);
    cost += cost_now();
    ck_assert_uint_eq(sketch.faults.total, names);
    ck_assert_uint_eq(sketch.faults.count, LIMIT_FAULTS);
    sketch_finish(&sketch);
    buffer_finish(&text);
    return cost;
}

START_TEST(mistakes_that_nobody_reads_are_only_counted)
{
    cost_expect_even(cost_of_mistakes, NULL, FEW_NAMES);
}
END_TEST

/* How the tests of a suite stand in lines, and which of these are named. */
struct naming {
    const char *between;  /* two tests, and before the first one */
    unsigned first, step; /* lines */
};

static void load_lines(struct sketch *sketch, size_t tests, const char *between)
{
    struct buffer text = buffer_with_ceiling(LIMIT_SPEC_BYTES);

    ADD("{\"tests\": [");
    for (size_t i = 0; i < tests; i++)
        ADD("%s" TEST("t%zu", "") ",", between, i);
    text.bytes[text.length - 1] = ']';
    ck_assert(buffer_add_text(&text, "}"));
    sketch_load(sketch, text.bytes);
    buffer_finish(&text);
}

/* As many lines as tests, all of which are meant. */
static int64_t cost_of_lines(struct suite *suite, const struct naming *naming)
{
    size_t count = suite->test_count, found = 0;
    struct suite_line *lines = must_alloc(count * sizeof(*lines));
    const struct plan plan = {
        .suite_count = 1, .suites = suite, .test_count = count};
    struct faults faults = {0};
    bool *marked;
    int64_t cost;

    for (size_t i = 0; i < count; i++)
        lines[i].line = naming->first + (unsigned)i * naming->step;
    suite->line_count = count;
    suite->lines = lines;
    cost = -cost_now();
    marked = lines_find(&plan, &faults);
    cost += cost_now();
    for (size_t i = 0; i < count; i++)
        found += marked[i];
    ck_assert_uint_eq(faults.total, 0);
    ck_assert_uint_eq(found, count);
    free(lines);
    free(marked);
    return cost;
}

static int64_t cost_of_naming(const void *of, size_t tests)
{
    const struct naming *naming = of;
    struct sketch sketch;
    int64_t cost;

    load_lines(&sketch, tests, naming->between);
    cost = cost_of_lines(thaw_suite(sketch.plan->suites), naming);
    sketch_finish(&sketch);
    return cost;
}

START_TEST(many_lines_are_named)
{
    static const struct naming rows[] = {
        {"\n", 2, 1},   /* each test's own */
        {"\n\n", 2, 2}, /* the one before it */
        {"\n", 1, 0},   /* that of the list, again and again */
        {"", 1, 0},     /* that of everything */
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        cost_expect_even(cost_of_naming, &rows[i], FEW_LINES);
}
END_TEST

/* Of a name that could be that of a copy in many ways. */
static int64_t cost_of_recalling(const void *of, size_t brackets)
{
    struct buffer text = buffer_with_ceiling(LIMIT_SPEC_BYTES);
    struct last_ending *endings;
    struct fault fault = {0};
    struct sketch sketch;
    int64_t cost;

    (void)of;
    ADD("{\"event\":\"run_started\",\"suites\":[{\"path\":\"-\"}]}\n"
        "{\"event\":\"test_finished\",\"suite\":0,\"outcome\":\"failed\","
        "\"name\":\"t");
    for (size_t i = 0; i < brackets; i++)
        ADD(" [");
    ADD("]\"}\n");
    sketch_load(&sketch, "{\"tests\": [" TEST("t", "") "]}");
    folder_enter();
    folder_write("run.jsonl", text.bytes);
    cost = -cost_now();
    endings = last_run_recall_log(sketch.plan, "run.jsonl", &fault);
    cost += cost_now();
    ck_assert_msg(endings, "%s", fault.text);
    folder_leave();
    free(endings);
    sketch_finish(&sketch);
    buffer_finish(&text);
    return cost;
}

START_TEST(a_log_has_a_name_of_many_brackets)
{
    cost_expect_even(cost_of_recalling, NULL, FEW_BRACKETS);
}
END_TEST

/* As long as a row may be called, in characters of four bytes. */
START_TEST(the_longest_name_of_a_copy_is_known)
{
    struct buffer text = buffer_with_ceiling(LIMIT_SPEC_BYTES);
    struct last_ending *endings;
    struct fault fault = {0};
    struct sketch sketch;

    ADD("{\"event\":\"run_started\",\"suites\":[{\"path\":\"-\"}]}\n"
        "{\"event\":\"test_finished\",\"suite\":0,\"outcome\":\"failed\","
        "\"name\":\"t [");
    for (size_t i = 0; i < LIMIT_ROW_NAME; i++)
        ADD("\xf0\x9d\x84\x9e");
    ADD("] [%d] [round %d]\"}\n", LIMIT_REPEAT - 1, LIMIT_ROUNDS);
    sketch_load(&sketch, "{\"tests\": [" TEST("t", "") "]}");
    folder_enter();
    folder_write("run.jsonl", text.bytes);
    endings = last_run_recall_log(sketch.plan, "run.jsonl", &fault);
    ck_assert_msg(endings, "%s", fault.text);
    ck_assert(endings[0].has_failed);
    folder_leave();
    free(endings);
    sketch_finish(&sketch);
    buffer_finish(&text);
}
END_TEST

/* All of them stand in one line, as machines write it. */
static int64_t cost_of_places(const void *of, size_t count)
{
    char *text = must_alloc(APART * count + 1);
    const struct source *source;
    struct arena arena = {0};
    struct place place;
    int64_t cost;

    (void)of;
    memset(text, ' ', APART * count);
    source = source_new(&arena, "-", text, APART * count);
    cost = -cost_now();
    for (size_t i = 0; i < count; i++) {
        place = spot_place((struct spot){source, (uint32_t)(APART * i), 1});
        ck_assert_uint_eq(place.column, APART * i + 1);
    }
    cost += cost_now();
    arena_finish(&arena);
    free(text);
    return cost;
}

START_TEST(many_places_are_in_one_line)
{
    cost_expect_even(cost_of_places, NULL, FEW_PLACES);
}
END_TEST

UNIT("large", many_are_chosen_at_once,
     mistakes_that_nobody_reads_are_only_counted, many_lines_are_named,
     a_log_has_a_name_of_many_brackets, the_longest_name_of_a_copy_is_known,
     many_places_are_in_one_line)
