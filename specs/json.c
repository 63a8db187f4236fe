#include "specs/json.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "specs/json_decimal.h"
#include "specs/json_scan.h"

/* First byte of an exact number's string: no JSON text can produce it. */
#define EXACT "\xff"

const char *json_exact_number(const json_t *value)
{
    const char *text = json_string_value(value);

    return text && text[0] == EXACT[0] ? text + 1 : NULL;
}

static json_t *exact_new(const char *number, size_t length)
{
    struct buffer text = buffer_with_ceiling(length + 1);
    json_t *value = NULL;

    if (buffer_add_text(&text, EXACT) && buffer_add(&text, number, length))
        value = json_stringn_nocheck(text.bytes, text.length);
    buffer_finish(&text);
    return value;
}

json_t *json_exact_new(const char *text)
{
    size_t length = strlen(text);
    size_t exponent_digits;

    if (!length || decimal_length(text, length, &exponent_digits) != length ||
        exponent_digits > JSON_EXPONENT_DIGITS)
        return NULL;
    return exact_new(text, length);
}

/* What a marked string stands for, a new reference; NULL for other values. */
static json_t *unmarked(const json_t *value)
{
    const char *text = json_string_value(value);
    size_t length = json_string_length(value);

    if (!length || text[0] != JSON_MARK)
        return NULL;
    text++;
    length--;
    if (length && text[0] == JSON_MARK)
        return json_stringn_nocheck(text, length);
    return exact_new(text, length);
}

/* Puts exact numbers where their marks are. No deeper than json_scan() let
 * the text nest. */
static void unmark_members(json_t *value)
{
    json_t *member, *now;
    const char *key;
    size_t index;

    json_array_foreach (value, index, member) {
        now = unmarked(member);
        if (now)
            json_array_set_new(value, index, now);
        else
            unmark_members(member);
    }
    json_object_foreach (value, key, member) {
        now = unmarked(member);
        if (now)
            json_object_iter_set_new(value, json_object_key_to_iter(key), now);
        else
            unmark_members(member);
    }
}

static json_t *unmark(json_t *value)
{
    json_t *now = unmarked(value);

    if (!now) {
        unmark_members(value);
        return value;
    }
    json_decref(value);
    return now;
}

/* jansson's words, and ours where those are obscure. */
static const struct wording {
    const char *theirs;
    const char *ours;
} wordings[] = {
    {"string or '}' expected", "a key in double quotes is expected here"},
    {"too big integer", "a key in double quotes is expected here"},
    {"too big negative integer", "a key in double quotes is expected here"},
    {"real number overflow", "a key in double quotes is expected here"},
    {"':' expected", "\":\" is expected here, after the key"},
    {"'}' expected", "\",\" or \"}\" is expected here"},
    {"']' expected", "\",\" or \"]\" is expected here"},
    {"unexpected token", "a value is expected here"},
    {"invalid token", "this is not JSON"},
    {"end of file expected", "there is more after the end of the value"},
    {"duplicate object key", "this key is given twice in the same object"},
    {"NUL byte in object key", "a key with \\u0000 in it cannot be read"},
    {"premature end of input", "this string has no end"},
    {"control character",
     "a control character in a string must be written as \\u00XX"},
    {"unexpected newline", "a line break in a string must be written as \\n"},
    {"invalid escape", "this is no escape that JSON knows"},
    {"invalid Unicode", "this is half of a surrogate pair"},
    {"unable to decode byte", "this is not UTF-8"},
};

static const char *wording_of(const char *theirs)
{
    for (size_t i = 0; i < COUNT(wordings); i++) {
        if (strncmp(theirs, wordings[i].theirs, strlen(wordings[i].theirs)) ==
            0)
            return wordings[i].ours;
    }
    return theirs;
}

/* jansson names what it saw in the string, in capitals. */
static size_t surrogate_in(struct json_text text, size_t at, const char *said)
{
    enum { ESCAPE_LENGTH = 6 }; /* \uD800 */
    const char *escape = strchr(said, '\\');

    for (size_t i = at; escape && i + ESCAPE_LENGTH <= text.length; i++)
        if (strncasecmp(text.bytes + i, escape, ESCAPE_LENGTH) == 0)
            return i;
    return at;
}

