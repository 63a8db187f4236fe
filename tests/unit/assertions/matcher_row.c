#include "tests/unit/assertions/matcher_row.h"

#include "tests/unit/assertions/trial.h"
#include <check.h>
#include <stdio.h>

static void judge_row(const struct matcher_row *row)
{
    char expect[2048], body[2048], wanted[2048] = "";
    struct trial trial;

    snprintf(expect, sizeof(expect), "{\"json\": {\"$.v\": %s}}", row->matcher);
    snprintf(body, sizeof(body), row->value ? "{\"v\": %s}" : "{}", row->value);
    if (row->message)
        snprintf(wanted, sizeof(wanted), "json $.v%s", row->message);
    trial_body(&trial, expect, body);
    trial_expect(&trial, wanted);
    ck_assert_uint_eq(trial.judged.check_count, 2);
    trial_finish(&trial);
}

void matcher_rows_judge(const struct matcher_row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        judge_row(&rows[i]);
}
