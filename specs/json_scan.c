#include "specs/json_scan.h"

#include <stdio.h>
#include <string.h>

#include "specs/json_decimal.h"

enum byte_kind { PLAIN, QUOTE, OPEN, CLOSE, DIGIT, SIGN, EXPONENT };

/* What a byte outside of strings may begin or, for numbers, go on with. */
static const unsigned char kinds[256] = {
    ['"'] = QUOTE, ['['] = OPEN,  ['{'] = OPEN,     [']'] = CLOSE,
    ['}'] = CLOSE, ['-'] = DIGIT, ['0'] = DIGIT,    ['1'] = DIGIT,
    ['2'] = DIGIT, ['3'] = DIGIT, ['4'] = DIGIT,    ['5'] = DIGIT,
    ['6'] = DIGIT, ['7'] = DIGIT, ['8'] = DIGIT,    ['9'] = DIGIT,
    ['+'] = SIGN,  ['.'] = SIGN,  ['e'] = EXPONENT, ['E'] = EXPONENT,
};

/* Any number of fewer bytes without exponent is held by int64 or double. */
enum { SURELY_HELD = 15 };

static enum byte_kind kind_of(const char *at)
{
    return (enum byte_kind)kinds[(unsigned char)*at];
}

/* Behind the quote that ends the string which starts at `at`. */
static const char *skip_string(const char *at, const char *end)
{
    const char *start = ++at;

    for (;;) {
        const char *slash;

        at = memchr(at, '"', (size_t)(end - at));
        if (!at)
            return end;
        slash = at;
        while (slash > start && slash[-1] == '\\')
            slash--;
        at++;
        if ((at - 1 - slash) % 2 == 0)
            return at;
    }
}

static const char *skip_number(const char *at, const char *end, bool *exponent)
{
    *exponent = false;
    for (; at < end && kind_of(at) >= DIGIT; at++)
        *exponent |= kind_of(at) == EXPONENT;
    return at;
}

static const char *skip_blanks(const char *at, const char *end)
{
    while (at < end &&
           (*at == ' ' || *at == '\n' || *at == '\r' || *at == '\t'))
        at++;
    return at;
}

static bool is_key(const char *after, const char *end)
{
    after = skip_blanks(after, end);
    return after < end && *after == ':';
}

/* Numbers that are none, and those where a key should be, are left to
 * jansson's judgement. */
static bool must_stay_text(const char *at, const char *after, const char *end,
                           size_t *exponent_digits)
{
    size_t length = (size_t)(after - at);

    if (decimal_length(at, length, exponent_digits) != length ||
        is_key(after, end))
        return false;
    return *exponent_digits > JSON_EXPONENT_DIGITS || !decimal_fits(at, length);
}

static bool too_deep(struct json_text text, const char *at, size_t depth,
                     struct json_trouble *trouble)
{
    snprintf(trouble->text, sizeof(trouble->text),
             "this nests deeper than the %zu levels that are allowed", depth);
    trouble->offset = (size_t)(at - text.bytes);
    return false;
}

static bool judge_number(struct json_text text, const char *at,
                         const char *after, bool *exact,
                         struct json_trouble *trouble)
{
    size_t exponent_digits = 0;

    if (!must_stay_text(at, after, text.bytes + text.length, &exponent_digits))
        return true;
    *exact = true;
    if (exponent_digits <= JSON_EXPONENT_DIGITS)
        return true;
    snprintf(trouble->text, sizeof(trouble->text),
             "the exponent of this number has more than %d digits",
             JSON_EXPONENT_DIGITS);
    trouble->offset = (size_t)(at - text.bytes);
    return false;
}

bool json_scan(struct json_text text, size_t depth, bool *exact,
               struct json_trouble *trouble)
{
    const char *at = text.bytes;
    const char *end = at + text.length;
    size_t level = 0;

    *exact = false;
    while (at < end) {
        const char *start = at;
        bool exponent;

        switch (kind_of(at)) {
        case QUOTE: at = skip_string(at, end); break;
        case OPEN:
            if (++level > depth)
                return too_deep(text, at, depth, trouble);
            at++;
            break;
        case CLOSE:
            level -= level > 0;
            at++;
            break;
        case DIGIT:
            at = skip_number(at, end, &exponent);
            if ((exponent || at - start > SURELY_HELD) &&
                !judge_number(text, start, at, exact, trouble))
                return false;
            break;
        case PLAIN:
        case SIGN:
        case EXPONENT: at++; break;
        }
    }
    return true;
}

static const char *skip_token(const char *at, const char *end)
{
    bool exponent;

    if (*at == '"')
        return skip_string(at, end);
    if (kind_of(at) == DIGIT)
        return skip_number(at, end, &exponent);
    if (!strchr("[]{},: \t\r\n", *at))
        while (at + 1 < end && !strchr("[]{},:\" \t\r\n", at[1]))
            at++;
    return at + 1;
}

size_t json_token_start(struct json_text text, size_t offset)
{
    const char *at = text.bytes;
    const char *end = at + text.length;

    while (at < end) {
        const char *after = skip_token(at, end);

        if ((size_t)(after - text.bytes) > offset)
            return (size_t)(at - text.bytes);
        at = after;
    }
    return text.length;
}

/* The JSON text of JSON_MARK, and a string that begins with it. */
#define MARK   "\\u0001"
#define MARKED "\"" MARK

/* What must be written before the token, and after it. */
static void dress(const char *at, const char *after, const char *end,
                  const char **before, const char **behind)
{
    bool exponent;
    size_t exponent_digits;

    *before = *behind = "";
    if (kind_of(at) == DIGIT) {
        (void)skip_number(at, after, &exponent);
        if ((exponent || after - at > SURELY_HELD) &&
            must_stay_text(at, after, end, &exponent_digits)) {
            *before = MARKED;
            *behind = "\"";
        }
    } else if ((size_t)(after - at) > strlen(MARKED) &&
               memcmp(at, MARKED, strlen(MARKED)) == 0 && !is_key(after, end)) {
        *before = MARKED; /* stands for the token's own first quote */
    }
}

/* Writes to `out`, or, without it, looks for what becomes `position`. */
static size_t rewrite(struct json_text text, struct buffer *out,
                      size_t position)
{
    const char *at = text.bytes;
    const char *end = at + text.length;
    size_t written = 0;

    while (at < end) {
        const char *after = skip_token(at, end);
        const char *from = at;
        const char *before, *behind;
        size_t length;

        dress(at, after, end, &before, &behind);
        from += *at == '"' && *before;
        length = (size_t)(after - from);
        if (out &&
            !(buffer_add_text(out, before) && buffer_add(out, from, length) &&
              buffer_add_text(out, behind)))
            break;
        written += strlen(before);
        if (!out && position < written + length)
            return (size_t)(from - text.bytes) +
                   (position > written ? position - written : 0);
        written += length + strlen(behind);
        at = after;
    }
    return (size_t)(at - text.bytes);
}

void json_rewrite(struct json_text text, struct buffer *out)
{
    (void)rewrite(text, out, 0);
}

size_t json_rewritten_from(struct json_text text, size_t position)
{
    return rewrite(text, NULL, position);
}
