/* What several reporters count alike. */
#pragma once

#include "reporters/reporters.h"

struct slow_test {
    int64_t duration_ns;
    size_t racer; /* whose time it is; 0: of no race */
    char *suite;
    char *name;
};

/* The slowest tests that were heard, the slowest first. */
struct tally {
    struct counts counts;
    size_t slow_most; /* how many are kept; set before anything is heard */
    size_t slow_count;
    struct slow_test *slow;
};

void tally_hear(struct tally *tally, const struct test_report *test);
void tally_finish(struct tally *tally);
