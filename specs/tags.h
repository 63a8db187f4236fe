/* Expressions over tags: which tests `--tag "smoke and not (slow or beta)"`
 * means. */
#pragma once

#include "specs/base/arena.h"
#include "specs/base/fault.h"

/* Frozen, in the arena that it was compiled into. */
struct tag_expression;

/* Words are tags; `and`, `or`, `not` and parentheses join them, `not` binding
 * closest and `or` least. Anything else, blanks included, may stand in double
 * quotes, with \" and \\ as escapes. NULL with the fault raised: its text
 * begins with `label` and the column, its place holds the expression. */
const struct tag_expression *tags_compile(struct arena *arena,
                                          const char *label, const char *text,
                                          struct fault *fault);

/* Whether it is true of a test that has these tags and no others. */
bool tags_hold(const struct tag_expression *expression, size_t count,
               const char *const *tags);

/* Each tag that the expression names, in the order written. */
void tags_visit(const struct tag_expression *expression,
                void (*visit)(void *visitor, const char *tag), void *visitor);
