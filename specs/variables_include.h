/* Variables of included suites. Private to variables*.c. */
#pragma once

#include "specs/variables.h"

/* Gives suite->constants those that the suites which it includes have, in the
 * order written, unless something of higher rank or its own `variables` has the
 * name; and makes their secrets its own. */
void variables_include(const struct variables *variables,
                       const struct node *written, struct suite *suite);
