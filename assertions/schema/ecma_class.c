/* Classes: ECMA-262, section 22.2.1, CharacterClass. */
#include "assertions/schema/ecma_parts.h"

static bool read_atom(struct ecma *ecma, struct ecma_item *item)
{
    item->is_set = false;
    if (!ecma_take(ecma, '\\'))
        return ecma_read_literal(ecma, &item->point);
    if (ecma_take(ecma, 'b')) {
        item->point = '\b';
        return true;
    }
    return ecma_read_escape(ecma, item);
}

/* A surrogate is no character of any text, and PCRE2 knows none. */
static bool put_range(struct ecma *ecma, uint32_t first, uint32_t last)
{
    if (ecma_is_surrogate(first))
        first = 0xe000;
    if (ecma_is_surrogate(last))
        last = 0xd7ff;
    if (first > last)
        return ecma_put(ecma, ECMA_NOTHING);
    if (!ecma_put_point(ecma, first))
        return false;
    return first == last || (ecma_put(ecma, "-") && ecma_put_point(ecma, last));
}

static bool put_item(struct ecma *ecma, const struct ecma_item *item)
{
    return item->is_set ? ecma_put(ecma, item->set)
                        : put_range(ecma, item->point, item->point);
}

static bool copy_item(struct ecma *ecma)
{
    const char *at = ecma->at;
    struct ecma_item first, last;

    if (!read_atom(ecma, &first))
        return false;
    if (ecma->end - ecma->at < 2 || ecma->at[0] != '-' || ecma->at[1] == ']')
        return put_item(ecma, &first);
    ecma->at++;
    if (!read_atom(ecma, &last))
        return false;
    if (first.is_set || last.is_set) /* annex B.1.2: all three of them */
        return put_item(ecma, &first) && ecma_put_point(ecma, '-') &&
               put_item(ecma, &last);
    if (first.point > last.point)
        return ecma_refuse(ecma, at, "this range ends before it begins");
    return put_range(ecma, first.point, last.point);
}

bool ecma_copy_class(struct ecma *ecma)
{
    const char *at = ecma->at - 1;

    if (!ecma_put(ecma, ecma_take(ecma, '^') ? "[^" : "["))
        return false;
    if (ecma_peek(ecma) == ']' && !ecma_put(ecma, ECMA_NOTHING))
        return false;
    while (ecma->at < ecma->end && *ecma->at != ']') {
        if (!copy_item(ecma))
            return false;
    }
    if (!ecma_take(ecma, ']'))
        return ecma_refuse(ecma, at, "this \"[\" is not closed");
    return ecma_put(ecma, "]");
}
