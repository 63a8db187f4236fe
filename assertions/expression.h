/* A regular expression in a spec: of `matches`, and of captures. */
#pragma once

#include "assertions/matcher.h"

/* Sets the compiled pattern, which the judgement then owns; not when it is made
 * of templates, or wrong, which is told at its place inside of the string. */
void expression_compile(struct compiling *compiling, const struct node *node,
                        struct literal *literal, struct pattern **result);

/* True when it was found, *found as in pattern_search(). A fault is raised
 * where a template, the filled pattern or a limit stands in the way. */
bool expression_search(struct matching *matching, const struct pattern *pattern,
                       const struct literal *literal, struct text subject,
                       struct text *found);

/* Between slashes, templates filled in. */
void expression_tell(struct matching *matching, const struct literal *literal,
                     struct teller *teller);
