/* What is wrong with text that is no JSON, in words for people. jansson reads
 * the specs; this recogniser only speaks when jansson could not. */
#pragma once

#include "specs/source.h"

/* False and told: an empty text, NUL bytes, what is not UTF-8 (RFC 3629). */
bool syntax_check_bytes(const struct source *source,
                        struct faults *faults) NODISCARD;

/* True when it found and told why the text is not JSON (RFC 8259), nests too
 * deep or has a key twice. */
bool syntax_explain(const struct source *source, struct faults *faults);
