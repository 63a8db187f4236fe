/* One element of a list. */
#include "assertions/matcher/kind.h"
#include "assertions/transform.h"
#include "specs/json.h"

static bool make_element(struct applying *applying, size_t index)
{
    applying->made =
        value_element(applying->from, index, applying->matching->arena);
    return true;
}

static bool has_elements(struct applying *applying)
{
    if (!value_is_list(applying->from))
        return transform_refuse(applying, "no list");
    return value_count(applying->from) ||
           transform_refuse(applying, "there is no element");
}

static bool apply_first(struct applying *applying)
{
    return has_elements(applying) && make_element(applying, 0);
}

static bool apply_last(struct applying *applying)
{
    return has_elements(applying) &&
           make_element(applying, value_count(applying->from) - 1);
}

/* A number beyond a double's reach is the index of nothing. */
static bool accept_index(const struct literal *literal, struct trouble *trouble)
{
    return (json_is_number(literal->json) && json_is_whole(literal->json) &&
            json_number_value(literal->json) >= 0) ||
           trouble_tell(trouble, "an index is a whole number from 0 on");
}

static void compile_nth(struct compiling *compiling,
                        const struct node *argument,
                        struct transform *transform)
{
    transform->literal.accepts = accept_index;
    compile_literal(compiling, argument, &transform->literal);
}

static bool apply_nth(struct applying *applying)
{
    struct literal room;
    const struct literal *literal;
    size_t count;
    double index;

    if (!has_elements(applying))
        return false;
    literal = transform_literal(applying, &room);
    if (!literal)
        return false;
    count = value_count(applying->from);
    index = json_number_value(literal->json);
    if (index < (double)count)
        return make_element(applying, (size_t)index);
    return transform_refuse(applying, "the last element is %zu", count - 1);
}

static void describe_nth(struct matching *matching, struct teller *teller,
                         const struct transform *transform)
{
    struct literal room;
    const struct literal *index =
        literal_fill(&transform->literal, matching, &room);

    tell(teller, "element ");
    if (index)
        tell_literal(teller, index);
    tell(teller, " ");
}

const struct transform_kind first_transform = {
    .name = "first",
    .words = "the first element ",
    .apply = apply_first,
};

const struct transform_kind last_transform = {
    .name = "last",
    .words = "the last element ",
    .apply = apply_last,
};

const struct transform_kind nth_transform = {
    .name = "nth",
    .argument = ARGUMENT_WANTED,
    .wanted = "an index from 0",
    .compile = compile_nth,
    .apply = apply_nth,
    .describe = describe_nth,
};
