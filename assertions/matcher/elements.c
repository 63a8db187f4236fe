/* One matcher for the elements of a list: all of them, some, none. */
#include "assertions/matcher/kind.h"

static void compile_element(struct compiling *compiling,
                            const struct node *argument,
                            struct matcher *matcher)
{
    compile_child(compiling, argument, DOMAIN_ANY, matcher);
}

/* How many elements the child holds for, and the first for which that is
 * `wanted`; *first is the count where there is none. */
static size_t count_holding(struct matching *matching,
                            const struct matcher *matcher,
                            const struct value *list, bool wanted,
                            size_t *first)
{
    size_t count = value_count(list), holding = 0;

    *first = count;
    for (size_t i = 0; i < count; i++) {
        struct value element = value_element(list, i, matching->arena);
        bool holds = matcher_holds(matching, matcher->children, &element);

        holding += holds;
        if (holds == wanted && *first == count)
            *first = i;
    }
    return holding;
}

/* Looks no further than the first element that is as `wanted`. */
static bool some_element(struct matching *matching,
                         const struct matcher *matcher,
                         const struct value *list, bool wanted)
{
    for (size_t i = 0; i < value_count(list); i++) {
        struct value element = value_element(list, i, matching->arena);

        if (matcher_holds(matching, matcher->children, &element) == wanted)
            return true;
    }
    return false;
}

static bool all_holds(struct matching *matching, const struct matcher *matcher,
                      const struct value *value)
{
    return value_is_list(value) &&
           !some_element(matching, matcher, value, false);
}

static bool any_holds(struct matching *matching, const struct matcher *matcher,
                      const struct value *value)
{
    return value_is_list(value) && some_element(matching, matcher, value, true);
}

static bool none_holds(struct matching *matching, const struct matcher *matcher,
                       const struct value *value)
{
    return value_is_list(value) &&
           !some_element(matching, matcher, value, true);
}

static void describe_all(struct matching *matching, struct teller *teller,
                         const struct matcher *matcher)
{
    tell(teller, "every element ");
    describe_children(matching, teller, matcher, "");
}

static void describe_any(struct matching *matching, struct teller *teller,
                         const struct matcher *matcher)
{
    tell(teller, "an element ");
    describe_children(matching, teller, matcher, "");
}

static void describe_none(struct matching *matching, struct teller *teller,
                          const struct matcher *matcher)
{
    tell(teller, "no element ");
    describe_children(matching, teller, matcher, "");
}

static void explain_all(struct matching *matching,
                        const struct matcher *matcher,
                        const struct value *value, struct finding *finding)
{
    struct value element;
    size_t first, wrong;

    explain_plainly(matching, matcher, value, finding);
    if (!value_is_list(value))
        return;
    wrong = value_count(value) -
            count_holding(matching, matcher, value, false, &first);
    if (!wrong)
        return;
    element = value_element(value, first, matching->arena);
    matcher_explain(matching, matcher->children, &element, finding);
    if (wrong > 1) {
        finding->more = wrong - 1;
        finding->noun = "element";
    }
}

static void explain_none(struct matching *matching,
                         const struct matcher *matcher,
                         const struct value *value, struct finding *finding)
{
    struct value element;
    size_t first, wrong;

    explain_plainly(matching, matcher, value, finding);
    if (!value_is_list(value))
        return;
    wrong = count_holding(matching, matcher, value, true, &first);
    if (!wrong)
        return;
    element = value_element(value, first, matching->arena);
    finding->path = element.path;
    finding->actual = told_value(matching, &element);
    if (wrong > 1) {
        finding->more = wrong - 1;
        finding->noun = "element";
    }
}

const struct matcher_kind all_matcher = {
    .subjects = SUBJECT_SHAPE,
    .compile = compile_element,
    .holds = all_holds,
    .describe = describe_all,
    .explain = explain_all,
};

const struct matcher_kind any_matcher = {
    .subjects = SUBJECT_SHAPE,
    .compile = compile_element,
    .holds = any_holds,
    .describe = describe_any,
};

const struct matcher_kind none_matcher = {
    .subjects = SUBJECT_SHAPE,
    .compile = compile_element,
    .holds = none_holds,
    .describe = describe_none,
    .explain = explain_none,
};
