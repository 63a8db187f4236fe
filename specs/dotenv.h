/* Files of NAME=value lines. Private to specs/. */
#pragma once

#include "specs/source.h"

/* A new JSON object of what is right in the text, which must be UTF-8 without
 * NULs; what is wrong is added to the faults. A later line of the same name
 * wins. `offsets`, an object or NULL, is given the offset of each name's text.
 *
 * A line is blank, a comment that "#" begins, or [export] NAME=VALUE. A value
 * in double quotes knows \n, \r, \t, \" and \\, one in single quotes is as
 * written; both are text and may span lines. A bare value ends with the line
 * or before a blank and "#", and is read by variables_read_text(). */
json_t *dotenv_read(const struct source *source, json_t *offsets,
                    struct faults *faults) NODISCARD;
