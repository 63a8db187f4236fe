/* Regular expressions as JSON Schema has them (core, section 6.4): those of
 * ECMA-262, section 22.2, read as with the flag `u`, and translated for PCRE2.
 *
 * Translated, so that they mean what they mean there: "$" is the very end and
 * "." no line terminator; \d, \w, \b know ASCII alone and \s the white space of
 * the standard; \cX, \xHH, \uHHHH (pairs of surrogates too), \u{H}, \0; "[]",
 * "[^]"; \p{...} by General_Category, Script, Script_Extensions and the binary
 * properties; groups by name, and references to them or by number, which match
 * nothing where their group has not matched yet.
 *
 * Beyond the `u` grammar this much of annex B.1.2 is taken, since it has one
 * meaning only and patterns in the wild rely on it: "\" before punctuation that
 * has no need of it, "]", "{" and "}" by themselves, and a "-" beside \d, \w,
 * \s or \p in a class. Everything else is refused with its place: escapes of
 * letters that mean nothing (\a, \Z), octal ones, references to groups that are
 * not there, groups of other languages ((?P<n>), (?#), (?>), (?i)), flags for a
 * part ((?i:)), possessive quantifiers, repeated assertions.
 *
 * It has at most LIMIT_PATTERN_BYTES. Not as there: what a group in a repeated
 * group has matched is still known in the next round; and PCRE2 takes no
 * lookbehind without a fixed length, no count beyond 65535 and no nesting
 * beyond 250: ecma_compile() refuses these, ecma_check() does not. */
#pragma once

#include "assertions/pattern.h"
#include "specs/base/buffer.h"

/* NULL with *trouble set: its offset is that of the pattern as given, which is
 * UTF-8. pattern_free() is the caller's. */
struct pattern *ecma_compile(const char *text, size_t length,
                             struct pattern_trouble *trouble) NODISCARD;

/* Only whether it is one. */
bool ecma_check(const char *text, size_t length,
                struct pattern_trouble *trouble) NODISCARD;

/* What PCRE2 understands by the same, added to `out`. False with *trouble set
 * where it is none, or where the buffer's ceiling is reached. */
bool ecma_translate(const char *text, size_t length, struct buffer *out,
                    struct pattern_trouble *trouble) NODISCARD;
