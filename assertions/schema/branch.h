/* Why none of several schemas holds. Private to assertions/schema. */
#pragma once

#include "assertions/schema/run.h"

/* Tells of anyOf and oneOf. Where one branch alone is meant for such values, of
 * that; else of each. Always false. */
bool branch_tell(struct run *run, const struct check *check,
                 const struct visit *visit);
