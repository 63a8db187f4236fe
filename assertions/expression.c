#include "assertions/expression.h"

#include "assertions/matcher/kind.h"
#include "specs/json.h"

void expression_compile(struct compiling *compiling, const struct node *node,
                        struct literal *literal, struct pattern **result)
{
    struct open *open = compile_literal(compiling, node, literal);
    struct pattern_trouble trouble;
    struct pattern *pattern;

    if (open && json_is_string(node->json)) {
        open->pattern = result;
        return;
    }
    if (!literal->json || json_kind(literal->json) != JSON_KIND_STRING) {
        node_fault(compiling->faults, node, "a regular expression is a text");
        return;
    }
    pattern = pattern_compile(json_string_value(literal->json),
                              json_string_length(literal->json), &trouble);
    if (!pattern) {
        spot_fault(compiling->faults, node_inside(node, trouble.offset, 1),
                   "bad regular expression: %s", trouble.text);
        return;
    }
    pattern_optimize(pattern);
    *result = pattern_hold(compiling->arena, pattern);
}

/* False with the fault raised. */
static bool fill(struct matching *matching, const struct literal *literal,
                 struct buffer *text)
{
    if (!matching->fault.raised)
        matching->wrong = literal->at;
    return template_fill_pattern(literal->template, matching->scope, text,
                                 &matching->fault);
}

static struct pattern *compile_filled(struct matching *matching,
                                      const struct literal *literal)
{
    struct buffer text = buffer_with_ceiling(LIMIT_TEMPLATE_BYTES);
    struct pattern *pattern = NULL;
    struct pattern_trouble trouble;

    if (fill(matching, literal, &text)) {
        pattern = pattern_compile(buffer_text(&text), text.length, &trouble);
        if (!pattern)
            matching_fault(matching, literal->at, "bad regular expression: %s",
                           trouble.text);
    }
    buffer_finish(&text);
    return pattern;
}

bool expression_search(struct matching *matching, const struct pattern *pattern,
                       const struct literal *literal, struct text subject,
                       struct text *found)
{
    CLEANUP(pattern_freep) struct pattern *filled = NULL;
    enum pattern_outcome outcome;

    if (!pattern) {
        filled = compile_filled(matching, literal);
        if (!filled)
            return false;
        pattern = filled;
    }
    outcome = pattern_search(pattern, subject, found);
    if (outcome == PATTERN_GAVE_UP) {
        return matching_fault(
            matching, literal->at,
            "the regular expression gave up: more than %d steps or %d KiB",
            LIMIT_PATTERN_STEPS, LIMIT_PATTERN_HEAP_KB);
    }
    return outcome == PATTERN_FOUND;
}

void expression_tell(struct matching *matching, const struct literal *literal,
                     struct teller *teller)
{
    struct buffer text = buffer_with_ceiling(LIMIT_TEMPLATE_BYTES);

    tell(teller, "/");
    if (!literal->template) {
        tell_visibly(teller, (struct text){json_string_value(literal->json),
                                           json_string_length(literal->json)});
    } else if (fill(matching, literal, &text)) {
        tell_visibly(teller, (struct text){text.bytes, text.length});
    }
    tell(teller, "/");
    buffer_finish(&text);
}
