/* Matchers that the suite names. Each use compiles the named one anew, for the
 * subject and with the variables of whoever uses it. */
#include "assertions/matcher/kind.h"
#include "specs/base/buffer.h"

static bool is_allowed(struct compiling *compiling, const struct node *argument)
{
    if (++compiling->use_count <= LIMIT_USES)
        return true;
    return node_fault(compiling->faults, argument,
                      "more than %d named matchers come together here",
                      LIMIT_USES);
}

static void compile_use(struct compiling *compiling,
                        const struct node *argument, struct matcher *matcher)
{
    const struct suite *suite = compiling->suite;
    const struct use *outer = compiling->use;
    struct named *named =
        named_find(NAMED_MATCHER, suite, argument, outer, compiling->faults);
    const struct use use = {.outer = outer, .named = named};

    if (!named || !is_allowed(compiling, argument))
        return;
    compiling->use = &use;
    compiling->suite = named->suite;
    compile_child(compiling, &named->value, matcher->domain, matcher);
    compiling->use = outer;
    compiling->suite = suite;
}

static bool use_holds(struct matching *matching, const struct matcher *matcher,
                      const struct value *value)
{
    return matcher_holds(matching, matcher->children, value);
}

static void describe_use(struct matching *matching, struct teller *teller,
                         const struct matcher *matcher)
{
    describe_children(matching, teller, matcher, "");
}

/* What failed is where it is used. */
static void explain_use(struct matching *matching,
                        const struct matcher *matcher,
                        const struct value *value, struct finding *finding)
{
    matcher_explain(matching, matcher->children, value, finding);
    finding->at = matcher->at;
}

const struct matcher_kind use_matcher = {
    .subjects = SUBJECT_ANY,
    .streaming = STREAMS_AS_PARTS,
    .compile = compile_use,
    .holds = use_holds,
    .describe = describe_use,
    .explain = explain_use,
};
