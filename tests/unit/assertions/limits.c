/* What one judgement may cost and tell: exactly a limit, and one past it. */
#include "tests/unit/assertions/trial.h"
#include "tests/unit/unit.h"
#include <stdio.h>
#include <string.h>

#include "assertions/jsonpath/jsonpath.h"
#include "assertions/pattern.h"

/* A pattern that itself sets a limit can only lower the one in force. */
static bool finds(const char *limit, const char *pattern, size_t length)
{
    CLEANUP(freep) char *subject = must_alloc(length + 1);
    struct pattern_trouble trouble;
    struct pattern *compiled;
    enum pattern_outcome outcome;
    char text[128];

    memset(subject, 'a', length);
    subject[length] = 'c';
    snprintf(text, sizeof(text), "%s%s", limit, pattern);
    compiled = pattern_compile(text, strlen(text), &trouble);
    ck_assert_ptr_nonnull(compiled);
    outcome =
        pattern_search(compiled, (struct text){subject, length + 1}, NULL);
    ck_assert(outcome == PATTERN_FOUND || outcome == PATTERN_GAVE_UP);
    pattern_free(compiled);
    return outcome == PATTERN_FOUND;
}

/* The longest subject in which the pattern is found. */
static size_t reach(const char *limit, const char *pattern)
{
    size_t good = 0, bad = LIMIT_PATTERN_STEPS + 10;

    ck_assert(finds(limit, pattern, good));
    ck_assert(!finds(limit, pattern, bad));
    while (bad - good > 1) {
        size_t middle = good + (bad - good) / 2;

        if (finds(limit, pattern, middle))
            good = middle;
        else
            bad = middle;
    }
    return good;
}

static void expect_limit(const char *name, int limit, const char *pattern)
{
    char same[64], lower[64];
    size_t most = reach("", pattern);

    snprintf(same, sizeof(same), "(*%s=%d)", name, limit);
    snprintf(lower, sizeof(lower), "(*%s=%d)", name, limit - 1);
    ck_assert_uint_eq(reach(same, pattern), most);
    ck_assert_uint_lt(reach(lower, pattern), most);
}

/* One byte more is one step more, and takes no memory. */
START_TEST(patterns_take_so_many_steps)
{
    expect_limit("LIMIT_MATCH", LIMIT_PATTERN_STEPS, "^.*?c");
    ck_assert_uint_eq(reach("(*LIMIT_MATCH=500)", "^.*?c") + 1,
                      reach("(*LIMIT_MATCH=501)", "^.*?c"));
}
END_TEST

/* PCRE2 counts in KiB, and a byte of the subject takes a part of one. */
START_TEST(patterns_take_so_much_memory)
{
    expect_limit("LIMIT_HEAP", LIMIT_PATTERN_HEAP_KB, "^(?:(a)|b)*c");
}
END_TEST

/* So many elements, of which only the last is "1". */
static void add_array(struct buffer *text, size_t count)
{
    bool made = buffer_add_text(text, "[");

    while (--count)
        made = made && buffer_add_text(text, "0,");
    ck_assert(made && buffer_add_text(text, "1]"));
}

static void expect_includes(const char *expected, struct buffer *actual,
                            bool is_found)
{
    struct trial trial;
    char expect[64], gave_up[80];

    snprintf(expect, sizeof(expect), "{\"json\": {\"includes\": %s}}",
             expected);
    snprintf(gave_up, sizeof(gave_up),
             "json: \"includes\" gave up after %d comparisons",
             LIMIT_INCLUDES_STEPS);
    trial_body(&trial, expect, buffer_text(actual));
    ck_assert_str_eq(trial_messages(&trial), is_found ? "" : gave_up);
    if (!is_found)
        ck_assert_int_eq(trial.judged.verdicts[0].kind, VERDICT_SPEC);
    trial_finish(&trial);
    buffer_finish(actual);
}

/* An array with more elements than there may be comparisons is refused before
 * the first; an array of arrays while they are compared. There each element
 * costs one, and so does each element within. */
START_TEST(includes_makes_so_many_comparisons)
{
    enum { MOST = LIMIT_INCLUDES_STEPS, INNER = MOST - 1 };

    for (size_t extra = 0; extra < 2; extra++) {
        struct buffer flat = buffer_with_ceiling(8 << 20);
        struct buffer nested = buffer_with_ceiling(8 << 20);

        add_array(&flat, MOST + extra);
        expect_includes("[1]", &flat, !extra);
        ck_assert(buffer_add_text(&nested, "["));
        add_array(&nested, INNER + extra);
        ck_assert(buffer_add_text(&nested, "]"));
        expect_includes("[[1]]", &nested, !extra);
    }
}
END_TEST

/* Room is kept for the three dots and the quote before them. */
START_TEST(values_are_told_to_the_limit)
{
    enum { ENDING = 4, WHOLE = LIMIT_VALUE_TOLD - 2 - ENDING };

    for (size_t extra = 0; extra < 2; extra++) {
        char body[WHOLE + 2] = "";
        const struct verdict *verdict;
        struct trial trial;
        size_t length;

        memset(body, 'x', WHOLE + extra);
        trial_body(&trial, "{\"body\": {\"starts_with\": \"y\"}}", body);
        ck_assert_uint_eq(trial.judged.verdict_count, 1);
        verdict = &trial.judged.verdicts[0];
        length = strlen(verdict->actual);
        ck_assert_uint_eq(length, extra ? LIMIT_VALUE_TOLD : WHOLE + 2);
        ck_assert_str_eq(verdict->actual + length - 3, extra ? "..." : "xx\"");
        trial_finish(&trial);
    }
}
END_TEST

/* One node, whose path is its name in "$['...']". */
START_TEST(paths_of_a_query_have_a_limit_together)
{
    enum { AROUND = 5, LONGEST = LIMIT_PATH_TEXT - AROUND };
    CLEANUP(freep) char *name = must_alloc(LONGEST + 2);

    memset(name, 'k', LONGEST);
    for (size_t extra = 0; extra < 2; extra++) {
        json_auto_t *document = json_object();
        struct arena arena = {0};
        struct fault fault = {0};
        struct jsonpath_trouble trouble;
        const struct jsonpath *path;
        char said[80];

        if (extra)
            name[LONGEST] = 'k';
        json_object_set_new(document, name, json_null());
        path = jsonpath_compile(&arena, "$.*", &trouble);
        ck_assert_uint_eq(
            jsonpath_evaluate(path, document, true, &arena, &fault).count,
            !extra);
        snprintf(said, sizeof(said),
                 "the paths of the query's nodes are longer than %d bytes "
                 "together",
                 LIMIT_PATH_TEXT);
        ck_assert_str_eq(fault.text, extra ? said : "");
        jsonpath_release(path);
        arena_finish(&arena);
    }
}
END_TEST

UNIT("limits", patterns_take_so_many_steps, patterns_take_so_much_memory,
     includes_makes_so_many_comparisons, values_are_told_to_the_limit,
     paths_of_a_query_have_a_limit_together)
