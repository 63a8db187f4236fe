/* Paths become a frozen plan, or it is told on stderr why not. */
#pragma once

#include "runner/cli/settings.h"
#include "runner/cli/status.h"

/* Who only looks at a plan need not know the secrets. Who checks it is given
 * the mistakes on stdout too, where the format is JSON. */
enum intent { INTENT_LOOK, INTENT_CHECK, INTENT_SEND };

/* STATUS_PASSED with *plan set, for plan_free(); where there is no suite that
 * is STATUS_EMPTY, or a plan without tests under --allow-empty. */
enum status suites_load(const struct settings *settings, enum intent intent,
                        struct plan **plan);

/* Mistakes in files, on stderr: STATUS_SPEC. */
enum status mistakes_tell(struct faults *faults);

/* What the plan warns of, on stderr: what is wrong with options, which has no
 * place in a file; all of it where `everything`. */
void suites_warn(const struct plan *plan, bool everything);

/* Why the status is STATUS_EMPTY, on stderr. */
void suites_explain_empty(const struct plan *plan);

/* How many tests there are, copies counted; without those left out. */
size_t suites_test_count(const struct plan *plan);
/* How many requests they send. */
size_t suites_request_count(const struct plan *plan);
