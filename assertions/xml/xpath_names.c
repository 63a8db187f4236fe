/* Looks for the names in an XPath that was found well formed (XPath 1.0,
 * section 3.7). */
#include <stdio.h>
#include <string.h>

#include "assertions/xml/xpath.h"

/* Sorted as nothing needs; section 4. */
static const char *const functions[] = {
    "boolean",
    "ceiling",
    "concat",
    "contains",
    "count",
    "false",
    "floor",
    "id",
    "lang",
    "last",
    "local-name",
    "name",
    "namespace-uri",
    "normalize-space",
    "not",
    "number",
    "position",
    "round",
    "starts-with",
    "string",
    "string-length",
    "substring",
    "substring-after",
    "substring-before",
    "sum",
    "translate",
    "true",
};

/* They look like functions. */
static const char *const node_types[] = {
    "comment",
    "node",
    "processing-instruction",
    "text",
};

struct names {
    const char *text;
    const char *next;
    const struct xml_namespaces *namespaces;
    struct xpath_trouble *trouble;
    bool after_operand; /* a name would be an operator here */
};

static bool begins_name(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           byte == '_' || (unsigned char)byte >= 0x80;
}

static size_t name_length(const char *text)
{
    size_t length = 0;

    if (!begins_name(*text))
        return 0;
    while (begins_name(text[length]) ||
           (text[length] && strchr("0123456789.-", text[length])))
        length++;
    return length;
}

static const char *skip_blanks(const char *text)
{
    return text + strspn(text, " \t\r\n");
}

static bool is_among(const char *const *names, size_t count, const char *name,
                     size_t length)
{
    for (size_t i = 0; i < count; i++) {
        if (strlen(names[i]) == length && memcmp(names[i], name, length) == 0)
            return true;
    }
    return false;
}

static bool check_prefix(const struct names *names, size_t length)
{
    const struct xml_namespaces *known = names->namespaces;
    bool is_known = length == 3 && memcmp(names->next, "xml", 3) == 0;

    for (size_t i = 0; i < known->count && !is_known; i++)
        is_known = strlen(known->list[i].prefix) == length &&
                   memcmp(known->list[i].prefix, names->next, length) == 0;
    return is_known ||
           xpath_refuse(names->trouble, (size_t)(names->next - names->text),
                        "the prefix \"%.*s\" is not among the \"namespaces\"",
                        (int)(length < 60 ? length : 60), names->next);
}

static bool check_function(const struct names *names, size_t length)
{
    char name[64] = "";
    const char *near;

    if (is_among(functions, COUNT(functions), names->next, length) ||
        is_among(node_types, COUNT(node_types), names->next, length))
        return true;
    snprintf(name, sizeof(name), "%.*s", (int)(length < 60 ? length : 60),
             names->next);
    near = nearest_name(name, functions, COUNT(functions));
    return xpath_refuse(names->trouble, (size_t)(names->next - names->text),
                        "XPath 1.0 has no function \"%s\"%s%s%s", name,
                        near ? "; did you mean \"" : "", near ? near : "",
                        near ? "\"?" : "");
}

/* The name that begins here; an operator (`and`, `div`) is none. */
static bool check_name(struct names *names, size_t length)
{
    const char *end = names->next + length;
    bool is_qualified = end[0] == ':' && end[1] != ':';
    bool known;

    if (names->after_operand) {
        names->after_operand = false;
        names->next = end;
        return true;
    }
    names->after_operand = strncmp(skip_blanks(end), "::", 2) != 0;
    if (is_qualified)
        known = check_prefix(names, length);
    else if (*skip_blanks(end) == '(')
        known = check_function(names, length);
    else
        known = true;
    names->next = end;
    if (is_qualified)
        names->next += 1 + name_length(end + 1);
    return known;
}

static void skip_number(struct names *names)
{
    names->next += strspn(names->next, "0123456789.");
    names->after_operand = true;
}

static void skip_literal(struct names *names)
{
    const char *end = strchr(names->next + 1, *names->next);

    names->next = end ? end + 1 : names->next + strlen(names->next);
    names->after_operand = true;
}

/* After these a name is an operator: section 3.7. */
static void skip_sign(struct names *names)
{
    char sign = *names->next;

    names->after_operand = sign == ')' || sign == ']' || sign == '.' ||
                           (sign == '*' && !names->after_operand);
    names->next++;
}

bool xpath_names_are_known(const char *text,
                           const struct xml_namespaces *namespaces,
                           struct xpath_trouble *trouble)
{
    struct names names = {.text = text,
                          .next = skip_blanks(text),
                          .namespaces = namespaces,
                          .trouble = trouble};

    while (*names.next) {
        size_t length = name_length(names.next);
        char byte = *names.next;

        if (byte == '$')
            return xpath_refuse(trouble, (size_t)(names.next - text),
                                "an XPath has no variables here");
        if (length && !check_name(&names, length))
            return false;
        if (!length && (byte == '"' || byte == '\''))
            skip_literal(&names);
        else if (!length && (strchr("0123456789", byte) ||
                             (byte == '.' && names.next[1] &&
                              strchr("0123456789", names.next[1]))))
            skip_number(&names);
        else if (!length)
            skip_sign(&names);
        names.next = skip_blanks(names.next);
    }
    return true;
}
