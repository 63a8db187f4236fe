/* What a verdict says: where in the spec, where in the body, what is there
 * instead, and where two texts part. */
#include "tests/unit/assertions/trial.h"
#include "tests/unit/unit.h"
#include <string.h>

#include "assertions/path_text.h"
#include "assertions/tell.h"
#include "specs/json.h"

/* The only verdict of a judging. */
static const struct verdict *verdict_of(struct trial *trial, const char *spec,
                                        const char *body)
{
    trial_prepare(trial, "%s", spec);
    trial_answer(trial, body);
    trial_judge(trial);
    ck_assert_uint_eq(trial->judged.verdict_count, 1);
    return trial->judged.verdicts;
}

START_TEST(verdicts_know_their_place_in_the_spec)
{
    static const struct {
        const char *spec;
        unsigned line, column, width;
    } rows[] = {
        {"{\"expect\": {\n  \"status\": 201}}", 2, 13, 3},
        {"{\"expect\": {\"json\": {\n \"$.a\": {\"type\": \"string\",\n"
         "  \"gt\": 5}}}}",
         2, 10, 6},
        {"{\"expect\": {\"json\": {\n \"$.a\": {\"type\": \"integer\",\n"
         "  \"gt\": 5}}}}",
         3, 3, 4},
        {"{\"expect\": {\"json\": {\"$.l\": {\"all\":\n {\"any_of\": [2, 3]}"
         "}}}}",
         2, 3, 8},
        {"{\"expect\": {\"json\": {\"$.l\": {\"count\": {\n\"gt\": 3}}}}}", 2,
         1, 4},
        {"\n{\"expect\": {\"status\": \"any\", \"body\": {\"not\": {\n"
         "\"starts_with\": \"{\"}}}}",
         2, 39, 5},
        {"{\"expect\": {\"body\":\n  \"x\"}}", 2, 3, 3},
        {"{\"capture\": {\n \"c\": {\"json\": \"$.no\"}}}", 2, 2, 3},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct trial trial;
        const struct verdict *verdict =
            verdict_of(&trial, rows[i].spec, "{\"a\": 1, \"l\": [1, 2]}");
        struct place place = spot_place(verdict->at);

        ck_assert_msg(place.line == rows[i].line &&
                          place.column == rows[i].column &&
                          place.width == rows[i].width,
                      "%s: %u:%u wide %u", rows[i].spec, place.line,
                      place.column, place.width);
        trial_finish(&trial);
    }
}
END_TEST

START_TEST(documents_differ_first_at_a_path)
{
    static const struct {
        const char *expected, *body, *path, *message;
    } rows[] = {
        {"{\"a\": [1, {\"b\": \"x\"}]}", "{\"a\": [1, {\"b\": \"y\"}]}",
         "$.a[1].b", "json $.a[1].b: expected \"x\", got \"y\""},
        {"{\"a\": 1, \"b\": 2, \"c\": 3}", "{\"a\": 2, \"b\": 3, \"c\": 3}",
         "$.a", "json $.a: expected 1, got 2 (and 1 more difference)"},
        {"{\"a\": 1}", "{}", "$.a", "json $.a: nothing there, expected 1"},
        {"{}", "{\"a b\": 1}", "$['a b']",
         "json $['a b']: expected nothing there, got 1"},
        {"{\"\": {\"it's\\n\": 1}}", "{\"\": {\"it's\\n\": 2}}",
         "$['']['it\\'s\\n']", "json $['']['it\\'s\\n']: expected 1, got 2"},
        {"{\"\xc3\xa4\": 1}", "{\"\xc3\xa4\": 2}", "$.\xc3\xa4",
         "json $.\xc3\xa4: expected 1, got 2"},
        {"[1, 2]", "[1]", "$[1]", "json $[1]: nothing there, expected 2"},
        {"[1]", "[1, 2, 3]", "$[1]",
         "json $[1]: expected nothing there, got 2 (and 1 more difference)"},
        {"[[1], [2], [3]]", "[[2], [3], {}]", "$[0]",
         "json $[0]: expected [1], got no such element (and 1 more "
         "difference)"},
        {"{\"a\": {}}", "{\"a\": []}", "$.a", "json $.a: expected {}, got []"},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        char spec[512];
        struct trial trial;
        const struct verdict *verdict;

        snprintf(spec, sizeof(spec),
                 "{\"expect\": {\"json\": {\"equals\": %s}}}",
                 rows[i].expected);
        verdict = verdict_of(&trial, spec, rows[i].body);
        ck_assert_str_eq(verdict->message, rows[i].message);
        ck_assert_str_eq(verdict->path, rows[i].path);
        trial_finish(&trial);
    }
}
END_TEST

