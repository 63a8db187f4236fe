/* The graph without what is left out. Private to specs/. */
#pragma once

#include "specs/specs.h"

/* Drops the waits of tests that are left out and those for them, and measures
 * the plan anew. Order that led through a test that is left out is kept: who
 * waited for it waits for those before it. */
void graph_leave_out(struct plan *plan, struct faults *faults);
