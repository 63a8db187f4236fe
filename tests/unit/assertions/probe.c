/* Bodies that are judged while they go by. */
#include "tests/unit/assertions/trial.h"
#include "tests/unit/unit.h"
#include <malloc.h>
#include <string.h>

static const char body[] = "abababc \xc3\xa4\xe2\x82\xac and so on, the end";

struct row {
    const char *matcher, *message; /* NULL: it holds */
};

/* Every border between chunks is tried. */
static void stream_row(const struct row *row)
{
    for (size_t step = 1; step <= sizeof(body); step++) {
        struct trial trial;

        trial_prepare(&trial, "{\"expect\": {\"body\": %s}}", row->matcher);
        ck_assert(!judgement_holds_body(trial.judgement));
        trial_stream(&trial, body, sizeof(body) - 1, step);
        trial_judge(&trial);
        ck_assert_msg(strcmp(trial_messages(&trial),
                             row->message ? row->message : "") == 0,
                      "%s by %zu: %s", row->matcher, step,
                      trial_messages(&trial));
        trial_finish(&trial);
    }
}

START_TEST(streams_are_judged_whatever_their_chunks)
{
    static const struct row rows[] = {
        {"{\"contains\": \"ababc\"}", NULL},
        {"{\"contains\": \"\"}", NULL},
        {"{\"contains\": \"a\"}", NULL},
        {"{\"contains\": \"abc \\u00e4\"}", NULL},
        {"{\"contains\": \"the end\"}", NULL},
        {"{\"contains\": \"the end.\"}",
         "body: expected containing \"the end.\", got \"abababc "
         "\xc3\xa4\xe2\x82\xac and so on, the end\""},
        {"{\"starts_with\": \"ababa\"}", NULL},
        {"{\"starts_with\": \"\"}", NULL},
        {"{\"starts_with\": \"ababc\"}",
         "body: expected starting with \"ababc\", got \"abababc "
         "\xc3\xa4\xe2\x82\xac and so on, the end\""},
        {"{\"ends_with\": \"the end\"}", NULL},
        {"{\"ends_with\": \"\"}", NULL},
        {"{\"not\": {\"ends_with\": \"the en\"}}", NULL},
        {"{\"length\": 29}", NULL},
        {"{\"length\": {\"lt\": 29}}",
         "body: expected a length of less than 29, got 29"},
        {"{\"empty\": false}", NULL},
        {"{\"exists\": true, \"type\": \"string\"}", NULL},
        {"{\"sha256\": \"eb6bfdb0c3b50d1d65d8b73b1aae4eb2"
         "6b0cfa9e0cb1c1a7ba6a7c0c7f7f7f7f\"}",
         "body: expected a sha256 of \"eb6bfdb0c3b50d1d65d8b73b1aae4eb26b0cfa"
         "9e0cb1c1a7ba6a7c0c7f7f7f7f\", got \"b82b9ae8f2db7f5cb043dc9edf2177c8270ac89c47954531fe13d53382537c89\""},
        {"{\"any_of\": [{\"contains\": \"no\"}, {\"all_of\": "
         "[{\"starts_with\": \"ab\"}, {\"length\": {\"gt\": 3}}]}]}",
         NULL},
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        stream_row(&rows[i]);
}
END_TEST

START_TEST(what_must_be_held_is_known)
{
    static const struct {
        const char *spec;
        bool held;
    } rows[] = {
        {"{}", false},
        {"{\"expect\": {\"status\": \"any\"}}", false},
        {"{\"expect\": {\"headers\": {\"a\": \"b\"}}}", false},
        {"{\"expect\": {\"size\": {\"body\": {\"lt\": 1}}}}", false},
        {"{\"expect\": {\"body\": {\"contains\": \"{{x}}\"}}}", false},
        {"{\"expect\": {\"body\": \"pong\"}}", true},
        {"{\"expect\": {\"body\": {\"matches\": \"a\"}}}", true},
        {"{\"expect\": {\"body\": {\"in\": [\"a\"]}}}", true},
        {"{\"expect\": {\"body\": {\"not\": {\"gt\": \"a\"}}}}", true},
        {"{\"expect\": {\"body\": {\"length\": 1, \"equals\": \"a\"}}}", true},
        {"{\"expect\": {\"json\": {\"$.a\": 1}}}", true},
        {"{\"capture\": {\"a\": {\"body\": true}}}", true},
        {"{\"capture\": {\"a\": {\"json\": \"$\"}}}", true},
        {"{\"capture\": {\"a\": {\"regex\": \"x\"}}}", true},
        {"{\"capture\": {\"a\": {\"header\": \"b\", \"regex\": \"x\"}}}",
         false},
        {"{\"capture\": {\"a\": {\"status\": true}}}", false},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct trial trial;

        trial_prepare(&trial, "%s", rows[i].spec);
        ck_assert_msg(judgement_holds_body(trial.judgement) == rows[i].held,
                      "%s", rows[i].spec);
        trial_finish(&trial);
    }
}
END_TEST

/* Where something holds the body, nothing need watch it. */
START_TEST(a_held_body_has_no_probes)
{
    struct scope scope = {0};
    struct trial trial;

    trial_compile(&trial, "{\"expect\": {\"body\": {\"sha256\": {\"starts_with"
                          "\": \"e3b0\"}}, \"json\": {\"$.a\": 1}}}");
    ck_assert_ptr_null(probes_open(trial.judgement, &scope, &trial.arena));
    probes_feed(NULL, "a", 1);
    probes_restart(NULL);
    probes_close(NULL);
    trial_finish(&trial);
}
END_TEST

START_TEST(a_restart_forgets_the_body_so_far)
{
    struct scope scope = {0};
    struct trial trial;

    trial_prepare(&trial, "%s",
                  "{\"expect\": {\"body\": {\"all_of\": ["
                  "{\"not\": {\"contains\": \"old\"}}, {\"starts_with\": "
                  "\"ne\"}, {\"ends_with\": \"ew\"}, {\"length\": 3}, "
                  "{\"empty\": false}, {\"sha256\": \"11507a0e2f5e69d5dfa40a62"
                  "a1bd7b6ee57e6bcd85c67c9b8431b36fff21c437\"}]}}}");
    trial.probes = probes_open(trial.judgement, &scope, &trial.arena);
    probes_feed(trial.probes, "the old", 7);
    probes_restart(trial.probes);
    probes_feed(trial.probes, "n", 1);
    probes_feed(trial.probes, "", 0);
    probes_feed(trial.probes, "ew", 2);
    trial.response.body_held = false;
    trial.response.body = NULL;
    trial_judge(&trial);
    trial_expect(&trial, NULL);
    trial_finish(&trial);
}
END_TEST

START_TEST(templates_are_filled_when_the_probes_open)
{
    static const struct {
        const char *value, *message;
    } rows[] = {
        {"\"so on\"", ""},
        {"\"so of\"", "body: expected containing \"so of\", got \"abababc "
                      "\xc3\xa4\xe2\x82\xac and so on, the end\""},
        {"5", "body: a part of a text is a text itself"},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct trial trial;

        trial_compile(&trial,
                      "{\"expect\": {\"body\": {\"contains\": \"{{x}}\"}}}");
        trial.variables = json_object();
        json_object_set_new(trial.variables, "x",
                            json_loads(rows[i].value, JSON_DECODE_ANY, NULL));
        trial_stream(&trial, body, sizeof(body) - 1, 3);
        trial_judge(&trial);
        trial_expect(&trial, rows[i].message);
        trial_finish(&trial);
    }
}
END_TEST

START_TEST(a_template_that_cannot_be_filled_is_an_error)
{
    struct trial trial;

    trial_compile(&trial, "{\"expect\": {\"body\": {\"not\": {\"contains\": "
                          "\"{{x.y}}\"}}}}");
    trial.variables = json_pack("{s:{}}", "x");
    trial_stream(&trial, body, sizeof(body) - 1, 3);
    trial_judge(&trial);
    ck_assert_uint_eq(trial.judged.verdict_count, 1);
    ck_assert_int_eq(trial.judged.verdicts[0].kind, VERDICT_SPEC);
    trial_finish(&trial);
}
END_TEST

START_TEST(a_long_stream_is_told_by_its_beginning)
{
    char *long_body = must_alloc(100000), wanted[512];
    struct trial trial;

    memset(long_body, 'x', 100000);
    trial_compile(&trial, "{\"expect\": {\"body\": {\"ends_with\": \"y\"}}}");
    trial_stream(&trial, long_body, 100000, 4096);
    trial_judge(&trial);
    ck_assert_uint_eq(trial.judged.verdict_count, 1);
    snprintf(wanted, sizeof(wanted), "\"%.256s\"... of 100000 bytes",
             long_body);
    ck_assert_str_eq(trial.judged.verdicts[0].actual, wanted);
    trial_finish(&trial);
    free(long_body);
}
END_TEST

START_TEST(memory_does_not_grow_with_the_stream)
{
    enum { CHUNK = 16384, CHUNKS = 4096 };
    char *chunk = must_alloc(CHUNK);
    struct scope scope = {0};
    struct mallinfo2 before;
    struct trial trial;

    trial_compile(&trial,
                  "{\"expect\": {\"body\": {\"sha256\": {\"starts_with\": "
                  "\"\"}, \"contains\": \"\\u0001\\u0002\", \"length\": "
                  "67108865}}}");
    trial.probes = probes_open(trial.judgement, &scope, &trial.arena);
    before = mallinfo2();
    for (size_t i = 0; i < CHUNKS; i++) {
        chunk[CHUNK - 1] = i + 2 == CHUNKS ? 1 : 0;
        chunk[0] = i + 1 == CHUNKS ? 2 : 0;
        probes_feed(trial.probes, chunk, CHUNK);
    }
    probes_feed(trial.probes, "!", 1);
    ck_assert_uint_eq(mallinfo2().uordblks, before.uordblks);
    trial.response.body_held = false;
    trial.response.body = NULL;
    trial_judge(&trial);
    trial_expect(&trial, NULL);
    trial_finish(&trial);
    free(chunk);
}
END_TEST

UNIT("probe", streams_are_judged_whatever_their_chunks,
     what_must_be_held_is_known, a_held_body_has_no_probes,
     a_restart_forgets_the_body_so_far,
     templates_are_filled_when_the_probes_open,
     a_template_that_cannot_be_filled_is_an_error,
     a_long_stream_is_told_by_its_beginning,
     memory_does_not_grow_with_the_stream)
