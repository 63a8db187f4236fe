/* What a spec may hold: as much as each limit says, and one more. */
#include "tests/unit/unit.h"
#include <string.h>

#include "specs/base/buffer.h"
#include "specs/load.h"

/* What is wrong with a suite of one test, written around this text. */
struct said {
    char text[512];
    size_t count;
};

static struct said load(const char *before, const char *piece, size_t count,
                        const char *after)
{
    struct buffer text = buffer_with_ceiling(1 << 20);
    struct faults faults = {0};
    struct plan *plan = NULL;
    struct said said = {.text = ""};
    bool made = buffer_add_text(&text, "{\"tests\": [{\"name\": \"a\", ") &&
                buffer_add_text(&text, before);

    for (size_t i = 0; i < count; i++)
        made = made && buffer_add_text(&text, piece);
    ck_assert(made && buffer_add_text(&text, after) &&
              buffer_add_text(&text, "}]}"));
    if (plan_load_text(text.bytes, text.length, &plan, &faults) == PLAN_LOADED)
        ck_assert_uint_eq(faults.total, 0);
    else
        snprintf(said.text, sizeof(said.text), "%s", faults.faults[0].text);
    said.count = faults.total;
    plan_free(plan);
    faults_finish(&faults);
    buffer_finish(&text);
    return said;
}

#define URL "\"url\": \"http://a.test/\""

/* An expectation is not looked into here, so only its depth can be wrong. */
static struct said nest(size_t depth, const char *after)
{
    enum { AROUND = 4 }; /* the suite, its tests, the test, "expect" */
    char close[2 * LIMIT_SPEC_DEPTH] = "";

    memset(close, ']', depth - AROUND);
    close[depth - AROUND] = *after;
    return load("\"request\": {" URL "}, \"expect\": {\"body\": ", "[",
                depth - AROUND, close);
}

/* What is wrong besides is told, unless it stands behind what is too deep. */
START_TEST(specs_nest_to_a_limit)
{
    char wanted[80];

    ck_assert_str_eq(nest(LIMIT_SPEC_DEPTH, "}").text, "");
    ck_assert_str_eq(nest(LIMIT_SPEC_DEPTH, "").text,
                     "a comma or \"}\" is expected");
    snprintf(wanted, sizeof(wanted), "nested deeper than %d levels",
             LIMIT_SPEC_DEPTH);
    ck_assert_str_eq(nest(LIMIT_SPEC_DEPTH + 1, "}").text, wanted);
    ck_assert_str_eq(nest(LIMIT_SPEC_DEPTH + 1, "").text, wanted);
}
END_TEST

START_TEST(a_test_has_no_more_steps_than_the_limit)
{
    static const char before[] = "\"steps\": [{\"request\": {" URL "}}";
    static const char step[] = ",{\"request\": {" URL "}}";
    char wanted[80];

    ck_assert_str_eq(load(before, step, LIMIT_STEPS - 1, "]").text, "");
    snprintf(wanted, sizeof(wanted), "a test has at most %d steps, not %d",
             LIMIT_STEPS, LIMIT_STEPS + 1);
    ck_assert_str_eq(load(before, step, LIMIT_STEPS, "]").text, wanted);
}
END_TEST

static struct said load_number(const char *before, int number,
                               const char *after)
{
    char text[32];

    snprintf(text, sizeof(text), "%d", number);
    return load(before, text, 1, after);
}

START_TEST(a_test_has_no_more_copies_than_the_limit)
{
    static const char before[] = "\"request\": {" URL "}, \"repeat\": ";
    char wanted[80];

    ck_assert_str_eq(load_number(before, LIMIT_REPEAT, "").text, "");
    ck_assert_str_eq(load_number(before, LIMIT_REPEAT, ".0").text, "");
    snprintf(wanted, sizeof(wanted), "\"repeat\" must be from 1 to %d",
             LIMIT_REPEAT);
    ck_assert_str_eq(load_number(before, LIMIT_REPEAT + 1, "").text, wanted);
}
END_TEST

START_TEST(a_request_follows_no_more_redirects_than_the_limit)
{
    static const char before[] = "\"request\": {" URL ", \"follow\": ";
    char wanted[80];

    ck_assert_str_eq(load_number(before, LIMIT_REDIRECTS, "}").text, "");
    snprintf(wanted, sizeof(wanted),
             "\"follow\" must be from 0 to %d, or true or false",
             LIMIT_REDIRECTS);
    ck_assert_str_eq(load_number(before, LIMIT_REDIRECTS + 1, "}").text,
                     wanted);
}
END_TEST

START_TEST(no_more_mistakes_are_kept_than_the_limit)
{
    static const char before[] = "\"request\": {" URL "}, \"tags\": [1";

    ck_assert_uint_eq(load(before, ",1", LIMIT_FAULTS - 1, "]").count,
                      LIMIT_FAULTS);
    ck_assert_uint_eq(load(before, ",1", LIMIT_FAULTS, "]").count,
                      LIMIT_FAULTS + 1);
}
END_TEST

UNIT("limits", specs_nest_to_a_limit, a_test_has_no_more_steps_than_the_limit,
     a_test_has_no_more_copies_than_the_limit,
     a_request_follows_no_more_redirects_than_the_limit,
     no_more_mistakes_are_kept_than_the_limit)
