/* SIGINT and SIGTERM while a run goes on. */
#pragma once

#include "runner/engine.h"

/* From now on the two signals are only noted: the first asks the run to end
 * in order, the second to end without its teardown. */
const struct interrupt *signals_hear(void);
