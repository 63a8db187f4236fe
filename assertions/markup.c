#include "assertions/markup.h"

#include <math.h>
#include <string.h>

#include "assertions/charset.h"
#include "assertions/document.h"
#include "assertions/extract.h"
#include "assertions/matcher/kind.h"
#include "specs/json.h"

static const char *const names[] = {
    [MARKUP_XML] = "XML",
    [MARKUP_HTML] = "HTML",
};

/* What prevails over what the body says of itself; NULL: nothing does. Pages
 * that do not say it are UTF-8 today, where they can be. */
static const char *find_charset(enum markup markup,
                                const struct response *response,
                                struct arena *arena)
{
    struct text body = answer_body(response);
    const char *charset;

    if (charset_is_marked(body))
        return NULL;
    charset = charset_of_type(response, arena);
    if (charset || markup == MARKUP_XML || charset_is_in_page(body) ||
        !charset_is_utf8(body))
        return charset;
    return "UTF-8";
}

const struct xml_document *markup_document(struct markup_body *body,
                                           enum markup markup,
                                           const struct response *response,
                                           struct arena *arena)
{
    struct text text = answer_body(response);

    if (!body->is_read && text.length) {
        body->document =
            xml_read(markup, text, find_charset(markup, response, arena),
                     &body->trouble);
    }
    body->is_read = true;
    return body->document;
}

const char *markup_trouble(const struct markup_body *body, enum markup markup,
                           const struct response *response, struct arena *arena)
{
    const struct xml_trouble *trouble = &body->trouble;
    struct teller teller = teller_open(arena, LIMIT_VALUE_TOLD);

    if (answer_body(response).length == 0) {
        tell_format(&teller, "the body is empty, not %s", names[markup]);
        return teller_finish(&teller);
    }
    tell_format(&teller, "the body is not %s: ", names[markup]);
    tell_visibly(&teller, text_of(trouble->text));
    if (trouble->line)
        tell_format(&teller, " at line %u, column %u", trouble->line,
                    trouble->column);
    document_tell_beginning(&teller, response);
    return teller_finish(&teller);
}

void markup_finish(struct markup_body *body)
{
    xml_close(body->document);
    *body = (struct markup_body){0};
}

/* Texts of a list are JSON, as those of a JSONPath are; never NULL, since what
 * libxml2 holds is UTF-8. */
static bool find_list(const struct xpath_result *result,
                      struct matching *matching, struct value *value)
{
    struct jsonpath_node *list =
        arena_take(matching->arena, result->count * sizeof(*list));
    json_t *array = matching_keep(matching, json_array());

    for (size_t i = 0; i < result->count; i++) {
        struct text text = result->nodes[i].text;

        list[i].value = json_stringn(text.bytes, text.length);
        list[i].normalized = result->nodes[i].path;
        if (json_array_append_new(array, list[i].value) != 0)
            return fault_raise(&matching->fault, (struct place){0},
                               "what the XPath selects is not UTF-8");
    }
    *value = (struct value){.kind = VALUE_LIST,
                            .is_selected = true,
                            .path = list->normalized,
                            .list = {result->count, list}};
    return true;
}

/* Whole numbers are told without a fraction; what is no number is what XPath
 * calls it (section 4.2). */
static struct value find_number(double number, struct matching *matching)
{
    json_t *json;

    if (isnan(number))
        return value_of_text(text_of("NaN"));
    if (isinf(number))
        return value_of_text(text_of(number > 0 ? "Infinity" : "-Infinity"));
    json = fabs(number) < 1e15 && number == floor(number)
               ? json_integer((json_int_t)number)
               : json_real(number);
    return value_of_json(matching_keep(matching, json), NULL);
}

bool markup_find(const struct xpath *xpath, const struct xml_document *document,
                 bool with_paths, struct matching *matching,
                 struct value *value)
{
    struct xpath_result result = {.with_paths = with_paths};

    *value = (struct value){.kind = VALUE_ABSENT};
    if (!xpath_evaluate(xpath, document, matching->arena, &result,
                        &matching->fault))
        return false;
    switch (result.yield) {
    case YIELDS_NODES:
        return !result.count || find_list(&result, matching, value);
    case YIELDS_TEXT: *value = value_of_text(result.text); break;
    case YIELDS_TRUTH:
        *value = value_of_json(
            matching_keep(matching, json_boolean(result.truth)), NULL);
        break;
    case YIELDS_NUMBER: *value = find_number(result.number, matching); break;
    }
    return true;
}

bool matcher_counts(const struct matcher *matcher)
{
    if (matcher->kind == &count_matcher)
        return true;
    if (matcher->kind->streaming != STREAMS_AS_PARTS)
        return false;
    for (size_t i = 0; i < matcher->child_count; i++) {
        if (matcher_counts(&matcher->children[i]))
            return true;
    }
    return false;
}

static struct xml_namespaces read_namespaces(struct compiling *compiling,
                                             const struct node *written)
{
    struct members members = {0};
    struct xml_namespace *list;

    if (json_is_object(written->json)) {
        members =
            node_members(compiling->scratch, written, MEMBERS_SKIP_COMMENTS);
    } else {
        node_fault(compiling->faults, written,
                   "\"namespaces\" takes an object: prefixes, and the URI "
                   "that each stands for");
    }
    list = arena_take(compiling->arena, members.count * sizeof(*list));
    for (size_t i = 0; i < members.count; i++) {
        const struct member *member = &members.list[i];
        const char *uri = json_string_value(member->value.json);

        if (!uri || !*uri)
            node_fault(compiling->faults, &member->value,
                       "the URI of a namespace is wanted here");
        list[i].prefix = arena_copy(compiling->arena, member->key);
        list[i].uri = arena_copy(compiling->arena, uri ? uri : "");
    }
    return (struct xml_namespaces){members.count, list};
}

struct xml_namespaces namespaces_take(struct compiling *compiling,
                                      struct members *members)
{
    struct member *left =
        arena_take(compiling->scratch, (members->count + 1) * sizeof(*left));
    struct xml_namespaces namespaces = {0};
    size_t count = 0;

    for (size_t i = 0; i < members->count; i++) {
        const struct member *member = &members->list[i];

        if (strcmp(member->key, "namespaces") == 0)
            namespaces = read_namespaces(compiling, &member->value);
        else
            left[count++] = *member;
    }
    *members = (struct members){count, left};
    return namespaces;
}

const struct xpath *xpath_compile_at(struct compiling *compiling,
                                     const char *text, struct spot at,
                                     struct xml_namespaces namespaces)
{
    struct xpath_trouble trouble;
    struct node key = {.at = at};
    const struct xpath *xpath =
        xpath_compile(compiling->arena, text, namespaces, &trouble);

    if (!xpath)
        spot_fault(compiling->faults, node_inside(&key, trouble.offset, 1),
                   "bad XPath: %s", trouble.text);
    return xpath;
}
