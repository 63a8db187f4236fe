/* A plan as a flowchart, and its path by the times of a run. */
#include "tests/unit/specs/sketch.h"
#include "tests/unit/unit.h"
#include <stdio.h>
#include <string.h>

#include "runner/cli/graph.h"

static char *draw(const struct plan *plan)
{
    struct critical critical;
    char *drawn = NULL;
    size_t length;
    FILE *out = open_memstream(&drawn, &length);

    critical_find(plan, NULL, &critical);
    graph_print_mermaid(plan, &critical, out);
    critical_finish(&critical);
    fclose(out);
    return drawn;
}

START_TEST(a_plan_is_a_flowchart)
{
    static const char wanted[] = "flowchart LR\n"
                                 "    subgraph s0[\"-\"]\n"
                                 "        t0([\"in\"])\n"
                                 "        t1[\"a\"]\n"
                                 "        t2[\"b\"]\n"
                                 "        t3[\"off x 2<br>lock x, y\"]\n"
                                 "        t4([\"bye\"])\n"
                                 "    end\n"
                                 "    t0 -->|\"set-up\"| t1\n"
                                 "    t1 -->|\"{{id}}, after\"| t2\n"
                                 "    t0 -->|\"set-up\"| t2\n"
                                 "    t0 -->|\"set-up\"| t3\n"
                                 "    t2 -.->|\"sequential\"| t3\n"
                                 "    t3 -.->|\"teardown\"| t4\n"
                                 "    classDef critical stroke:crimson,"
                                 "stroke-width:3px\n"
                                 "    classDef skipped stroke-dasharray:4\n"
                                 "    class t0 critical\n"
                                 "    class t1 critical\n"
                                 "    class t2 critical\n"
                                 "    class t4 critical\n"
                                 "    class t3 skipped\n";
    struct sketch sketch;
    char *drawn;

    sketch_load(
        &sketch,
        "{\"sequential\": true, \"setup\": [" TEST(
            "in",
            "") "],"
                " \"tests\": [" CAPTURES(
                    "a", "",
                    "id") ","
                          "{\"name\": \"b\", \"after\": [\"a\"], " REQUEST(
                              "{{id}}") "},"
                                        "{\"name\": \"off\", \"skip\": true, \"repeat\": 2,"
                                        " \"lock\": [\"x\", \"y\"], " REQUEST(
                                            "") "}],"
                                                " \"teardown\": [" TEST(
                                                    "bye", "") "]}");
    ck_assert_str_eq(buffer_text(&sketch.told), "");
    drawn = draw(sketch.plan);
    ck_assert_str_eq(drawn, wanted);
    free(drawn);
    sketch_finish(&sketch);
}
END_TEST

/* Mermaid looks for %%{ and for "style x:#" before it parses. */
START_TEST(names_never_meet_the_grammar)
{
    static const struct {
        const char *json, *label;
    } rows[] = {
        {"end", "end"},
        {"a\\\"]; b", "a#quot;]#59; b"},
        {"<b> & #quot;", "#lt;b#gt; #amp; #35;quot#59;"},
        {"%%{init: 1}%%", "#37;#37;{init#58; 1}#37;#37;"},
        {"style a:#f;", "style a#58;#35;f#59;"},
        {"`md` *x* \\\\n |", "#96;md#96; #42;x#42; #92;n #124;"},
        {"a\\nb\\u007f", "a?b?"},
        {"\xc3\xa4\xe2\x86\x92", "\xc3\xa4\xe2\x86\x92"},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct buffer text = buffer_with_ceiling(1 << 12);
        struct buffer wanted = buffer_with_ceiling(1 << 12);
        struct sketch sketch;
        char *drawn;

        ck_assert(buffer_print(&text, "{\"tests\": [{\"name\": \"%s\", %s}]}",
                               rows[i].json, REQUEST("")));
        ck_assert(
            buffer_print(&wanted, "\n        t0[\"%s\"]\n", rows[i].label));
        sketch_load(&sketch, buffer_text(&text));
        drawn = draw(sketch.plan);
        ck_assert_msg(strstr(drawn, buffer_text(&wanted)), "%s: %s",
                      rows[i].json, drawn);
        free(drawn);
        sketch_finish(&sketch);
        buffer_finish(&wanted);
        buffer_finish(&text);
    }
}
END_TEST

START_TEST(tests_without_a_time_count_as_the_median)
{
    static const struct {
        struct last_ending endings[4];
        uint64_t path_ns, sum_ns, median_ns;
        size_t count, unknown_count;
    } rows[] = {
        {{{.ns = 10}, {.ns = 30}, {.ns = 50}}, 50, 90, 30, 1, 0},
        {{{.ns = 10}, {.ns = 0}, {.ns = 19}}, 24, 43, 14, 2, 1},
        {{{.ns = 0}, {.ns = 0}, {.ns = 7}}, 14, 21, 7, 2, 2},
        {{{.ns = 0}, {.ns = 0}, {.ns = 0}, {.ns = 9}}, 0, 0, 0, 2, 0},
        {{{.ns = INT64_MAX}, {.ns = INT64_MAX}, {.ns = 1}},
         2000000 * (uint64_t)NS_PER_S,
         2000000 * (uint64_t)NS_PER_S + 1,
         1000000 * (uint64_t)NS_PER_S,
         2,
         0},
    };
    struct sketch sketch;

    sketch_load(
        &sketch,
        "{\"tests\": [" TEST("a", "") "," AFTER("b", "a") "," TEST(
            "c", "") ","
                     "{\"name\": \"off\", \"skip\": true, " REQUEST("") "}]}");
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct critical critical;

        critical_find(sketch.plan, rows[i].endings, &critical);
        ck_assert_uint_eq(critical.count, rows[i].count);
        ck_assert_uint_eq(critical.path_ns, rows[i].path_ns);
        ck_assert_uint_eq(critical.sum_ns, rows[i].sum_ns);
        ck_assert_uint_eq(critical.median_ns, rows[i].median_ns);
        ck_assert_uint_eq(critical.unknown_count, rows[i].unknown_count);
        critical_finish(&critical);
    }
    sketch_finish(&sketch);
}
END_TEST

UNIT("mermaid", a_plan_is_a_flowchart, names_never_meet_the_grammar,
     tests_without_a_time_count_as_the_median)
