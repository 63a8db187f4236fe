#include "specs/syntax.h"

#include <string.h>

#include "specs/base/buffer.h"
#include "specs/base/map.h"
#include "specs/json.h"

struct reading {
    const struct source *source;
    const char *text; /* of the source */
    size_t at;
    size_t depth;
    struct arena arena; /* for keys, until the reading ends */
    struct faults *faults;
    size_t told;
};

/* Always false. */
#define TELL(reading, offset, length, ...)                                     \
    ((reading)->told++,                                                        \
     spot_fault((reading)->faults,                                             \
                (struct spot){(reading)->source, offset, length},              \
                __VA_ARGS__))

static bool is_utf16(const char *text, size_t length)
{
    return length >= 2 && (memcmp(text, "\xff\xfe", 2) == 0 ||
                           memcmp(text, "\xfe\xff", 2) == 0);
}

bool syntax_check_bytes(const struct source *source, struct faults *faults)
{
    const char *text = source->text;
    struct place whole = {.path = source->path};
    size_t blank = strspn(text, " \t\r\n");
    size_t at = 0, step;

    if (blank == source->length)
        return faults_add(faults, whole, "the file is empty");
    if (is_utf16(text, source->length))
        return faults_add(faults, whole,
                          "the text is UTF-16; a suite is written in UTF-8");
    for (; at < source->length; at += step) {
        struct spot spot = {source, (uint32_t)at, 1};

        step = 1;
        if (text[at] > 0) /* ASCII, as most text is */
            continue;
        step = json_character_length(text + at, source->length - at);
        if (!text[at])
            return spot_fault(faults, spot, "a NUL byte; this is no text");
        if (!step)
            return spot_fault(faults, spot, "the byte 0x%02x is not UTF-8",
                              (unsigned)(unsigned char)text[at]);
    }
    return true;
}

static void skip_blanks(struct reading *reading)
{
    reading->at += strspn(reading->text + reading->at, " \t\r\n");
}

static bool is_end(const struct reading *reading)
{
    return reading->at >= reading->source->length;
}

static bool is_hex(char byte)
{
    return byte && strchr("0123456789abcdefABCDEF", byte);
}

/* The value of the four hexadecimal digits at `at`, or -1. */
static long read_hex(const char *at)
{
    long value = 0;

    for (size_t i = 0; i < 4; i++) {
        if (!is_hex(at[i]))
            return -1;
        value = value * 16 +
                (at[i] <= '9' ? at[i] - '0' : (at[i] | 0x20) - 'a' + 10);
    }
    return value;
}

static bool check_unicode(struct reading *reading)
{
    const char *escape = reading->text + reading->at;
    long code = read_hex(escape + 2);

    if (code < 0)
        return TELL(reading, reading->at, 2,
                    "\"\\u\" is followed by four hexadecimal digits");
    reading->at += 6;
    if (code < 0xd800 || code > 0xdfff)
        return true;
    if (code < 0xdc00 && escape[6] == '\\' && escape[7] == 'u' &&
        read_hex(escape + 8) >= 0xdc00 && read_hex(escape + 8) <= 0xdfff) {
        reading->at += 6;
        return true;
    }
    return TELL(reading, reading->at - 6, 6,
                "half of a surrogate pair is no character");
}

static bool check_escape(struct reading *reading)
{
    char escaped = reading->text[reading->at + 1];

    if (escaped == 'u')
        return check_unicode(reading);
    if (!escaped || !strchr("\"\\/bfnrt", escaped))
        return TELL(reading, reading->at, 2,
                    "not an escape of JSON; a backslash is written \"\\\\\"");
    reading->at += 2;
    return true;
}

static bool check_string(struct reading *reading)
{
    size_t start = reading->at++;

    while (!is_end(reading)) {
        unsigned char byte = (unsigned char)reading->text[reading->at];

        if (byte == '"') {
            reading->at++;
            return true;
        }
        if (byte == '\n' || byte == '\r')
            break;
        if (byte < 0x20) {
            return TELL(
                reading, reading->at, 1,
                "a control character in a string is written \"\\u%04x\"",
                (unsigned)byte);
        }
        if (byte != '\\')
            reading->at++;
        else if (!check_escape(reading))
            return false;
    }
    return TELL(reading, start, 1, "this string has no closing quote%s",
                is_end(reading) ? "" : " on its line");
}

/* Behind the digits at `at`; `at` where there are none. */
static size_t skip_digits(const char *text, size_t at)
{
    return at + strspn(text + at, "0123456789");
}

/* Where a JSON number that begins at `at` ends. */
static size_t skip_number(const char *text, size_t at)
{
    size_t end;

    at += text[at] == '-';
    end = text[at] == '0' ? at + 1 : skip_digits(text, at);
    if (end > at && text[end] == '.' && skip_digits(text, end + 1) > end + 1)
        end = skip_digits(text, end + 1);
    if (end > at && (text[end] | 0x20) == 'e') {
        size_t sign = end + 1 + (text[end + 1] == '+' || text[end + 1] == '-');

        end = skip_digits(text, sign) > sign ? skip_digits(text, sign) : end;
    }
    return end;
}

static const struct {
    const char *wrong, *right;
} words[] = {
    {"true", NULL},        {"false", NULL},    {"null", NULL},
    {"True", "true"},      {"TRUE", "true"},   {"yes", "true"},
    {"False", "false"},    {"FALSE", "false"}, {"no", "false"},
    {"None", "null"},      {"NULL", "null"},   {"nil", "null"},
    {"undefined", "null"},
};