START_TEST(texts_differ_first_at_a_character)
{
    static const struct {
        const char *expected, *actual;
        size_t difference;
    } rows[] = {
        {"buy oat milk", "buy milk", 5},
        {"\xc3\xa4\xc3\xb6", "\xc3\xa4\xc3\xbc", 2},
        {"a\\nb", "a\\tb", 3},
        {"abc", "abcd", 4},
        {"", "x", 1},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        char spec[256], body[256];
        struct trial trial;
        const struct verdict *verdict;

        snprintf(spec, sizeof(spec),
                 "{\"expect\": {\"json\": {\"$.a\": \"%s\"}}}",
                 rows[i].expected);
        snprintf(body, sizeof(body), "{\"a\": \"%s\"}", rows[i].actual);
        verdict = verdict_of(&trial, spec, body);
        ck_assert_str_eq(verdict->path, "$.a");
        ck_assert_str_eq(verdict->expected,
                         arena_print(&trial.arena, "\"%s\"", rows[i].expected));
        ck_assert_str_eq(verdict->actual,
                         arena_print(&trial.arena, "\"%s\"", rows[i].actual));
        ck_assert_uint_eq(verdict->difference, rows[i].difference);
        trial_finish(&trial);
    }
}
END_TEST

START_TEST(only_texts_have_a_difference)
{
    struct trial trial;

    ck_assert_uint_eq(
        verdict_of(&trial, "{\"expect\": {\"json\": 1}}", "2")->difference,
        SIZE_MAX);
    trial_finish(&trial);
    ck_assert_uint_eq(
        verdict_of(&trial, "{\"expect\": {\"body\": {\"contains\": \"a\"}}}",
                   "2")
            ->difference,
        SIZE_MAX);
    trial_finish(&trial);
}
END_TEST

START_TEST(a_late_difference_is_shown_from_a_little_before)
{
    char spec[6000], body[6000];
    const struct verdict *verdict;
    struct trial trial;

    memset(body, 'a', sizeof(body));
    memcpy(body + 5000, "end", sizeof("end"));
    snprintf(spec, sizeof(spec),
             "{\"expect\": {\"body\": {\"equals\": \"%.5000sxyz\"}}}", body);
    verdict = verdict_of(&trial, spec, body);
    ck_assert_str_eq(verdict->expected,
                     "...\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaxyz\"");
    ck_assert_str_eq(verdict->actual,
                     "...\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaend\"");
    ck_assert_uint_eq(verdict->difference, 44);
    trial_finish(&trial);
}
END_TEST

START_TEST(values_are_told_up_to_a_limit)
{
    char *body = must_alloc(5000);
    const struct verdict *verdict;
    struct trial trial;

    /* Two bytes each, so that some cut would go through a character. */
    for (size_t i = 0; i + 2 < 5000; i += 2) {
        body[i] = '\xc3';
        body[i + 1] = '\xa4';
    }
    verdict = verdict_of(
        &trial, "{\"expect\": {\"body\": {\"starts_with\": \"x\"}}}", body);
    ck_assert_uint_le(strlen(verdict->actual), LIMIT_VALUE_TOLD);
    ck_assert_uint_ge(strlen(verdict->actual), LIMIT_VALUE_TOLD - 2);
    ck_assert_str_eq(verdict->actual + strlen(verdict->actual) - 6,
                     "\xc3\xa4\"...");
    ck_assert_uint_le(strlen(verdict->message), 512);
    trial_finish(&trial);
    free(body);
}
END_TEST

/* A text of exactly the limit is told whole, one more byte is cut. */
START_TEST(tellers_stop_at_their_ceiling)
{
    static const struct {
        const char *text, *told;
    } rows[] = {
        {"123456", "\"123456\""},
        {"1234567", "\"1234567\"..."},
        {"12345678", "\"1234567\"..."},
        {"12345\xc3\xa4", "\"12345\xc3\xa4\"..."},
        {"123456\xc3\xa4", "\"123456\"..."},
    };
    struct arena arena = {0};

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct teller teller = teller_open(&arena, 12);

        tell_quoted(&teller, text_of(rows[i].text));
        ck_assert_str_eq(teller_finish(&teller), rows[i].told);
    }
    arena_finish(&arena);
}
END_TEST

