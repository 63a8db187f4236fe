/* Regular expressions. One without templates is compiled at load; what a
 * template puts into one is quoted, and it is compiled when it is judged. */
#include "assertions/expression.h"
#include "assertions/matcher/kind.h"

static void compile_matches(struct compiling *compiling,
                            const struct node *argument,
                            struct matcher *matcher)
{
    expression_compile(compiling, argument, &matcher->literal,
                       &matcher->pattern);
}

static bool matches_holds(struct matching *matching,
                          const struct matcher *matcher,
                          const struct value *value)
{
    struct text text;

    return value_text(value, &text) &&
           expression_search(matching, matcher->pattern, &matcher->literal,
                             text, NULL);
}

static void describe_matches(struct matching *matching, struct teller *teller,
                             const struct matcher *matcher)
{
    tell(teller, "matching ");
    expression_tell(matching, &matcher->literal, teller);
}

const struct matcher_kind matches_matcher = {
    .subjects = SUBJECT_TEXT,
    .compile = compile_matches,
    .holds = matches_holds,
    .describe = describe_matches,
};
