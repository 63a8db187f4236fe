#include "assertions/jsonpath/iregexp.h"

#include <string.h>

#include "specs/json.h"

/* A walk over the expression that writes what PCRE2 understands by the same.
 * What both write alike is copied; literal punctuation is escaped, since PCRE2
 * means something by more of it. "^" and "$" are nothing special in RFC 9485's
 * grammar, but anchors in every mapping of its section 5, and the JSONPath
 * Compliance Test Suite holds us to those. */
struct translator {
    const char *at;
    const char *end;
    struct buffer out;
    size_t groups; /* open ones */
};

static char peek(const struct translator *translator)
{
    return translator->at < translator->end ? *translator->at : '\0';
}

static bool is_next(const struct translator *translator, char c)
{
    return translator->at < translator->end && *translator->at == c;
}

static bool accept(struct translator *translator, char c)
{
    if (!is_next(translator, c))
        return false;
    translator->at++;
    return true;
}

static bool put(struct translator *translator, const char *text)
{
    return buffer_add_text(&translator->out, text);
}

static bool copy(struct translator *translator, size_t length)
{
    const char *from = translator->at;

    translator->at += length;
    return buffer_add(&translator->out, from, length);
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Any character, meaning itself. */
static bool copy_literal(struct translator *translator)
{
    size_t left = (size_t)(translator->end - translator->at);
    size_t length = json_character_length(translator->at, left);
    unsigned char c = (unsigned char)*translator->at;

    if (!length)
        return false; /* not UTF-8 */
    if (c < ' ' || c == 0x7f) {
        translator->at++;
        return buffer_print(&translator->out, "\\x{%x}", c);
    }
    if (c < 0x80 && !is_digit((char)c) && !is_letter((char)c) &&
        !put(translator, "\\"))
        return false;
    return copy(translator, length);
}

/* "\p{Lu}", behind the backslash: section 3, charProp. */
static bool copy_category(struct translator *translator)
{
    static const char *const minors[] = {
        ['L'] = "lmotu", ['M'] = "cen",  ['N'] = "dlo",  ['P'] = "cdefios",
        ['Z'] = "lps",   ['S'] = "ckmo", ['C'] = "cfno",
    };
    const char *start = translator->at++;
    size_t major;

    if (!accept(translator, '{'))
        return false;
    major = (unsigned char)peek(translator);
    if (major >= COUNT(minors) || !minors[major])
        return false;
    translator->at++;
    if (peek(translator) && strchr(minors[major], peek(translator)))
        translator->at++;
    return accept(translator, '}') && put(translator, "\\") &&
           buffer_add(&translator->out, start,
                      (size_t)(translator->at - start));
}

static bool is_category(const struct translator *translator)
{
    return translator->end - translator->at > 1 && translator->at[0] == '\\' &&
           (translator->at[1] == 'p' || translator->at[1] == 'P');
}

/* Behind the backslash: SingleCharEsc. */
static bool copy_single_escape(struct translator *translator)
{
    char c = peek(translator);

    if (!c || !strchr("()*+-.?[\\]^nrt{|}", c))
        return false;
    return put(translator, "\\") && copy(translator, 1);
}

/* CCchar */
static bool copy_class_character(struct translator *translator)
{
    if (accept(translator, '\\'))
        return copy_single_escape(translator);
    if (translator->at == translator->end || is_next(translator, '-') ||
        is_next(translator, '[') || is_next(translator, ']'))
        return false;
    return copy_literal(translator);
}

/* CCE1: a character, a range or a category */
static bool copy_class_item(struct translator *translator)
{
    if (is_category(translator)) {
        translator->at++;
        return copy_category(translator);
    }
    if (!copy_class_character(translator))
        return false;
    if (!is_next(translator, '-') ||
        (translator->end - translator->at > 1 && translator->at[1] == ']'))
        return true;
    return copy(translator, 1) && copy_class_character(translator);
}

/* Behind its "[". A dash is itself at the start and at the end. */
static bool copy_class(struct translator *translator)
{
    if (!put(translator, "["))
        return false;
    if (accept(translator, '^') && !put(translator, "^"))
        return false;
    if (accept(translator, '-')) {
        if (!put(translator, "\\-"))
            return false;
    } else if (!copy_class_item(translator)) {
        return false;
    }
    while (translator->at < translator->end && !is_next(translator, ']') &&
           !is_next(translator, '-'))
        if (!copy_class_item(translator))
            return false;
    if (accept(translator, '-') && !put(translator, "\\-"))
        return false;
    return accept(translator, ']') && put(translator, "]");
}

static bool copy_count(struct translator *translator)
{
    if (!is_digit(peek(translator)))
        return false;
    while (is_digit(peek(translator)))
        if (!copy(translator, 1))
            return false;
    return true;
}

/* "*", "+", "?", "{2}", "{2,}", "{2,3}", or nothing */
static bool copy_quantifier(struct translator *translator)
{
    char c = peek(translator);

    if (c && strchr("*+?", c))
        return copy(translator, 1);
    if (c != '{')
        return true;
    if (!copy(translator, 1) || !copy_count(translator))
        return false;
    if (is_next(translator, ',')) {
        if (!copy(translator, 1))
            return false;
        if (is_digit(peek(translator)) && !copy_count(translator))
            return false;
    }
    return is_next(translator, '}') && copy(translator, 1);
}

static bool copy_atom(struct translator *translator)
{
    if (is_category(translator)) {
        translator->at++;
        return copy_category(translator);
    }
    if (accept(translator, '\\'))
        return copy_single_escape(translator);
    if (accept(translator, '.'))
        return put(translator, "[^\\n\\r]");
    if (accept(translator, '['))
        return copy_class(translator);
    if (accept(translator, '$'))
        return put(translator, "(?:\\z)"); /* not before a last newline */
    if (is_next(translator, '^'))
        return copy(translator, 1);
    if (peek(translator) && strchr("*+?]{}", peek(translator)))
        return false;
    return copy_literal(translator);
}

/* One step; groups are counted, so that no text makes us recurse. */
static bool copy_piece(struct translator *translator)
{
    if (accept(translator, '|'))
        return put(translator, "|");
    if (accept(translator, '(')) {
        translator->groups++;
        return put(translator, "(?:");
    }
    if (is_next(translator, ')')) {
        if (!translator->groups)
            return false;
        translator->groups--;
        return copy(translator, 1) && copy_quantifier(translator);
    }
    return copy_atom(translator) && copy_quantifier(translator);
}

struct pattern *iregexp_compile(const char *text, size_t length)
{
    enum { LONGEST_FORM = 8 }; /* of one character: "[^\n\r]" */
    struct translator translator = {
        .at = text,
        .end = text + length,
        .out = buffer_with_ceiling(length * LONGEST_FORM),
    };
    struct pattern_trouble trouble;
    struct pattern *pattern = NULL;
    bool well = true;

    while (well && translator.at < translator.end)
        well = copy_piece(&translator);
    if (well && !translator.groups)
        pattern = pattern_compile(buffer_text(&translator.out),
                                  translator.out.length, &trouble);
    buffer_finish(&translator.out);
    return pattern;
}
