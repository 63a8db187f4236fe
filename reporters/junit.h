/* What the JUnit report keeps of a run until it can be written: a suite's
 * element begins with counts, so everything must be known first. All texts kept
 * are valid XML already, cut to their limits, and not yet escaped. */
#pragma once

#include "reporters/reporters.h"

/* An attempt that was made anew. */
struct junit_rerun {
    bool is_error;
    const char *type;
    const char *message;
    const char *text;
};

/* What is told of a test that did not pass, or not at once. */
struct junit_told {
    const char *type; /* NULL for a skipped one */
    const char *message;
    const char *text;
    const char *output; /* "" when there is none */
    size_t rerun_count;
    const struct junit_rerun *reruns;
};

/* Small, since there may be very many. */
struct junit_case {
    const char *name;
    const struct junit_told *told; /* NULL when it passed at once */
    int64_t duration_ns;
    size_t ordinal;
    unsigned suite;
    unsigned line;
    enum outcome outcome;
};

struct junit_suite {
    const char *path;
    const char *class_name;
    struct counts counts;
    int64_t started_ns, duration_ns;
    size_t first; /* its cases, once they are sorted */
};

struct junit_property {
    const char *name;
    const char *value;
    struct junit_property *next;
};

struct junit_story {
    struct arena arena;
    const char *hostname;
    int64_t wall_ns;
    int64_t duration_ns;
    size_t suite_count;
    struct junit_suite *suites;
    size_t case_count, case_room;
    struct junit_case *cases;
    struct junit_property *properties, *last_property;
    uint64_t told_length; /* of all texts, escaped; see LIMIT_JUNIT_TOLD */
};

void story_hear(struct junit_story *story, const struct event *event);
/* Cases in the order of the plan, names made unique, everything counted.
 * Nothing is heard after this. */
void story_settle(struct junit_story *story);
void story_finish(struct junit_story *story);

/* Message, text and transcript of a test that did not pass, and of attempts
 * that did not, in the arena; `is_short` leaves out all but messages. */
const struct junit_told *
junit_tell(struct arena *arena, const struct test_report *test, bool is_short);
