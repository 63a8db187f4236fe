/* What a run waits for at least. */
#include "tests/unit/specs/sketch.h"
#include "tests/unit/unit.h"

#include "specs/graph.h"

START_TEST(the_critical_path_has_the_most_steps)
{
    const struct test *chain[2];
    struct sketch sketch;

    sketch_load(
        &sketch,
        "{\"setup\": [" TEST("s", "") "], \"tests\": [" TEST(
            "a",
            "") ","
                "{\"name\": \"long\", \"steps\": [{" REQUEST("") "}, {" REQUEST(
                    "") "}]}," AFTER("short",
                                     "a") "," AFTER("end",
                                                    "long") "],"
                                                            " \"teardown\": [" TEST(
                                                                "d1",
                                                                "") "," TEST("d2",
                                                                             "") "]}");
    ck_assert_str_eq(buffer_text(&sketch.told), "");
    ck_assert_uint_eq(plan_critical_path(sketch.plan, chain, COUNT(chain)), 5);
    ck_assert_str_eq(chain[0]->name, "s");
    ck_assert_str_eq(chain[1]->name, "long");
    ck_assert_uint_eq(sketch.plan->tests[0].height, 4);
    sketch_finish(&sketch);
}
END_TEST

START_TEST(the_critical_path_is_what_a_run_waits_for)
{
    static const char *const wanted[] = {"li", "mk", "second", "rm"};
    const struct test *chain[COUNT(wanted)];
    struct sketch sketch;

    sketch_load(
        &sketch,
        "{\"setup\": [" TEST("li", "") "], \"tests\": [" TEST("mk", "") "," AFTER(
            "second",
            "mk") ","
                  "{\"name\": \"off\", \"skip\": true, \"steps\": [{" REQUEST(
                      "") "}, {" REQUEST("") "}, {" REQUEST("") "}]}],"
                                                                " \"teardown\": [" TEST(
                                                                    "rm",
                                                                    "") "]}");
    ck_assert_str_eq(buffer_text(&sketch.told), "");
    ck_assert_uint_eq(plan_critical_path(sketch.plan, chain, COUNT(chain)),
                      COUNT(wanted));
    for (size_t i = 0; i < COUNT(wanted); i++)
        ck_assert_str_eq(chain[i]->name, wanted[i]);
    sketch_finish(&sketch);
}
END_TEST

/* Of a, c, b and end; a skipped test counts for nothing, whatever its length.
 */
START_TEST(other_lengths_make_another_path)
{
    static const struct {
        uint64_t lengths[4];
        const char *wanted[3];
        size_t count;
    } rows[] = {
        {{1, 1, 9, 4}, {"b"}, 1},
        {{1, 9, 4, 1}, {"a", "c"}, 2},
        {{3, 2, 4, 9}, {"a", "end"}, 2},
        {{UINT64_MAX - 5, 9, 1, 1}, {"a", "c"}, 2},
        {{0, 0, 0, 0}, {NULL}, 0},
    };
    const struct test *chain[4];
    struct sketch sketch;

    sketch_load(&sketch,
                "{\"tests\": [" TEST("a", "") "," AFTER("c", "a") "," TEST(
                    "b", "") "," AFTER("end", "a") ","
                                                   "{\"name\": \"off\", "
                                                   "\"skip\": true, " REQUEST(
                                                       "") "}]}");
    for (size_t i = 0; i < COUNT(rows); i++) {
        const uint64_t lengths[] = {rows[i].lengths[0], rows[i].lengths[1],
                                    rows[i].lengths[2], rows[i].lengths[3],
                                    UINT64_MAX};

        ck_assert_uint_eq(
            plan_longest_chain(sketch.plan, lengths, chain, COUNT(chain)),
            rows[i].count);
        for (size_t j = 0; j < rows[i].count; j++)
            ck_assert_str_eq(chain[j]->name, rows[i].wanted[j]);
    }
    sketch_finish(&sketch);
}
END_TEST

UNIT("graph_path", the_critical_path_has_the_most_steps,
     other_lengths_make_another_path, the_critical_path_is_what_a_run_waits_for)
