/* Templates without holes. */
#pragma once

#include "specs/template.h"

/* What it says, until the next call; "nothing" for NULL. */
const char *filled(const struct template *template);
