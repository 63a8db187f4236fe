/* XML within a text, and places in it. */
#include "assertions/markup.h"
#include "assertions/matcher/kind.h"
#include "assertions/transform.h"
#include "specs/json.h"

static void close_document(void *item)
{
    xml_close(item);
}

/* A text is read, and its document is the arena's; a document is itself. NULL
 * when it is refused. */
static const struct xml_document *read_document(struct applying *applying)
{
    const struct value *from = applying->from;
    struct xml_document *document;
    struct xml_trouble trouble;
    struct text text;

    if (from->kind == VALUE_MARKUP)
        return from->markup;
    if (!value_text(from, &text)) {
        transform_refuse(applying, "no text");
        return NULL;
    }
    /* What JSON or an XML holds is UTF-8, whatever it says of itself. */
    document = xml_read(MARKUP_XML, text,
                        from->kind == VALUE_TEXT ? NULL : "UTF-8", &trouble);
    if (document)
        arena_own(applying->matching->arena, document, close_document);
    else
        transform_refuse(applying, "%s, at line %u, column %u", trouble.text,
                         trouble.line, trouble.column);
    return document;
}

static bool apply_xml(struct applying *applying)
{
    const struct xml_document *document = read_document(applying);

    applying->made = (struct value){.kind = VALUE_MARKUP, .markup = document};
    return document;
}

static bool accept_path(const struct literal *literal, struct trouble *trouble)
{
    return json_kind(literal->json) == JSON_KIND_STRING ||
           trouble_tell(trouble, "a text is wanted here");
}

static void compile_path(struct compiling *compiling,
                         const struct node *argument,
                         struct transform *transform)
{
    struct literal *literal = &transform->literal;
    const struct open *open;

    literal->accepts = accept_path;
    transform->namespaces = compiling->namespaces;
    open = compile_literal(compiling, argument, literal);
    if (open && !json_is_string(argument->json))
        node_fault(compiling->faults, argument, "a text is wanted here");
    else if (!open && literal->json &&
             json_kind(literal->json) == JSON_KIND_STRING) {
        transform->xpath =
            xpath_compile_at(compiling, json_string_value(literal->json),
                             argument->at, compiling->namespaces);
    }
}

/* Keys hold no templates. */
static void compile_key(struct compiling *compiling, const struct node *key,
                        struct transform *transform)
{
    json_t *text = json_share(compiling->arena, key->json);

    transform->literal.at = key->at;
    transform->literal.json = text;
    transform->xpath = xpath_compile_at(compiling, json_string_value(text),
                                        key->at, compiling->namespaces);
}

/* NULL with the fault raised. */
static const struct xpath *fill_xpath(const struct applying *applying)
{
    const struct transform *transform = applying->transform;
    struct matching *matching = applying->matching;
    struct literal room;
    const struct literal *literal = transform_literal(applying, &room);
    struct xpath_trouble trouble;
    const struct xpath *xpath;

    if (!literal)
        return NULL;
    xpath = xpath_compile(matching->arena, json_string_value(literal->json),
                          transform->namespaces, &trouble);
    if (!xpath)
        matching_fault(matching, transform->literal.at, "bad XPath: %s",
                       trouble.text);
    return xpath;
}

static bool select_nodes(struct applying *applying,
                         const struct xml_document *document)
{
    const struct transform *transform = applying->transform;
    struct matching *matching = applying->matching;
    const struct xpath *xpath =
        transform->xpath ? transform->xpath : fill_xpath(applying);

    if (!xpath)
        return false;
    if (!markup_find(xpath, document, applying->is_explaining, matching,
                     &applying->made)) {
        matching->wrong = transform->literal.at;
        return false;
    }
    if (applying->made.kind == VALUE_ABSENT && transform->counts)
        applying->made =
            (struct value){.kind = VALUE_LIST, .is_selected = true};
    return true;
}

static bool apply_path(struct applying *applying)
{
    const struct xml_document *document = read_document(applying);

    return document && select_nodes(applying, document);
}

static void describe_path(struct matching *matching, struct teller *teller,
                          const struct transform *transform)
{
    struct literal room;
    const struct literal *path =
        literal_fill(&transform->literal, matching, &room);

    if (path)
        tell_visibly(teller, text_of(json_string_value(path->json)));
    tell(teller, " ");
}

const struct transform_kind xml_transform = {
    .name = "xml",
    .words = "XML with ",
    .apply = apply_xml,
};

/* Of what is a document already. */
const struct transform_kind xpath_select_transform = {
    .name = "xml",
    .argument = ARGUMENT_WANTED,
    .compile = compile_key,
    .apply = apply_path,
    .describe = describe_path,
};

const struct transform_kind xpath_transform = {
    .name = "xml",
    .argument = ARGUMENT_WANTED,
    .wanted = "an XPath",
    .compile = compile_path,
    .apply = apply_path,
    .describe = describe_path,
};
