/* Why something failed: the first difference, shown where it is. */
#include <string.h>

#include "assertions/matcher/kind.h"
#include "specs/json.h"

/* A text is shown whole when it differs within so many bytes, and else from so
 * many bytes before. Escapes make a byte six at most, so that the difference is
 * always among what is told. */
enum { SHOWN_WHOLE = 256, SHOWN_BEFORE = 40 };

static const char nothing[] = "nothing there";

const char *told_json(struct matching *matching, json_t *value)
{
    struct teller teller = teller_open(matching->arena, LIMIT_VALUE_TOLD);

    if (value)
        tell_json(&teller, value);
    else
        tell(&teller, nothing);
    return teller_finish(&teller);
}

const char *told_value(struct matching *matching, const struct value *value)
{
    struct teller teller = teller_open(matching->arena, LIMIT_VALUE_TOLD);

    tell_value(&teller, value);
    return teller_finish(&teller);
}

static void tell_most(struct teller *teller, const char *words, size_t most)
{
    tell(teller, tell_short(teller->arena, words, most));
}

void tell_finding(struct teller *teller, const struct finding *finding,
                  size_t most)
{
    tell(teller,
         finding->is_absent ? ": nothing there, expected " : ": expected ");
    tell_most(teller, finding->expected, most);
    if (finding->is_absent)
        return;
    tell(teller, ", got ");
    tell_most(teller, finding->actual, most);
}

void explain_plainly(struct matching *matching, const struct matcher *matcher,
                     const struct value *value, struct finding *finding)
{
    struct teller teller = teller_open(matching->arena, LIMIT_VALUE_TOLD);

    matcher_describe(matching, &teller, matcher);
    finding->expected = teller_finish(&teller);
    finding->actual = told_value(matching, value);
}

void explain_inside(struct matching *matching, const struct matcher *matcher,
                    const struct value *inner, const char *prefix,
                    struct finding *finding)
{
    struct teller teller = teller_open(matching->arena, LIMIT_VALUE_TOLD);

    matcher_explain(matching, matcher->children, inner, finding);
    tell(&teller, prefix);
    tell(&teller, finding->expected);
    finding->expected = teller_finish(&teller);
    finding->difference = SIZE_MAX;
}

static size_t first_difference(struct text a, struct text b)
{
    size_t i = 0;

    while (i < a.length && i < b.length && a.bytes[i] == b.bytes[i])
        i++;
    return i;
}

static struct text text_from(struct text text, size_t from)
{
    return (struct text){text.bytes + from, text.length - from};
}

static const char *tell_from(struct matching *matching, struct text text,
                             size_t from)
{
    struct teller teller = teller_open(matching->arena, LIMIT_VALUE_TOLD);

    if (from)
        tell(&teller, "...");
    tell_quoted(&teller, text_from(text, from));
    return teller_finish(&teller);
}

enum {
    CONTEXT_LINES = 2,   /* before the one that differs */
    CONTEXT_LINE = 200,  /* bytes of each */
    CONTEXT_MOST = 2048, /* of all that */
};

static bool is_readable(struct text text)
{
    while (text.length) {
        size_t length = json_character_length(text.bytes, text.length);

        if (!length)
            return false;
        text = text_from(text, length);
    }
    return true;
}

static void tell_byte(struct teller *teller, struct text text, size_t at)
{
    if (at < text.length)
        tell_format(teller, "0x%02x", (unsigned char)text.bytes[at]);
    else
        tell(teller, "the end");
}

/* One byte of each, and no more: no secret is found in these digits. */
static void tell_bytes(struct teller *teller, struct text expected,
                       struct text actual, size_t from)
{
    tell_format(teller, "the bytes differ from offset %zu (0x%zx) on: ", from,
                from);
    tell_byte(teller, expected, from);
    tell(teller, " is expected, ");
    tell_byte(teller, actual, from);
    tell(teller, " is there");
}

/* The line that begins there, without its end. */
static struct text line_at(struct text text, size_t from)
{
    const char *end;

    text = text_from(text, from);
    end = memchr(text.bytes, '\n', text.length);
    if (end)
        text.length = (size_t)(end - text.bytes);
    return text;
}

static void tell_line(struct teller *teller, char mark, size_t number,
                      struct text line)
{
    struct teller shown = teller_open(teller->arena, CONTEXT_LINE);

    tell_visibly(&shown, line);
    tell_format(teller, "\n%c %4zu  ", mark, number);
    tell(teller, teller_finish(&shown));
}

static size_t line_start(struct text text, size_t at)
{
    while (at && text.bytes[at - 1] != '\n')
        at--;
    return at;
}

static void tell_lines(struct teller *teller, struct text expected,
                       struct text actual, size_t from)
{
    size_t start = line_start(expected, from), before = start, number = 1;
    size_t shown = 0;

    for (size_t i = 0; i < start; i++)
        number += expected.bytes[i] == '\n';
    tell_format(
        teller, "line %zu differs, at character %zu", number,
        count_characters((struct text){expected.bytes + start, from - start}) +
            1);
    while (shown < CONTEXT_LINES && before) {
        before = line_start(expected, before - 1);
        shown++;
    }
    for (; shown; shown--) {
        struct text line = line_at(expected, before);

        tell_line(teller, ' ', number - shown, line);
        before += line.length + 1;
    }
    tell_line(teller, '-', number, line_at(expected, start));
    tell_line(teller, '+', number, line_at(actual, start));
}

/* Where texts of several lines part, or bytes that are no text; NULL where the
 * values themselves say it. */
static const char *tell_context(struct matching *matching, struct text expected,
                                struct text actual)
{
    size_t from = first_difference(expected, actual);
    struct teller teller;

    if (is_readable(expected) && is_readable(actual) &&
        !memchr(expected.bytes, '\n', expected.length) &&
        !memchr(actual.bytes, '\n', actual.length))
        return NULL;
    teller = teller_open(matching->arena, CONTEXT_MOST);
    if (is_readable(expected) && is_readable(actual)) {
        while (from && from < actual.length &&
               ((unsigned char)actual.bytes[from] & 0xc0) == 0x80)
            from--;
        tell_lines(&teller, expected, actual, from);
    } else {
        tell_bytes(&teller, expected, actual, from);
    }
    return teller_finish(&teller);
}

void explain_texts(struct matching *matching, struct text expected,
                   struct text actual, struct finding *finding)
{
    size_t from = first_difference(expected, actual), bytes;

    if (from <= SHOWN_WHOLE)
        from = 0;
    else
        from -= SHOWN_BEFORE;
    while (from && ((unsigned char)expected.bytes[from] & 0xc0) == 0x80)
        from--;
    finding->expected = tell_from(matching, expected, from);
    finding->actual = tell_from(matching, actual, from);
    bytes =
        first_difference(text_of(finding->expected), text_of(finding->actual));
    while (bytes && ((unsigned char)finding->actual[bytes] & 0xc0) == 0x80)
        bytes--;
    finding->difference =
        count_characters((struct text){finding->actual, bytes});
    finding->lines = tell_context(matching, expected, actual);
}
