/* The first line is an XPath, the rest the document. Besides not crashing: what
 * is selected is the same with and without the places, and what is wrong is
 * said. */
#include <stdlib.h>
#include <string.h>

#include "assertions/xml/xml.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
    if (!holds)
        abort();
}

static void check_same(const struct xpath_result *a,
                       const struct xpath_result *b)
{
    must(a->yield == b->yield && a->count == b->count && a->truth == b->truth);
    must(a->text.length == b->text.length);
    for (size_t i = 0; i < a->count; i++) {
        struct text text = a->nodes[i].text;

        must(text.length == b->nodes[i].text.length);
        must(memcmp(text.bytes, b->nodes[i].text.bytes, text.length) == 0);
        must(!b->nodes[i].path);
    }
}

static void evaluate(const struct xpath *xpath,
                     const struct xml_document *document, struct arena *arena)
{
    struct xpath_result with = {.with_paths = true}, without = {0};
    struct fault fault = {0};

    if (!xpath_evaluate(xpath, document, arena, &with, &fault)) {
        must(fault.raised && fault.text[0]);
        return;
    }
    must(!fault.raised);
    must(xpath_evaluate(xpath, document, arena, &without, &fault));
    check_same(&with, &without);
}

static void read_as(enum markup markup, struct text text,
                    const struct xpath *xpath, struct arena *arena)
{
    struct xml_trouble trouble;
    struct xml_document *document = xml_read(markup, text, NULL, &trouble);

    must(document || trouble.text[0]);
    if (xpath && document)
        evaluate(xpath, document, arena);
    xml_close(document);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct xml_namespace list[] = {{"a", "urn:a"}};
    static const struct xml_namespaces namespaces = {1, list};
    struct arena arena = {0};
    const char *text = (const char *)data;
    const char *line = size ? memchr(text, '\n', size) : NULL;
    size_t length = line ? (size_t)(line - text) : size;
    const char *query = arena_copy_bytes(&arena, text, length);
    struct xpath_trouble trouble = {0};
    const struct xpath *xpath =
        xpath_compile(&arena, query, namespaces, &trouble);

    must(xpath || (trouble.text[0] && trouble.offset <= strlen(query)));
    if (line)
        read_as(MARKUP_XML, (struct text){line + 1, size - length - 1}, xpath,
                &arena);
    arena_finish(&arena);
    return 0;
}
