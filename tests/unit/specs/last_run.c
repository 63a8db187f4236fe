/* What is kept of a run, and found again. */
#include "specs/last_run.h"

#include "tests/unit/specs/folder.h"
#include "tests/unit/specs/sketch.h"
#include "tests/unit/unit.h"
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "specs/base/buffer.h"

static const char suite[] =
    "{\"tests\": ["
    "{\"name\": \"a\", \"request\": {\"url\": \"http://h/\"}},"
    "{\"name\": \"b\", \"repeat\": 9, \"request\": {\"url\": \"http://h/\"}},"
    "{\"name\": \"b [x]\", \"request\": {\"url\": \"http://h/\"}},"
    "{\"name\": \"c\", \"skip\": true, "
    "\"request\": {\"url\": \"http://h/\"}}]}";

static struct plan *load(const char *path)
{
    const struct plan_options options = {.path_count = 1, .paths = &path};
    struct faults faults = {0};
    struct plan *plan;

    ck_assert_int_eq(plan_load(&options, &plan, &faults), PLAN_LOADED);
    sketch_compile(plan, &faults);
    ck_assert_uint_eq(faults.total, 0);
    return plan;
}

/* A folder of the test's own with the suite in it. */
static struct plan *begin(void)
{
    folder_enter();
    folder_write("s.json", suite);
    return load("s.json");
}

static void end(struct plan *plan)
{
    plan_free(plan);
    folder_leave();
}

/* One letter a test: F, S, or "." */
static void expect_endings(const struct plan *plan, struct last_ending *last,
                           const char *wanted)
{
    char found[16] = "";

    ck_assert_ptr_nonnull(last);
    for (size_t i = 0; i < plan->test_count; i++)
        found[i] = last[i].has_failed ? 'F' : last[i].was_skipped ? 'S' : '.';
    ck_assert_str_eq(found, wanted);
    free(last);
}

static void expect_time(const struct plan *plan, size_t test, int64_t ns)
{
    struct fault fault = {0};
    struct last_ending *last = last_run_recall(plan, ".", &fault);

    ck_assert_ptr_nonnull(last);
    ck_assert_int_eq(last[test].ns, ns);
    free(last);
}

/* One letter a test: P, Q, S, F, E, or "." for one that did not run. */
static void save(const struct plan *plan, const char *folder, const char *text)
{
    static const char letters[] = ".PQSFE";
    struct ending endings[8] = {{.ns = 7}};
    struct fault fault = {0};

    for (size_t i = 0; i < plan->test_count; i++)
        endings[i].kind =
            (enum ending_kind)(strchr(letters, text[i]) - letters);
    ck_assert_msg(last_run_save(plan, folder, endings, &fault), "%s",
                  fault.text);
}

static void expect(const struct plan *plan, const char *folder,
                   const char *wanted)
{
    struct fault fault = {0};

    expect_endings(plan, last_run_recall(plan, folder, &fault), wanted);
    ck_assert(!fault.raised);
}

START_TEST(endings_are_found_again)
{
    struct plan *plan;
    struct fault fault = {0};
    struct stat status;

    plan = begin();
    ck_assert_ptr_null(last_run_recall(plan, ".", &fault));
    ck_assert(!fault.raised);
    save(plan, ".", "PFES");
    expect(plan, ".", ".FFS");
    ck_assert_int_eq(stat(".volley/.gitignore", &status), 0);
    ck_assert_int_eq(status.st_size, 2);
    expect_time(plan, 0, 7);
    expect_time(plan, 1, 0); /* it took none, which is as good as unknown */
    end(plan);
}
END_TEST

START_TEST(what_did_not_run_keeps_what_it_had)
{
    struct plan *plan = begin();

    save(plan, ".", "FPFF");
    save(plan, ".", ".FP.");
    expect(plan, ".", "FF.F");
    /* Skipped because of another one; by the suite itself; once it passed. */
    save(plan, ".", "S..S");
    expect(plan, ".", "FF.S");
    save(plan, ".", "PS..");
    expect(plan, ".", ".F.S");
    save(plan, ".", "SP..");
    expect(plan, ".", "S..S");
    end(plan);
}
END_TEST