static bool check_word(struct reading *reading, const char *word, size_t length)
{
    size_t start = reading->at;

    for (size_t i = 0; i < COUNT(words); i++) {
        if (strlen(words[i].wrong) != length ||
            memcmp(words[i].wrong, word, length) != 0)
            continue;
        if (words[i].right)
            return TELL(reading, start, length, "JSON writes %s, not %s",
                        words[i].right, words[i].wrong);
        reading->at += length;
        return true;
    }
    if (skip_number(reading->text, start) == start + length) {
        reading->at += length;
        return true;
    }
    if (strchr("-+.0123456789", *word))
        return TELL(reading, start, length, "this is not a number of JSON");
    return TELL(reading, start, length,
                "a value is expected; text stands in double quotes");
}

static bool is_comment(const char *at)
{
    return *at == '#' || (*at == '/' && (at[1] == '/' || at[1] == '*'));
}

/* What stands at `at` is neither value nor key. */
static bool tell_unexpected(struct reading *reading, const char *wanted)
{
    const char *at = reading->text + reading->at;

    if (is_end(reading))
        return TELL(reading, reading->at, 1,
                    "the text ends where %s is expected", wanted);
    if (is_comment(at))
        return TELL(reading, reading->at, 1,
                    "JSON has no comments; a key \"$comment\" may hold one");
    if (*at == '\'')
        return TELL(reading, reading->at, 1,
                    "text stands in double quotes, not in single ones");
    return TELL(reading, reading->at, 1, "%s is expected", wanted);
}

static bool check_value(struct reading *reading);

/* At the comma or the end of an object or array; *more says which. */
static bool check_comma(struct reading *reading, size_t start, char closing,
                        bool *more)
{
    const char *kind = closing == '}' ? "object" : "array";
    size_t comma;

    skip_blanks(reading);
    comma = reading->at;
    *more = false;
    if (is_end(reading))
        return TELL(reading, start, 1, "this %s has no closing \"%c\"", kind,
                    closing);
    if (reading->text[reading->at] == closing) {
        reading->at++;
        return true;
    }
    if (reading->text[comma] != ',') {
        char wanted[] = "a comma or \"?\"";

        wanted[strlen(wanted) - 2] = closing;
        return tell_unexpected(reading, wanted);
    }
    reading->at++;
    skip_blanks(reading);
    if (reading->text[reading->at] == closing)
        return TELL(reading, comma, 1, "no comma may stand behind the last %s",
                    closing == '}' ? "member" : "element");
    *more = true;
    return true;
}

/* Keys are compared as written; jansson finds those that escapes hide. */
static void note_key(struct reading *reading, struct map *keys, size_t start)
{
    size_t length = reading->at - start - 2;
    const char *key =
        arena_copy_bytes(&reading->arena, reading->text + start + 1, length);
    size_t *first = map_find(keys, key);
    struct spot spot = {reading->source, start, 0};

    if (first) {
        spot.offset = *first;
        TELL(reading, start, 0, "the key \"%s\" is already in line %u", key,
             spot_place(spot).line);
        return;
    }
    first = arena_take(&reading->arena, sizeof(*first));
    *first = start;
    map_set(keys, key, first);
}

static bool check_member(struct reading *reading, struct map *keys)
{
    size_t start = reading->at;

    if (reading->text[start] != '"')
        return tell_unexpected(reading, "a key in double quotes");
    if (!check_string(reading))
        return false;
    note_key(reading, keys, start);
    skip_blanks(reading);
    if (reading->text[reading->at] != ':')
        return tell_unexpected(reading, "a colon");
    reading->at++;
    return check_value(reading);
}

static bool check_object(struct reading *reading)
{
    size_t start = reading->at++;
    struct map keys = {0};
    bool more, good = true;

    skip_blanks(reading);
    more = reading->text[reading->at] != '}';
    reading->at += !more;
    while (good && more) {
        skip_blanks(reading);
        good = check_member(reading, &keys) &&
               check_comma(reading, start, '}', &more);
    }
    map_finish(&keys);
    return good;
}

static bool check_array(struct reading *reading)
{
    size_t start = reading->at++;
    bool more, good = true;

    skip_blanks(reading);
    more = reading->text[reading->at] != ']';
    reading->at += !more;
    while (good && more)
        good = check_value(reading) && check_comma(reading, start, ']', &more);
    return good;
}

static bool check_nested(struct reading *reading)
{
    bool good;

    if (reading->depth == LIMIT_SPEC_DEPTH)
        return TELL(reading, reading->at, 1, "nested deeper than %d levels",
                    LIMIT_SPEC_DEPTH);
    reading->depth++;
    good = reading->text[reading->at] == '{' ? check_object(reading)
                                             : check_array(reading);
    reading->depth--;
    return good;
}

static bool check_value(struct reading *reading)
{
    const char *at;
    size_t length;

    skip_blanks(reading);
    at = reading->text + reading->at;
    if (*at == '{' || *at == '[')
        return check_nested(reading);
    if (*at == '"')
        return check_string(reading);
    length = strcspn(at, ",:]}[{\"'/#( \t\r\n");
    if (!length)
        return tell_unexpected(reading, "a value");
    return check_word(reading, at, length);
}

bool syntax_explain(const struct source *source, struct faults *faults)
{
    struct reading reading = {
        .source = source, .text = source->text, .faults = faults};
    bool good;

    reading.at =
        source->length >= 3 && memcmp(source->text, "\xef\xbb\xbf", 3) == 0 ? 3
                                                                            : 0;
    good = check_value(&reading);
    skip_blanks(&reading);
    if (good && !is_end(&reading))
        TELL(&reading, reading.at, 0,
             "nothing may follow the end of the suite");
    arena_finish(&reading.arena);
    return reading.told > 0;
}
