#include "assertions/schema/ecma.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "assertions/schema/ecma_parts.h"
#include "specs/json.h"

/* Bytes that a byte can become: \S has the most. */
enum { LONGEST_FORM = 128 };

bool ecma_refuse(struct ecma *ecma, const char *at, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    vsnprintf(ecma->trouble->text, sizeof(ecma->trouble->text), format, args);
    va_end(args);
    ecma->trouble->offset = (size_t)(at - ecma->start);
    return false;
}

bool ecma_put(struct ecma *ecma, const char *text)
{
    return buffer_add_text(ecma->out, text) ||
           ecma_refuse(ecma, ecma->at, "this regular expression is too long");
}

/* Punctuation and what is invisible by number, so that PCRE2 sees no more in
 * it; the same within a class. */
bool ecma_put_point(struct ecma *ecma, uint32_t point)
{
    char text[16];
    bool is_plain = (point >= '0' && point <= '9') ||
                    ((point | 0x20) >= 'a' && (point | 0x20) <= 'z');

    snprintf(text, sizeof(text), is_plain ? "%c" : "\\x{%x}", point);
    return ecma_put(ecma, text);
}

char ecma_peek(const struct ecma *ecma)
{
    return ecma->at < ecma->end ? *ecma->at : '\0';
}

bool ecma_take(struct ecma *ecma, char c)
{
    if (ecma->at == ecma->end || *ecma->at != c)
        return false;
    ecma->at++;
    return true;
}

bool ecma_take_text(struct ecma *ecma, const char *text)
{
    size_t length = strlen(text);

    if ((size_t)(ecma->end - ecma->at) < length ||
        memcmp(ecma->at, text, length) != 0)
        return false;
    ecma->at += length;
    return true;
}

bool ecma_read_literal(struct ecma *ecma, uint32_t *point)
{
    const char *at = ecma->at;
    size_t length = json_character_length(at, (size_t)(ecma->end - at));

    if (!length)
        return ecma_refuse(ecma, at, "this is not UTF-8");
    *point = (unsigned char)at[0] & (length == 1 ? 0x7f : 0x7f >> length);
    for (size_t i = 1; i < length; i++)
        *point = *point << 6 | ((unsigned char)at[i] & 0x3f);
    ecma->at += length;
    return true;
}

static bool put_item(struct ecma *ecma, const struct ecma_item *item)
{
    ecma->can_repeat = true;
    if (item->is_set)
        return ecma_put(ecma, "[") && ecma_put(ecma, item->set) &&
               ecma_put(ecma, "]");
    if (ecma_is_surrogate(item->point))
        return ecma_put(ecma, "[" ECMA_NOTHING "]");
    return ecma_put_point(ecma, item->point);
}

static bool copy_escape(struct ecma *ecma)
{
    struct ecma_item item;
    char c;

    ecma->at++;
    c = ecma_peek(ecma);
    if (c == 'b' || c == 'B') {
        ecma->at++;
        ecma->can_repeat = false;
        return ecma_put(ecma, c == 'b' ? "\\b" : "\\B");
    }
    if (c >= '1' && c <= '9')
        return ecma_copy_number(ecma);
    if (c == 'k')
        return ecma_copy_name(ecma);
    return ecma_read_escape(ecma, &item) && put_item(ecma, &item);
}

static bool copy_literal(struct ecma *ecma)
{
    struct ecma_item item = {.is_set = false};

    return ecma_read_literal(ecma, &item.point) && put_item(ecma, &item);
}

/* How long "{2}", "{2,}" or "{2,3}" is; 0 where it is none of them. Counts are
 * as large as they may be. */
static size_t count_length(const struct ecma *ecma, uint64_t counts[2])
{
    const char *at = ecma->at + 1;
    size_t digits[2] = {0};
    bool has_comma = false;

    counts[0] = counts[1] = 0;
    for (; at < ecma->end && *at != '}'; at++) {
        if (*at == ',' && digits[0] && !has_comma) {
            has_comma = true;
        } else if (*at >= '0' && *at <= '9') {
            digits[has_comma]++;
            if (counts[has_comma] < UINT32_MAX)
                counts[has_comma] =
                    counts[has_comma] * 10 + (uint64_t)(*at - '0');
        } else {
            return 0;
        }
    }
    if (!digits[1])
        counts[1] = UINT64_MAX;
    return at < ecma->end && digits[0] ? (size_t)(at + 1 - ecma->at) : 0;
}