START_TEST(what_failed_in_quarantine_has_not_failed)
{
    struct plan *plan = begin();

    save(plan, ".", "FQ.F");
    save(plan, ".", "QS..");
    expect(plan, ".", ".S.F");
    end(plan);
}
END_TEST

START_TEST(suites_are_known_from_everywhere)
{
    struct plan *plan;

    folder_enter();
    ck_assert_int_eq(mkdir("api", 0755), 0);
    ck_assert_int_eq(symlink("api/s.json", "link.json"), 0);
    folder_write("api/s.json", suite);
    folder_write("api/t.json", suite);
    plan = load("api/s.json");
    save(plan, ".", "F...");
    plan_free(plan);
    plan = load("api/t.json");
    save(plan, ".", ".F..");
    plan_free(plan);
    plan = load("link.json");
    expect(plan, ".", "F...");
    plan_free(plan);
    ck_assert_int_eq(chdir("api"), 0);
    plan = load("./s.json");
    expect(plan, "..", "F...");
    plan_free(plan);
    plan = load("t.json");
    expect(plan, "..", ".F..");
    end(plan);
}
END_TEST

START_TEST(renamed_tests_are_forgotten)
{
    struct plan *plan = begin();

    save(plan, ".", "FFFF");
    plan_free(plan);
    folder_write("s.json", "{\"tests\": [{\"name\": \"z\", \"request\": "
                           "{\"url\": \"http://h/\"}}]}");
    plan = load("s.json");
    save(plan, ".", "P");
    plan_free(plan);
    folder_write("s.json", suite);
    plan = load("s.json");
    expect(plan, ".", "....");
    end(plan);
}
END_TEST

START_TEST(a_broken_record_is_told_and_then_written_anew)
{
    static const char *const rows[][2] = {
        {"{", "/.volley/last.json:1:2: the text ends before the JSON does; "
              "the file can be deleted"},
        {"[]", "/.volley/last.json: another version of volley wrote it; the "
               "file can be deleted"},
        {"{\"version\": 2, \"tests\": {}}",
         "/.volley/last.json: another version of volley wrote it"},
        {"{\"version\": 1, \"tests\": []}",
         "/.volley/last.json: another version of volley wrote it"},
    };
    struct plan *plan = begin();

    save(plan, ".", "F...");
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct fault fault = {0};

        folder_write(".volley/last.json", rows[i][0]);
        ck_assert_ptr_null(last_run_recall(plan, ".", &fault));
        ck_assert(fault.raised);
        ck_assert_msg(strstr(fault.text, rows[i][1]), "%s", fault.text);
        save(plan, ".", ".F..");
        expect(plan, ".", ".F..");
    }
    end(plan);
}
END_TEST

START_TEST(a_folder_that_cannot_be_written_is_told)
{
    struct ending endings[4] = {{.kind = ENDING_FAILED}};
    struct fault fault = {0};
    struct plan *plan = begin();

    folder_write(".volley", "a file");
    ck_assert(!last_run_save(plan, ".", endings, &fault));
    ck_assert_msg(strncmp(fault.text, "cannot write ", 13) == 0, "%s",
                  fault.text);
    end(plan);
}
END_TEST

START_TEST(a_record_is_read_up_to_its_limit)
{
    static const char record[] = "{\"version\": 1, \"tests\": {}}";
    struct fault fault = {0};
    struct plan *plan = begin();

    ck_assert_int_eq(mkdir(".volley", 0755), 0);
    folder_write(".volley/last.json", record);
    expect(plan, ".", "....");
    ck_assert_int_eq(truncate(".volley/last.json", LIMIT_LAST_RUN), 0);
    free(last_run_recall(plan, ".", &fault));
    ck_assert(!strstr(fault.text, "too large"));
    fault = (struct fault){0};
    ck_assert_int_eq(truncate(".volley/last.json", LIMIT_LAST_RUN + 1), 0);
    ck_assert_ptr_null(last_run_recall(plan, ".", &fault));
    ck_assert_msg(strstr(fault.text, "it is too large"), "%s", fault.text);
    end(plan);
}
END_TEST

