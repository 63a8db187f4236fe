/* Runs that never were: fixed lists of events, told to any reporter. */
#pragma once

#include "reporters/reporters.h"

struct story {
    const char *name;
    void (*tell)(struct reporter *reporter);
};

extern const struct story stories[];
extern const size_t story_count;

const struct story *story_find(const char *name);

/* Parts that tests use by themselves. */
void tell_start(struct reporter *reporter, const struct suite_label *suites,
                const size_t *test_counts, size_t count);
void tell_test(struct reporter *reporter, const struct test_report *test);
void tell_suite_end(struct reporter *reporter, struct suite_label suite,
                    struct counts counts, int64_t duration_ns);
void tell_end(struct reporter *reporter, struct counts counts);
