/* What a text holds. The same words work on a body that streams, where a probe
 * has watched it go by. */
#include <string.h>

#include "assertions/matcher/kind.h"
#include "specs/json.h"

static bool accept_part(const struct literal *literal, struct trouble *trouble)
{
    return json_kind(literal->json) == JSON_KIND_STRING ||
           trouble_tell(trouble, "a part of a text is a text itself");
}

static void compile_part(struct compiling *compiling,
                         const struct node *argument, struct matcher *matcher)
{
    matcher->literal.accepts = accept_part;
    compile_literal(compiling, argument, &matcher->literal);
}

/* In a document, `contains` may also be asked of a list. */
static void compile_contains(struct compiling *compiling,
                             const struct node *argument,
                             struct matcher *matcher)
{
    if (matcher->domain == DOMAIN_ANY)
        compile_literal(compiling, argument, &matcher->literal);
    else
        compile_part(compiling, argument, matcher);
}

/* Two texts to look at: false when one of them is none. */
static bool find_texts(struct matching *matching, const struct matcher *matcher,
                       const struct value *value, struct text *part,
                       struct text *whole)
{
    struct literal room;
    const struct literal *literal =
        literal_fill(&matcher->literal, matching, &room);
    struct value wanted;

    if (!literal)
        return false;
    wanted = value_of_json(literal->json, NULL);
    if (value_text(&wanted, part))
        return value_text(value, whole);
    if (value->kind == VALUE_TEXT)
        matching_fault(matching, literal->at,
                       "a part of a text is a text itself");
    return false;
}

static bool contains_element(struct matching *matching,
                             const struct matcher *matcher,
                             const struct value *value)
{
    struct literal room;
    const struct literal *literal =
        literal_fill(&matcher->literal, matching, &room);

    for (size_t i = 0; literal && i < value_count(value); i++) {
        const json_t *element = value->kind == VALUE_LIST
                                    ? value->list.list[i].value
                                    : json_array_get(value->json, i);

        if (json_values_equal(element, literal->json))
            return true;
    }
    return false;
}

static bool contains_holds(struct matching *matching,
                           const struct matcher *matcher,
                           const struct value *value)
{
    struct text part, whole;

    if (value->kind == VALUE_STREAM) {
        const struct probe *probe = probe_of(matching, matcher, value);

        return probe && probe->found;
    }
    if (value_is_list(value) && !value_text(value, &whole))
        return contains_element(matching, matcher, value);
    return find_texts(matching, matcher, value, &part, &whole) &&
           memmem(whole.bytes, whole.length, part.bytes, part.length);
}

static bool starts_with_holds(struct matching *matching,
                              const struct matcher *matcher,
                              const struct value *value)
{
    struct text part, whole;

    if (value->kind == VALUE_STREAM) {
        const struct probe *probe = probe_of(matching, matcher, value);

        return probe && probe->count == probe->wanted.length;
    }
    return find_texts(matching, matcher, value, &part, &whole) &&
           whole.length >= part.length &&
           memcmp(whole.bytes, part.bytes, part.length) == 0;
}

static bool ends_with_holds(struct matching *matching,
                            const struct matcher *matcher,
                            const struct value *value)
{
    struct text part, whole;

    if (value->kind == VALUE_STREAM) {
        const struct probe *probe = probe_of(matching, matcher, value);

        return probe && probe->tail_length == probe->wanted.length &&
               memcmp(probe->tail, probe->wanted.bytes, probe->wanted.length) ==
                   0;
    }
    return find_texts(matching, matcher, value, &part, &whole) &&
           whole.length >= part.length &&
           memcmp(whole.bytes + whole.length - part.length, part.bytes,
                  part.length) == 0;
}

static void describe_part(struct matching *matching, struct teller *teller,
                          const struct matcher *matcher)
{
    struct literal room;
    const struct literal *literal =
        literal_fill(&matcher->literal, matching, &room);

    if (matcher->kind == &contains_matcher)
        tell(teller, "containing ");
    else if (matcher->kind == &starts_with_matcher)
        tell(teller, "starting with ");
    else
        tell(teller, "ending with ");
    if (literal)
        tell_literal(teller, literal);
}

const struct matcher_kind contains_matcher = {
    .subjects = SUBJECT_TEXT | SUBJECT_SHAPE,
    .streaming = STREAMS_AS_PROBE,
    .probe = &contains_probe,
    .compile = compile_contains,
    .holds = contains_holds,
    .describe = describe_part,
};

const struct matcher_kind starts_with_matcher = {
    .subjects = SUBJECT_TEXT,
    .streaming = STREAMS_AS_PROBE,
    .probe = &starts_with_probe,
    .compile = compile_part,
    .holds = starts_with_holds,
    .describe = describe_part,
};

const struct matcher_kind ends_with_matcher = {
    .subjects = SUBJECT_TEXT,
    .streaming = STREAMS_AS_PROBE,
    .probe = &ends_with_probe,
    .compile = compile_part,
    .holds = ends_with_holds,
    .describe = describe_part,
};
