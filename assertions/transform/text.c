/* Other texts, numbers and lists that are made of a text. */
#include <string.h>

#include "assertions/expression.h"
#include "assertions/matcher/kind.h"
#include "assertions/transform.h"
#include "specs/json.h"

static bool apply_lower(struct applying *applying)
{
    struct text text, lower;

    if (!transform_text(applying, &text))
        return false;
    lower.bytes = pattern_lower(applying->matching->arena, text, &lower.length);
    applying->made = value_of_text(lower);
    return true;
}

static bool is_blank(char byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

static bool apply_trim(struct applying *applying)
{
    struct text text;

    if (!transform_text(applying, &text))
        return false;
    while (text.length && is_blank(text.bytes[0])) {
        text.bytes++;
        text.length--;
    }
    while (text.length && is_blank(text.bytes[text.length - 1]))
        text.length--;
    applying->made = value_of_text(text);
    return true;
}

static bool apply_number(struct applying *applying)
{
    const struct value *from = applying->from;
    json_t *number;
    struct text text;

    if (from->kind == VALUE_NUMBER ||
        (from->kind == VALUE_JSON &&
         json_kind(from->json) == JSON_KIND_NUMBER)) {
        applying->made = *from;
        return true;
    }
    number = value_text(from, &text) ? number_read(text) : NULL;
    if (!number)
        return transform_refuse(applying, "no number");
    applying->made =
        value_of_json(matching_keep(applying->matching, number), NULL);
    return true;
}

static bool accept_separator(const struct literal *literal,
                             struct trouble *trouble)
{
    return (json_kind(literal->json) == JSON_KIND_STRING &&
            json_string_length(literal->json) > 0) ||
           trouble_tell(trouble, "a separator is a text that is not empty");
}

static void compile_split(struct compiling *compiling,
                          const struct node *argument,
                          struct transform *transform)
{
    transform->literal.accepts = accept_separator;
    compile_literal(compiling, argument, &transform->literal);
}

/* Cuts the first piece off. False: there was none left. */
static bool next_piece(struct text *rest, struct text separator,
                       struct text *piece)
{
    const char *found;

    if (!rest->bytes)
        return false;
    found =
        memmem(rest->bytes, rest->length, separator.bytes, separator.length);
    *piece = *rest;
    if (!found) {
        rest->bytes = NULL;
        return true;
    }
    piece->length = (size_t)(found - rest->bytes);
    rest->bytes = found + separator.length;
    rest->length -= piece->length + separator.length;
    return true;
}

/* False where a piece is not UTF-8, or with the fault raised. */
static bool add_pieces(struct applying *applying, struct text rest,
                       const struct literal *separator, json_t *pieces)
{
    struct text cut = {json_string_value(separator->json),
                       json_string_length(separator->json)};
    struct text piece;

    while (next_piece(&rest, cut, &piece)) {
        if (json_array_size(pieces) == LIMIT_PIECES) {
            return matching_fault(applying->matching, separator->at,
                                  "\"split\" makes more than %d pieces",
                                  LIMIT_PIECES);
        }
        if (json_array_append_new(pieces,
                                  json_stringn(piece.bytes, piece.length)))
            return transform_refuse(applying, "not UTF-8");
    }
    return true;
}

static bool apply_split(struct applying *applying)
{
    struct matching *matching = applying->matching;
    struct literal room;
    const struct literal *separator;
    struct text text;
    json_t *pieces;

    if (!transform_text(applying, &text))
        return false;
    separator = transform_literal(applying, &room);
    if (!separator)
        return false;
    pieces = matching_keep(matching, json_array());
    applying->made = value_of_json(pieces, NULL);
    return add_pieces(applying, text, separator, pieces);
}

static void describe_split(struct matching *matching, struct teller *teller,
                           const struct transform *transform)
{
    struct literal room;
    const struct literal *separator =
        literal_fill(&transform->literal, matching, &room);

    tell(teller, "split at ");
    if (separator)
        tell_literal(teller, separator);
    tell(teller, ", ");
}

static void compile_regex(struct compiling *compiling,
                          const struct node *argument,
                          struct transform *transform)
{
    expression_compile(compiling, argument, &transform->literal,
                       &transform->pattern);
}

static bool refuse_regex(struct applying *applying)
{
    struct teller teller;

    if (applying->matching->fault.raised || !applying->is_explaining)
        return false;
    teller = teller_open(applying->matching->arena, LIMIT_VALUE_TOLD);
    expression_tell(applying->matching, &applying->transform->literal, &teller);
    tell(&teller, " matches nothing");
    return transform_refuse(applying, "%s", teller_finish(&teller));
}

static bool apply_regex(struct applying *applying)
{
    const struct transform *transform = applying->transform;
    struct text text, found;

    if (!transform_written(applying, &text))
        return false;
    if (!expression_search(applying->matching, transform->pattern,
                           &transform->literal, text, &found))
        return refuse_regex(applying);
    applying->made = value_of_text(found);
    return true;
}

static void describe_regex(struct matching *matching, struct teller *teller,
                           const struct transform *transform)
{
    expression_tell(matching, &transform->literal, teller);
    tell(teller, " finding ");
}

const struct transform_kind lower_transform = {
    .name = "lower",
    .words = "in lower case ",
    .result = DOMAIN_TEXT,
    .apply = apply_lower,
};

const struct transform_kind trim_transform = {
    .name = "trim",
    .words = "trimmed ",
    .result = DOMAIN_TEXT,
    .apply = apply_trim,
};

const struct transform_kind number_transform = {
    .name = "number",
    .words = "the number ",
    .result = DOMAIN_NUMBER,
    .apply = apply_number,
};

const struct transform_kind split_transform = {
    .name = "split",
    .argument = ARGUMENT_WANTED,
    .wanted = "a separator",
    .compile = compile_split,
    .apply = apply_split,
    .describe = describe_split,
};

const struct transform_kind regex_transform = {
    .name = "regex",
    .result = DOMAIN_TEXT,
    .argument = ARGUMENT_WANTED,
    .wanted = "a regular expression",
    .compile = compile_regex,
    .apply = apply_regex,
    .describe = describe_regex,
};
