/* On what terms a test runs. */
#include "tests/unit/specs/folder.h"
#include "tests/unit/specs/loading.h"
#include "tests/unit/unit.h"

#define REQUEST "\"request\": { \"url\": \"http://h/\" }"

static const int64_t day_ns = 24 * 60 * 60 * NS_PER_S;

START_TEST(a_test_without_terms_just_runs)
{
    load("{ \"tests\": [ { \"name\": \"a\", " REQUEST " } ] }");
    ck_assert_uint_eq(plan->tests->lock_count, 0);
    ck_assert_ptr_null(plan->tests->race);
    ck_assert_ptr_null(plan->tests->quarantine);
    ck_assert_ptr_null(plan->tests->when);
    ck_assert_ptr_null(plan->tests->skip);
    ck_assert(!plan->tests->is_only);
    release();
}
END_TEST

START_TEST(locks_are_names)
{
    load("{ \"tests\": ["
         "{ \"name\": \"a\", \"lock\": \"db\", " REQUEST " },"
         "{ \"name\": \"b\", \"lock\": [\"db\", \"mail\"], " REQUEST " },"
         "{ \"name\": \"c\", \"lock\": [\"db\", \"*\", \"x\"], " REQUEST " },"
         "{ \"name\": \"d\", \"only\": true, " REQUEST " } ] }");
    ck_assert_uint_eq(plan->tests[0].lock_count, 1);
    ck_assert_str_eq(plan->tests[0].locks[0], "db");
    ck_assert_uint_eq(plan->tests[1].lock_count, 2);
    ck_assert_str_eq(plan->tests[1].locks[1], "mail");
    ck_assert_uint_eq(plan->tests[2].lock_count, 1);
    ck_assert_str_eq(plan->tests[2].locks[0], "*");
    ck_assert(plan->tests[3].is_only && !plan->tests[2].is_only);
    release();
}
END_TEST

START_TEST(locks_have_a_limit)
{
    for (size_t more = 0; more < 2; more++) {
        struct buffer text = buffer_with_ceiling(1 << 14);

        ck_assert(buffer_add_text(&text,
                                  "{ \"tests\": [ { \"name\": \"a\", " REQUEST
                                  ", \"lock\": [\"l\""));
        for (size_t i = 1; i < LIMIT_LOCKS + more; i++)
            ck_assert(buffer_print(&text, ", \"%zu\"", i));
        ck_assert(buffer_add_text(&text, "] } ] }"));
        load_wrong(buffer_text(&text));
        ck_assert_uint_eq(faults.total, more);
        ck_assert_uint_eq(plan->tests->lock_count, more ? 0 : LIMIT_LOCKS);
        release();
        buffer_finish(&text);
    }
}
END_TEST

/* Loads a file at that time; the only warning, or "". */
static const char *load_at(int64_t now_ns, const char *until)
{
    static char told[sizeof(faults.faults->text)];
    static const char *const path = "a.json";
    const struct plan_options options = {
        .path_count = 1, .paths = &path, .now_ns = now_ns};
    char text[400];

    snprintf(text, sizeof(text),
             "{ \"tests\": [ { \"name\": \"a\", \"quarantine\": { \"reason\": "
             "\"flaky\", \"until\": \"%s\" }, " REQUEST " } ] }",
             until);
    folder_write(path, text);
    ck_assert_int_eq(load_files(options), PLAN_LOADED);
    ck_assert_uint_le(plan->warning_count, 1);
    snprintf(told, sizeof(told), "%s",
             plan->warning_count ? plan->warnings[0].text : "");
    return told;
}

START_TEST(a_quarantine_lasts_until_its_day_has_passed)
{
    static const struct {
        const char *until;
        int64_t day; /* counted from 1970-01-01 */
    } rows[] = {
        {"1970-01-01", 0},     {"1970-03-01", 59},    {"2000-02-29", 11016},
        {"2024-02-29", 19782}, {"2024-03-01", 19783}, {"2026-12-31", 20818},
        {"2100-02-28", 47540}, {"2100-03-01", 47541},
    };

    folder_enter();
    for (size_t i = 0; i < COUNT(rows); i++) {
        char wanted[100];

        snprintf(wanted, sizeof(wanted), "the quarantine of \"a\" ended on %s",
                 rows[i].until);
        ck_assert_str_eq(load_at((rows[i].day + 1) * day_ns - 1, rows[i].until),
                         "");
        ck_assert(!plan->tests->quarantine->is_over);
        ck_assert_str_eq(plan->tests->quarantine->reason, "flaky");
        ck_assert_str_eq(plan->tests->quarantine->until, rows[i].until);
        release();
        ck_assert_str_eq(load_at((rows[i].day + 1) * day_ns, rows[i].until),
                         wanted);
        ck_assert(plan->tests->quarantine->is_over);
        release();
    }
    folder_leave();
}
END_TEST

START_TEST(days_must_exist)
{
    static const char *const rows[] = {
        "2026-00-01", "2026-13-01", "2026-04-31",  "2026-02-29",
        "2100-02-29", "2026-01-00", "2026-1-01",   "2026-01-1",
        "2026/01/01", "0000-01-01", "2026-01-01T", "today",
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        char text[400];

        snprintf(text, sizeof(text),
                 "{ \"tests\": [ { \"name\": \"a\", \"quarantine\": { "
                 "\"reason\": \"flaky\", \"until\": \"%s\" }, " REQUEST
                 " } ] }",
                 rows[i]);
        load_wrong(text);
        ck_assert_msg(faults.total == 1, "%s", rows[i]);
        release();
    }
}
END_TEST

UNIT("decode_terms", a_test_without_terms_just_runs, locks_are_names,
     locks_have_a_limit, a_quarantine_lasts_until_its_day_has_passed,
     days_must_exist)
