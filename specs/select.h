/* Which tests of a plan are run.
 *
 * Of the tests that the paths lead to, those are *selected* that every given
 * filter takes. What they need comes with them, *pulled in*: the tests that
 * they require, the set-up of each suite that takes part, and its teardown. The
 * rest is *left out*. */
#pragma once

#include "specs/specs.h"
#include "specs/tags.h"

/* Whether a pattern is found in the name of a test, as it is written. */
struct name_filter {
    bool (*matches)(void *pattern, const char *name);
    void *pattern;
};

/* A test's ending in an earlier run; with copies, the worst of them. */
struct last_ending {
    bool has_failed; /* or erred */
    bool was_skipped;
    int64_t ns; /* of the copy that took longest; 0: not known */
};

/* Zeroed memory selects everything. */
struct selection_options {
    size_t tag_count; /* all must hold */
    const struct tag_expression *const *tags;
    size_t wanted_count; /* any of them... */
    const struct name_filter *wanted;
    size_t unwanted_count; /* ...and none of these */
    const struct name_filter *unwanted;
    size_t id_count; /* any of them */
    const char *const *ids;
    /* By test->index; see last_run_endings(). NULL: nothing is known. */
    const struct last_ending *last;
    bool last_failed; /* what failed, and what was skipped because of it */
    bool failed_first;
};

/* Copies of tests. */
struct selection_counts {
    size_t selected, pulled_in, left_out;
};

/* Sets `selection` and `goes_first` of each test, once the graph is made.
 * Besides what the options say, a suite that the paths name with lines is
 * reduced to those (suite->lines), and where a test is `only`, such tests alone
 * are selected, which is warned of. Tells of ids and lines that no test has. */
struct selection_counts plan_select(struct plan *plan,
                                    const struct selection_options *options,
                                    struct faults *faults);

/* Tells of each test that is `only`: nobody may forget one on its way to CI. */
void plan_refuse_only(const struct plan *plan, struct faults *faults);

/* The counts as they are, for those who tell of them. */
struct selection_counts plan_count_selection(const struct plan *plan);

/* Whether the suite has tests and none of them takes part. */
bool suite_is_left_out(const struct suite *suite);