START_TEST(hostile_bytes_are_made_visible)
{
    static const struct {
        const char *bytes;
        size_t length;
        const char *told;
    } rows[] = {
        {"a\0b", 3, "\"a\\u0000b\""},
        {"\x1b[0m\x7f", 5, "\"\\u001b[0m\\u007f\""},
        {"\"\\", 2, "\"\\\"\\\\\""},
        {"\t\r\n\b\f", 5, "\"\\t\\r\\n\\b\\f\""},
        {"\xff\xc3", 2, "\"\\xff\\xc3\""},
        {"\xc0\xaf", 2, "\"\\xc0\\xaf\""},
        {"\xed\xa0\x80", 3, "\"\\xed\\xa0\\x80\""},
        {"\xf4\x90\x80\x80", 4, "\"\\xf4\\x90\\x80\\x80\""},
        {"\xc2\x9b", 2, "\"\\u009b\""},
        {"\xc2\xa0\xf0\x9f\x98\x80", 6, "\"\xc2\xa0\xf0\x9f\x98\x80\""},
    };
    struct arena arena = {0};

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct teller teller = teller_open(&arena, LIMIT_VALUE_TOLD);

        tell_quoted(&teller, (struct text){rows[i].bytes, rows[i].length});
        ck_assert_str_eq(teller_finish(&teller), rows[i].told);
    }
    arena_finish(&arena);
}
END_TEST

START_TEST(durations_and_sizes_have_units)
{
    static const struct {
        int64_t ns;
        const char *told;
    } rows[] = {
        {0, "0us"},
        {999, "0.999us"},
        {1000, "1us"},
        {12300, "12.3us"},
        {999999, "999.999us"},
        {20000000, "20ms"},
        {712345678, "712.345ms"},
        {1000000000, "1s"},
        {61050000000, "61.05s"},
    };
    struct arena arena = {0};

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct teller teller = teller_open(&arena, LIMIT_VALUE_TOLD);

        tell_duration(&teller, rows[i].ns);
        ck_assert_str_eq(teller_finish(&teller), rows[i].told);
    }
    arena_finish(&arena);
}
END_TEST

START_TEST(paths_are_told_in_short)
{
    static const struct {
        const char *normalized, *told;
    } rows[] = {
        {"$", "$"},
        {"$['items'][3]['id']", "$.items[3].id"},
        {"$['a b']['_x1']['1x']", "$['a b']._x1['1x']"},
        {"$['it\\'s'][0]", "$['it\\'s'][0]"},
        {"$['']['\\\\']", "$['']['\\\\']"},
        {"$['a]b']['\xc3\xa4']", "$['a]b'].\xc3\xa4"},
    };
    struct arena arena = {0};

    for (size_t i = 0; i < COUNT(rows); i++)
        ck_assert_str_eq(path_short(&arena, rows[i].normalized), rows[i].told);
    ck_assert_str_eq(path_member(&arena, "$", "\x01'\\"),
                     "$['\\u0001\\'\\\\']");
    ck_assert_str_eq(path_element(&arena, "$", 7), "$[7]");
    arena_finish(&arena);
}
END_TEST

START_TEST(a_pattern_that_gives_up_is_an_error)
{
    const struct verdict *verdict;
    struct trial trial;

    verdict = verdict_of(
        &trial,
        "{\"expect\": {\"body\": {\"not\": {\"matches\": \"^(a+)+$\"}}}}",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!");
    ck_assert_int_eq(verdict->kind, VERDICT_SPEC);
    ck_assert_str_eq(verdict->message,
                     "body: the regular expression gave up: more than 1000000 "
                     "steps or 20480 KiB");
    ck_assert_uint_eq(spot_place(verdict->at).column, 41);
    trial_finish(&trial);
}
END_TEST

/* A check that holds leaves the arena as it was, so that nothing was told. */
START_TEST(what_holds_costs_no_texts)
{
    static const struct header headers[] = {{"content-type", "text/json"}};
    struct trial trial;
    const char *before;

    trial_compile(&trial, "{\"expect\": {\"status\": 200, \"headers\": "
                          "{\"content-type\": {\"contains\": \"json\"}}, "
                          "\"json\": {\"length\": 2}}}");
    trial_answer(&trial, "[1, 2]");
    trial.response.headers = headers;
    trial.response.header_count = 1;
    before = trial.arena.next;
    trial_judge(&trial);
    ck_assert_uint_eq(trial.judged.verdict_count, 0);
    ck_assert_ptr_null(trial.judged.verdicts);
    ck_assert_ptr_eq(trial.arena.next, before);
    trial_finish(&trial);
}
END_TEST

UNIT("explain", verdicts_know_their_place_in_the_spec,
     documents_differ_first_at_a_path, texts_differ_first_at_a_character,
     only_texts_have_a_difference,
     a_late_difference_is_shown_from_a_little_before,
     values_are_told_up_to_a_limit, tellers_stop_at_their_ceiling,
     hostile_bytes_are_made_visible, durations_and_sizes_have_units,
     paths_are_told_in_short, a_pattern_that_gives_up_is_an_error,
     what_holds_costs_no_texts)