static size_t last_backslash(struct json_text text, size_t at)
{
    while (at && text.bytes[at] != '\\')
        at--;
    return at;
}

static bool says(const json_error_t *error, const char *words)
{
    return strncmp(error->text, words, strlen(words)) == 0;
}

static size_t offset_of(struct json_text text, const json_error_t *error)
{
    size_t position = (size_t)error->position; /* of the first byte unread */

    if (json_error_code(error) == json_error_invalid_utf8 ||
        says(error, "control character") || says(error, "unexpected newline"))
        return position;
    if (says(error, "premature end of input"))
        return json_token_start(text, text.length - 1);
    if (json_error_code(error) == json_error_premature_end_of_input)
        return text.length;
    if (says(error, "invalid escape"))
        return last_backslash(text, position ? position - 1 : 0);
    position = json_token_start(text, position ? position - 1 : 0);
    if (says(error, "invalid Unicode"))
        return surrogate_in(text, position, error->text);
    return position;
}

static bool is_blank(struct json_text text)
{
    for (size_t i = 0; i < text.length; i++)
        if (!strchr(" \t\r\n", text.bytes[i]) || !text.bytes[i])
            return false;
    return true;
}

static const char nul_words[] = "there is a NUL byte in the text";

static void explain(struct json_text text, const json_error_t *error,
                    struct json_trouble *trouble)
{
    const char *words = wording_of(error->text);
    size_t position = (size_t)error->position;

    trouble->offset = offset_of(text, error);
    if (position && position <= text.length && !text.bytes[position - 1]) {
        trouble->offset = position - 1;
        words = nul_words;
    } else if (is_blank(text)) {
        trouble->offset = 0;
        words = "there is no JSON: the text is empty";
    } else if (trouble->offset >= text.length) {
        words = "the text ends before the JSON does";
    }
    snprintf(trouble->text, sizeof(trouble->text), "%s", words);
}

/* jansson takes one behind a number for the end of the text. */
static bool has_nul(struct json_text text, struct json_trouble *trouble)
{
    const char *nul =
        text.length ? memchr(text.bytes, '\0', text.length) : NULL;

    if (!nul)
        return false;
    trouble->offset = (size_t)(nul - text.bytes);
    snprintf(trouble->text, sizeof(trouble->text), "%s", nul_words);
    return true;
}

static json_t *load(struct json_text text, int flags,
                    struct json_trouble *trouble)
{
    size_t jansson_flags = JSON_DECODE_ANY | JSON_ALLOW_NUL;
    json_error_t error;
    json_t *value;

    if (flags & JSON_READ_REJECT_DUPLICATES)
        jansson_flags |= JSON_REJECT_DUPLICATES;
    value = json_loadb(text.bytes, text.length, jansson_flags, &error);
    if (!value)
        explain(text, &error, trouble);
    return value;
}

static json_t *load_rewritten(struct json_text text, int flags,
                              struct json_trouble *trouble)
{
    struct buffer rewritten = buffer_with_ceiling(SIZE_MAX / 4);
    struct json_text now;
    json_t *value;

    json_rewrite(text, &rewritten);
    now = (struct json_text){rewritten.bytes, rewritten.length};
    value = load(now, flags, trouble);
    if (value)
        value = unmark(value);
    else
        trouble->offset = json_rewritten_from(text, trouble->offset);
    buffer_finish(&rewritten);
    return value;
}

json_t *json_read(const char *text, size_t length, size_t depth, int flags,
                  struct json_trouble *trouble)
{
    static const char mark[] = {'\xef', '\xbb', '\xbf'}; /* byte order mark */
    size_t skipped = 0;
    struct json_text rest;
    json_t *value = NULL;
    bool exact;

    *trouble = (struct json_trouble){0};
    if (length >= sizeof(mark) && memcmp(text, mark, sizeof(mark)) == 0)
        skipped = sizeof(mark);
    rest = (struct json_text){text ? text + skipped : "", length - skipped};
    if (json_scan(rest, depth, &exact, trouble) && !has_nul(rest, trouble))
        value = exact ? load_rewritten(rest, flags, trouble)
                      : load(rest, flags, trouble);
    if (!value)
        trouble->offset += skipped;
    return value;
}
