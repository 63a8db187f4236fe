#include "assertions/xml/xpath.h"

#include <libxml/xpathInternals.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Nodes of one result whose paths are told: to find one costs as much as there
 * are nodes before it. */
enum { PATHS_MOST = 32 };

/* libxml2 counts up to this many steps within each other, compiling by tens. */
enum { LIBXML_DEPTH = 5000 };

struct xpath {
    struct xml_namespaces namespaces;
    xmlXPathCompExpr *compiled;
};

bool xpath_refuse(struct xpath_trouble *trouble, size_t offset,
                  const char *format, ...)
{
    va_list args;

    va_start(args, format);
    vsnprintf(trouble->text, sizeof(trouble->text), format, args);
    va_end(args);
    trouble->offset = offset;
    return false;
}

/* Of several errors the first is what is wrong. */
struct first_error {
    int code; /* of enum xmlXPathError; 0: none */
    size_t offset;
};

static void on_error(void *data, xmlError *error)
{
    struct first_error *first = data;

    if (first->code)
        return;
    first->code = error->code - XML_XPATH_EXPRESSION_OK;
    first->offset = error->int1 > 0 ? (size_t)error->int1 : 0;
}

static xmlXPathContext *open_context(xmlDoc *doc,
                                     const struct xml_namespaces *namespaces,
                                     struct first_error *first)
{
    xmlXPathContext *context = xmlXPathNewContext(doc);

    context->error = on_error;
    context->userData = first;
    context->opLimit = LIMIT_XPATH_STEPS;
    context->depth = LIBXML_DEPTH - LIMIT_XPATH_DEPTH;
    for (size_t i = 0; i < namespaces->count; i++)
        xmlXPathRegisterNs(context, xml(namespaces->list[i].prefix),
                           xml(namespaces->list[i].uri));
    return context;
}

static const char *error_words(int code)
{
    switch (code) {
    case XPATH_NUMBER_ERROR: return "a number is not written so";
    case XPATH_UNFINISHED_LITERAL_ERROR:
    case XPATH_START_LITERAL_ERROR: return "a quote is not closed";
    case XPATH_VARIABLE_REF_ERROR: return "an XPath has no variables here";
    case XPATH_INVALID_PREDICATE_ERROR: return "a condition in [] is wrong";
    case XPATH_UNCLOSED_ERROR: return "a parenthesis is not closed";
    case XPATH_INVALID_OPERAND:
    case XPATH_INVALID_TYPE:
        return "a function is given something of another type than it takes";
    case XPATH_INVALID_ARITY:
        return "a function is given more or less than it takes";
    case XPATH_INVALID_CHAR_ERROR: return "a character cannot stand here";
    case XPATH_ENCODING_ERROR: return "it is not UTF-8";
    default: return "a path, a name or a value is wanted here";
    }
}

static bool tell_error(const struct first_error *first,
                       struct xpath_trouble *trouble)
{
    if (first->code == XPATH_RECURSION_LIMIT_EXCEEDED)
        return xpath_refuse(trouble, 0, "its parts are nested too deeply");
    return xpath_refuse(trouble, first->offset, "%s", error_words(first->code));
}

static xmlXPathCompExpr *compile(const char *text,
                                 const struct xml_namespaces *namespaces,
                                 struct xpath_trouble *trouble)
{
    struct first_error first = {0};
    xmlXPathContext *context = open_context(NULL, namespaces, &first);
    xmlXPathCompExpr *compiled = xmlXPathCtxtCompile(context, xml(text));

    if (!compiled)
        tell_error(&first, trouble);
    xmlXPathFreeContext(context);
    return compiled;
}

static void release(void *item)
{
    xmlXPathFreeCompExpr(item);
}

const struct xpath *xpath_compile(struct arena *arena, const char *text,
                                  struct xml_namespaces namespaces,
                                  struct xpath_trouble *trouble)
{
    struct xpath *xpath;
    xmlXPathCompExpr *compiled;

    if (strlen(text) > LIMIT_XPATH_BYTES) {
        xpath_refuse(trouble, 0, "it is longer than %d bytes",
                     LIMIT_XPATH_BYTES);
        return NULL;
    }
    compiled = compile(text, &namespaces, trouble);
    if (!compiled)
        return NULL;
    arena_own(arena, compiled, release);
    if (!xpath_names_are_known(text, &namespaces, trouble))
        return NULL;
    xpath = arena_take(arena, sizeof(*xpath));
    xpath->namespaces = namespaces;
    xpath->compiled = compiled;
    return xpath;
}

