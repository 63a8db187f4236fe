/* What `format` can name: JSON Schema 2020-12, validation, section 7.3, and
 * base64. Each is the grammar of the standard that its function names; what is
 * not of that grammar to the last character does not hold. */
#pragma once

#include "assertions/schema/draft.h"
#include "specs/base/base.h"

bool format_known(const char *name);

/* Sorted by name. */
const char *const *format_names(size_t *count);

/* Whether the text, which is UTF-8 and may hold NULs, has this format. A format
 * that nobody knows holds of every text. The draft only decides where an older
 * one meant something else; no draft is the newest one. */
bool format_holds(const char *name, enum schema_draft draft, const char *text,
                  size_t length);
