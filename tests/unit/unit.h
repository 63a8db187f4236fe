/* A unit test file ends in UNIT("name", test, test...), which is its main().
 * Check tells TAP on stdout where CK_TAP_LOG_FILE_NAME is "-", and nothing
 * else then. */
#pragma once

#include <check.h>
#include <stdlib.h>

enum { UNIT_TIMEOUT_S = 60 };

static int unit_run(const char *name, const TTest *const *tests, size_t count)
{
    Suite *suite = suite_create(name);
    TCase *cases = tcase_create(name);
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_set_timeout(cases, UNIT_TIMEOUT_S);
    for (size_t i = 0; i < count; i++)
        tcase_add_test(cases, tests[i]);
    suite_add_tcase(suite, cases);
    srunner_run_all(runner,
                    getenv("CK_TAP_LOG_FILE_NAME") ? CK_SILENT : CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

#define UNIT(name, ...)                                                        \
    int main(void)                                                             \
    {                                                                          \
        const TTest *const tests[] = {__VA_ARGS__};                            \
                                                                               \
        return unit_run(name, tests, sizeof(tests) / sizeof(tests[0]));        \
    }
