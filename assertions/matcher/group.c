/* Words that stand over other words of the same subject. */
#include "assertions/matcher/kind.h"

static void compile_not(struct compiling *compiling,
                        const struct node *argument, struct matcher *matcher)
{
    compile_child(compiling, argument, matcher->domain, matcher);
}

static bool not_holds(struct matching *matching, const struct matcher *matcher,
                      const struct value *value)
{
    return !matcher_holds(matching, matcher->children, value);
}

static void describe_not(struct matching *matching, struct teller *teller,
                         const struct matcher *matcher)
{
    tell(teller, "not ");
    describe_children(matching, teller, matcher, "");
}

static bool all_of_holds(struct matching *matching,
                         const struct matcher *matcher,
                         const struct value *value)
{
    for (size_t i = 0; i < matcher->child_count; i++) {
        if (!matcher_holds(matching, &matcher->children[i], value))
            return false;
    }
    return true;
}

static void describe_all_of(struct matching *matching, struct teller *teller,
                            const struct matcher *matcher)
{
    describe_children(matching, teller, matcher, " and ");
}

static void explain_all_of(struct matching *matching,
                           const struct matcher *matcher,
                           const struct value *value, struct finding *finding)
{
    size_t i = 0;

    while (i + 1 < matcher->child_count &&
           matcher_holds(matching, &matcher->children[i], value))
        i++;
    matcher_explain(matching, &matcher->children[i], value, finding);
}

static bool any_of_holds(struct matching *matching,
                         const struct matcher *matcher,
                         const struct value *value)
{
    for (size_t i = 0; i < matcher->child_count; i++) {
        if (matcher_holds(matching, &matcher->children[i], value))
            return true;
    }
    return false;
}

static void describe_any_of(struct matching *matching, struct teller *teller,
                            const struct matcher *matcher)
{
    describe_children(matching, teller, matcher, " or ");
}

const struct matcher_kind not_matcher = {
    .subjects = SUBJECT_ANY,
    .streaming = STREAMS_AS_PARTS,
    .compile = compile_not,
    .holds = not_holds,
    .describe = describe_not,
};

const struct matcher_kind all_of_matcher = {
    .subjects = SUBJECT_ANY,
    .streaming = STREAMS_AS_PARTS,
    .compile = compile_children,
    .holds = all_of_holds,
    .describe = describe_all_of,
    .explain = explain_all_of,
};

const struct matcher_kind any_of_matcher = {
    .subjects = SUBJECT_ANY,
    .streaming = STREAMS_AS_PARTS,
    .compile = compile_children,
    .holds = any_of_holds,
    .describe = describe_any_of,
};
