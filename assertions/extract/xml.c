/* The body as XML or as HTML: XPaths and what is expected at each. */
#include "assertions/assertions.h"
#include "assertions/extract.h"

/* What a prefix means stands beside the path: the same text is another check
 * elsewhere. */
static void compile(struct compiling *compiling,
                    const struct extractor *extractor,
                    const struct member *member, const char *words)
{
    struct members members = extractor_members(compiling, member, 0);
    struct xml_namespaces namespaces = namespaces_take(compiling, &members);
    struct sharing *sharing = compiling->sharing;

    compiling->holds_body = true;
    if (namespaces.count)
        compiling->sharing = NULL;
    for (size_t i = 0; i < members.count; i++) {
        const struct member *path = &members.list[i];
        struct check *check =
            check_add(compiling, extractor, path, DOMAIN_ANY, words);

        check->counts = matcher_counts(&check->matcher);
        if (!check->xpath)
            check->xpath = xpath_compile_at(compiling, check->name,
                                            path->key_at, namespaces);
    }
    compiling->sharing = sharing;
}

static void xml_compile(struct compiling *compiling,
                        const struct extractor *extractor,
                        const struct member *member)
{
    compile(compiling, extractor, member, "xml");
}

static void html_compile(struct compiling *compiling,
                         const struct extractor *extractor,
                         const struct member *member)
{
    compile(compiling, extractor, member, "html");
}

static bool look(struct answer *answer, const struct check *check,
                 const struct xml_document *document, struct value *value)
{
    struct matching *matching = answer->matching;

    if (!markup_find(check->xpath, document, answer->is_explaining, matching,
                     value))
        matching->wrong = check->at;
    if (value->kind == VALUE_ABSENT && check->counts)
        *value = (struct value){.kind = VALUE_LIST, .is_selected = true};
    if (!value->path)
        value->path = check->name;
    return true;
}

static bool xml_look(struct answer *answer, const struct check *check,
                     size_t number, struct value *value)
{
    return number == 0 &&
           look(answer, check, answer_markup(answer, MARKUP_XML), value);
}

static bool html_look(struct answer *answer, const struct check *check,
                      size_t number, struct value *value)
{
    return number == 0 &&
           look(answer, check, answer_markup(answer, MARKUP_HTML), value);
}

const struct extractor xml_extractor = {
    .of_document = DOCUMENT_XML,
    .compile = xml_compile,
    .look = xml_look,
};

const struct extractor html_extractor = {
    .of_document = DOCUMENT_HTML,
    .compile = html_compile,
    .look = html_look,
};
