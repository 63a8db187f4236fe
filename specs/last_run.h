/* How tests ended when they ran last: .volley/last.json in a folder.
 *
 * It is one object, {"version": 1, "tests": {suite: {name: {"outcome":
 * "failed", "ns": 1200}}}}. A suite is named by its path from that folder, a
 * test by its name; of its copies the worst ending counts. */
#pragma once

#include "specs/select.h"

/* From the best to the worst. */
enum ending_kind {
    ENDING_NONE, /* it was not told of */
    ENDING_PASSED,
    ENDING_QUARANTINED, /* failed or erred, which does not count */
    ENDING_SKIPPED,
    ENDING_FAILED,
    ENDING_ERRED,
};

/* How one test ended now. */
struct ending {
    enum ending_kind kind;
    int64_t ns; /* of the copy that took longest */
};

/* What is known of each test of the plan, by its index, for free(). NULL where
 * there is no such file, or, with the fault raised, where it is of no use. */
struct last_ending *last_run_recall(const struct plan *plan, const char *folder,
                                    struct fault *fault);

/* The same from a log of any run, whose last line may be cut short. */
struct last_ending *last_run_recall_log(const struct plan *plan,
                                        const char *path, struct fault *fault);

/* Writes how the tests of the plan ended, by their index, over what was known
 * of them. What did not run keeps what it had. */
bool last_run_save(const struct plan *plan, const char *folder,
                   const struct ending *endings, struct fault *fault) NODISCARD;

/* What an entry of that file, or an event of a log, says with "outcome". */
struct last_ending last_ending_read(const json_t *entry);