const char *xml_place(struct arena *arena, xmlNode *node, bool with_path)
{
    const xmlNode *lined =
        node->type == XML_ATTRIBUTE_NODE ? node->parent : node;
    xmlChar *path = with_path ? xmlGetNodePath(node) : NULL;
    long line = node->type == XML_NAMESPACE_DECL ? -1 : xmlGetLineNo(lined);
    const char *place = NULL;

    if (path && line > 0)
        place = arena_print(arena, "%s (line %ld)", plain(path), line);
    else if (line > 0)
        place = arena_print(arena, "(line %ld)", line);
    xmlFree(path);
    return place;
}

static struct text take_text(struct arena *arena, const xmlChar *text)
{
    size_t length = text ? strlen(plain(text)) : 0;

    return (struct text){
        arena_copy_bytes(arena, text ? plain(text) : "", length), length};
}

static bool take_nodes(const xmlNodeSet *set, struct arena *arena,
                       struct xpath_result *result, struct fault *fault)
{
    size_t count = set && set->nodeNr > 0 ? (size_t)set->nodeNr : 0;
    struct xpath_node *nodes = arena_take(arena, count * sizeof(*nodes));
    size_t total = 0;

    for (size_t i = 0; i < count; i++) {
        xmlNode *node = set->nodeTab[i];
        xmlChar *text = xmlXPathCastNodeToString(node);

        total += text ? strlen(plain(text)) : 0;
        if (total <= LIMIT_XPATH_TEXT)
            nodes[i].text = take_text(arena, text);
        xmlFree(text);
        if (total > LIMIT_XPATH_TEXT) {
            return fault_raise(fault, (struct place){0},
                               "the texts that the XPath selects are longer "
                               "than %d bytes together",
                               LIMIT_XPATH_TEXT);
        }
        if (result->with_paths)
            nodes[i].path = xml_place(arena, node, i < PATHS_MOST);
    }
    result->count = count;
    result->nodes = nodes;
    return true;
}

static bool take_result(const xmlXPathObject *object, struct arena *arena,
                        struct xpath_result *result, struct fault *fault)
{
    *result = (struct xpath_result){.with_paths = result->with_paths};
    if (object->type == XPATH_BOOLEAN) {
        result->yield = YIELDS_TRUTH;
        result->truth = object->boolval;
    } else if (object->type == XPATH_NUMBER) {
        result->yield = YIELDS_NUMBER;
        result->number = object->floatval;
    } else if (object->type == XPATH_STRING) {
        result->yield = YIELDS_TEXT;
        result->text = take_text(arena, object->stringval);
    } else {
        result->yield = YIELDS_NODES;
        return take_nodes(object->nodesetval, arena, result, fault);
    }
    return true;
}

static bool tell_evaluation(const struct first_error *first,
                            struct fault *fault)
{
    const struct place nowhere = {0};

    if (first->code == XPATH_OP_LIMIT_EXCEEDED) {
        return fault_raise(fault, nowhere,
                           "the XPath takes more than %d steps in this body",
                           LIMIT_XPATH_STEPS);
    }
    if (first->code == XPATH_RECURSION_LIMIT_EXCEEDED)
        return fault_raise(fault, nowhere,
                           "the parts of the XPath are nested too deeply");
    return fault_raise(fault, nowhere, "the XPath cannot be evaluated: %s",
                       error_words(first->code));
}

bool xpath_evaluate(const struct xpath *xpath,
                    const struct xml_document *document, struct arena *arena,
                    struct xpath_result *result, struct fault *fault)
{
    struct first_error first = {0};
    xmlXPathContext *context =
        open_context(document->doc, &xpath->namespaces, &first);
    xmlXPathObject *object;
    bool done;

    context->node = (xmlNode *)document->doc;
    object = xmlXPathCompiledEval(xpath->compiled, context);
    if (object && !first.code)
        done = take_result(object, arena, result, fault);
    else
        done = tell_evaluation(&first, fault);
    xmlXPathFreeObject(object);
    xmlXPathFreeContext(context);
    return done;
}
