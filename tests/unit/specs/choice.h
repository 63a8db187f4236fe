/* A plan of which some tests are chosen. */
#pragma once

#include "tests/unit/specs/sketch.h"

#include "specs/select.h"

/* Chooses, and compares: "+name" is selected, "name" pulled in, both with "!"
 * behind them when they go first, with a blank between them; what is left out
 * is not there. Ends the test if something is told. */
void choice_expect(struct plan *plan, const struct selection_options *options,
                   const char *wanted);

/* What is told of the options, "text\n" each. */
void choice_tell(struct plan *plan, const struct selection_options *options,
                 const char *wanted);

/* The plan's test of that name, which a test may change. */
struct test *choice_test(const struct plan *plan, const char *name);

/* Finds a word in a name. */
struct name_filter choice_filter(const char *word);