static bool copy_quantifier(struct ecma *ecma, size_t length)
{
    if (!ecma->can_repeat)
        return ecma_refuse(ecma, ecma->at, "there is nothing here to repeat");
    ecma->can_repeat = false;
    if (!buffer_add(ecma->out, ecma->at, length))
        return ecma_put(ecma, "?"); /* fails likewise, and tells it */
    ecma->at += length;
    return !ecma_take(ecma, '?') || ecma_put(ecma, "?");
}

static bool copy_counted(struct ecma *ecma)
{
    uint64_t counts[2];
    size_t length = count_length(ecma, counts);

    if (!length)
        return copy_literal(ecma);
    if (counts[0] > counts[1])
        return ecma_refuse(ecma, ecma->at, "more times at least than at most");
    return copy_quantifier(ecma, length);
}

static bool copy_mark(struct ecma *ecma, const char *text)
{
    ecma->at++;
    return ecma_put(ecma, text);
}

static bool copy_piece(struct ecma *ecma)
{
    switch (*ecma->at) {
    case '(': return ecma_open_group(ecma);
    case ')': return ecma_close_group(ecma);
    case '\\': return copy_escape(ecma);
    case '{': return copy_counted(ecma);
    case '*':
    case '+':
    case '?': return copy_quantifier(ecma, 1);
    case '|': ecma->can_repeat = false; return copy_mark(ecma, "|");
    case '^': ecma->can_repeat = false; return copy_mark(ecma, "^");
    case '$': ecma->can_repeat = false; return copy_mark(ecma, "\\z");
    case '[':
        ecma->can_repeat = true;
        ecma->at++;
        return ecma_copy_class(ecma);
    case '.':
        ecma->can_repeat = true;
        return copy_mark(ecma, "[^\\n\\r\\x{2028}\\x{2029}]");
    default: return copy_literal(ecma);
    }
}

/* Up to `most` bytes of translation: where it stopped is what became them. */
static bool translate(struct ecma *ecma, size_t most)
{
    size_t before = ecma->out->length;

    if (ecma->end - ecma->start > LIMIT_PATTERN_BYTES) {
        return ecma_refuse(ecma, ecma->start + LIMIT_PATTERN_BYTES,
                           "a regular expression has at most %d bytes",
                           LIMIT_PATTERN_BYTES);
    }
    if (!ecma_count_groups(ecma))
        return false;
    while (ecma->at < ecma->end) {
        const char *at = ecma->at;

        if (!copy_piece(ecma))
            return false;
        if (ecma->out->length - before > most) {
            ecma->at = at;
            return true;
        }
    }
    if (ecma->opened_count)
        return ecma_refuse(ecma, ecma->opened[ecma->opened_count - 1].at,
                           "this \"(\" is not closed");
    return true;
}

static void finish(struct ecma *ecma)
{
    map_finish(&ecma->numbers);
    arena_finish(&ecma->names);
    free(ecma->opened);
}

static struct ecma begin(struct text text, struct buffer *out,
                         struct pattern_trouble *trouble)
{
    return (struct ecma){
        .start = text.bytes,
        .at = text.bytes,
        .end = text.bytes + text.length,
        .out = out,
        .trouble = trouble,
    };
}

bool ecma_translate(const char *text, size_t length, struct buffer *out,
                    struct pattern_trouble *trouble)
{
    struct ecma ecma = begin((struct text){text, length}, out, trouble);
    bool done = translate(&ecma, SIZE_MAX);

    finish(&ecma);
    return done;
}

bool ecma_check(const char *text, size_t length,
                struct pattern_trouble *trouble)
{
    CLEANUP(buffer_finish)
    struct buffer out = buffer_with_ceiling(length * LONGEST_FORM);

    return ecma_translate(text, length, &out, trouble);
}

/* PCRE2 tells the place in what it was given: the piece that became it. */
static void find_place(struct text text, struct pattern_trouble *trouble)
{
    CLEANUP(buffer_finish)
    struct buffer out = buffer_with_ceiling(text.length * LONGEST_FORM);
    struct pattern_trouble other;
    struct ecma ecma = begin(text, &out, &other);

    if (translate(&ecma, trouble->offset))
        trouble->offset = (size_t)(ecma.at - ecma.start);
    finish(&ecma);
}

struct pattern *ecma_compile(const char *text, size_t length,
                             struct pattern_trouble *trouble)
{
    CLEANUP(buffer_finish)
    struct buffer out = buffer_with_ceiling(length * LONGEST_FORM);
    struct pattern *pattern;

    if (!ecma_translate(text, length, &out, trouble))
        return NULL;
    pattern = pattern_compile(buffer_text(&out), out.length, trouble);
    if (!pattern)
        find_place((struct text){text, length}, trouble);
    return pattern;
}
