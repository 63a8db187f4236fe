#include "assertions/transform.h"

#include <stdarg.h>
#include <stdio.h>

#include "specs/json.h"

enum { REASON_MOST = 512 }; /* bytes of why something cannot be done */

void transform_compile(struct compiling *compiling,
                       const struct transform_kind *kind,
                       const struct node *argument, struct transform *transform)
{
    transform->kind = kind;
    if (kind->compile)
        kind->compile(compiling, argument, transform);
}

bool transform_apply(struct applying *applying)
{
    if (!applying->transform->kind->apply(applying))
        return false;
    if (!applying->made.path)
        applying->made.path = applying->from->path;
    return true;
}

void transform_describe(struct matching *matching, struct teller *teller,
                        const struct transform *transform)
{
    if (transform->kind->describe)
        transform->kind->describe(matching, teller, transform);
    else
        tell(teller, transform->kind->words);
}

bool transform_refuse(struct applying *applying, const char *format, ...)
{
    struct teller teller;
    char reason[REASON_MOST];
    va_list args;

    if (!applying->is_explaining)
        return false;
    va_start(args, format);
    vsnprintf(reason, sizeof(reason), format, args);
    va_end(args);
    teller = teller_open(applying->matching->arena, LIMIT_VALUE_TOLD);
    tell(&teller, applying->transform->kind->name);
    tell(&teller, ": ");
    tell_visibly(&teller, text_of(reason));
    tell(&teller, ": ");
    tell_value(&teller, applying->from);
    applying->why = teller_finish(&teller);
    return false;
}

bool transform_text(struct applying *applying, struct text *text)
{
    return value_text(applying->from, text) ||
           transform_refuse(applying, "no text");
}

static bool is_written(const struct value *value)
{
    enum json_kind kind;

    if (value->kind != VALUE_JSON)
        return value->kind == VALUE_NUMBER;
    kind = json_kind(value->json);
    return kind == JSON_KIND_NUMBER || kind == JSON_KIND_BOOLEAN;
}

bool transform_written(struct applying *applying, struct text *text)
{
    struct teller teller;

    if (value_text(applying->from, text))
        return true;
    if (!is_written(applying->from))
        return transform_refuse(applying, "no text");
    teller = teller_open(applying->matching->arena, LIMIT_VALUE_TOLD);
    tell_value(&teller, applying->from);
    *text = text_of(teller_finish(&teller));
    return true;
}

const struct literal *transform_literal(const struct applying *applying,
                                        struct literal *room)
{
    return literal_fill(&applying->transform->literal, applying->matching,
                        room);
}
