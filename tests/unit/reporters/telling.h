/* The parts that a story is made of. */
#pragma once

#include "reporters/reporters.h"

/* When every run began: 2026-11-20T23:11:04Z. */
extern const int64_t told_wall_ns;
/* A GET that was answered with 200, on a connection of its own. */
extern const struct exchange_report answered_exchange;

/* The run of these suites, with all their tests. */
struct run_start told_run(const struct suite_label *suites,
                          const size_t *test_counts, size_t count);
void tell_run_start(struct reporter *reporter, const struct run_start *run);
void tell_start(struct reporter *reporter, const struct suite_label *suites,
                const size_t *test_counts, size_t count);
void tell_test(struct reporter *reporter, const struct test_report *test);
void tell_suite_end(struct reporter *reporter, struct suite_label suite,
                    struct counts counts, int64_t duration_ns);
void tell_end(struct reporter *reporter, struct counts counts);
void tell_run_end(struct reporter *reporter, const struct run_end *end);

/* Tests that passed, named "<word> <number>" from `first` on. */
void tell_passed(struct reporter *reporter, struct suite_label suite,
                 const char *word, size_t first, size_t count);
void tell_skipped(struct reporter *reporter, struct test_label label,
                  const char *reason, const char *because);