#define START                                                                  \
    "{\"event\":\"run_started\",\"suites\":[{\"path\":\"x.json\"},"            \
    "{\"path\":\"s.json\"}]}\n"
#define END(suite, name, outcome)                                              \
    "{\"event\":\"test_finished\",\"suite\":" suite ",\"name\":\"" name        \
    "\",\"outcome\":\"" outcome "\"}\n"

static void read_log(const char *log, const char *wanted, const char *told)
{
    struct fault fault = {0};
    struct last_ending *last;
    struct plan *plan = begin();

    folder_write("run.jsonl", log);
    last = last_run_recall_log(plan, "run.jsonl", &fault);
    ck_assert_str_eq(fault.text, told);
    if (wanted)
        expect_endings(plan, last, wanted);
    else
        ck_assert_ptr_null(last);
    plan_free(plan);
    folder_leave();
}

START_TEST(logs_tell_endings_of_copies_too)
{
    read_log(START END("1", "a", "failed") END("1", "b [0]", "passed")
                 END("1", "b [x]", "passed") END("1", "c", "skipped"),
             "F..S", "");
    read_log(START END("1", "b [7]", "erred") END("1", "b [8]", "passed"),
             ".F..", "");
    read_log(START END("1", "b [x]", "failed"), "..F.", "");
    read_log(START END("1", "b [row 2] [0]", "failed"), ".F..", "");
    read_log(START END("1", "b [odd [name]]", "failed"), ".F..", "");
    read_log(START END("1", "a [round 2]", "failed"), "F...", "");
    read_log(START
             "{\"event\":\"test_finished\",\"suite\":1,\"name\":\"a\","
             "\"outcome\":\"failed\",\"quarantine\":\"until x: y\"}\n" END(
                 "1", "b [1]", "failed"),
             ".F..", "");
    read_log(START END("1", "z [1]", "failed") END("1", "z", "failed")
                 END("0", "a", "failed") END("2", "a", "failed")
                     END("-1", "a", "failed") END("1", "]", "failed"),
             "....", "");
}
END_TEST

START_TEST(logs_may_end_in_the_middle_of_a_line)
{
    read_log(START END("1", "a", "failed") "{\"event\":\"te", "F...", "");
    read_log(START "{\"event\":\"run_finished\"}", "....", "");
}
END_TEST

START_TEST(what_is_no_log_is_told)
{
    read_log("", NULL, "no run begins in this log");
    read_log("{}\n", NULL, "this is no event of a run");
    read_log("<xml", NULL, "this is no event of a run");
    read_log(START "x\n", NULL, "this is no event of a run");
    read_log("{\"event\":\"dispatched\"}\n", NULL, "no run begins in this log");
}
END_TEST

START_TEST(a_line_of_a_log_has_a_limit)
{
    struct fault fault = {0};
    struct plan *plan = begin();

    folder_write("run.jsonl", START);
    ck_assert_int_eq(
        truncate("run.jsonl", (off_t)strlen(START) + LIMIT_LAST_RUN), 0);
    free(last_run_recall_log(plan, "run.jsonl", &fault));
    ck_assert_str_eq(fault.text, "");
    ck_assert_int_eq(
        truncate("run.jsonl", (off_t)strlen(START) + LIMIT_LAST_RUN + 1), 0);
    ck_assert_ptr_null(last_run_recall_log(plan, "run.jsonl", &fault));
    ck_assert_str_eq(fault.text, "the line is too long");
    ck_assert_uint_eq(fault.at.line, 2);
    end(plan);
}
END_TEST

UNIT("last_run", endings_are_found_again, what_did_not_run_keeps_what_it_had,
     what_failed_in_quarantine_has_not_failed, suites_are_known_from_everywhere,
     renamed_tests_are_forgotten, a_broken_record_is_told_and_then_written_anew,
     a_folder_that_cannot_be_written_is_told, a_record_is_read_up_to_its_limit,
     logs_tell_endings_of_copies_too, logs_may_end_in_the_middle_of_a_line,
     what_is_no_log_is_told, a_line_of_a_log_has_a_limit)
