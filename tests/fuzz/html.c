/* A page. Besides not crashing: it is read, or it is said why not, and what is
 * in it can be told. */
#include <stdlib.h>

#include "assertions/xml/xml.h"
#include "specs/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
    if (!holds)
        abort();
}

static void look(const struct xml_document *document)
{
    static const struct xml_namespaces none;
    struct arena arena = {0};
    struct xpath_trouble trouble;
    struct xpath_result result = {.with_paths = true};
    struct fault fault = {0};
    const struct xpath *xpath =
        xpath_compile(&arena, "//*[@*]|//@*|//text()", none, &trouble);

    must(xpath);
    if (xpath_evaluate(xpath, document, &arena, &result, &fault)) {
        for (size_t i = 0; i < result.count; i++)
            json_decref(json_stringn(result.nodes[i].text.bytes,
                                     result.nodes[i].text.length));
    } else {
        must(fault.raised && fault.text[0]);
    }
    arena_finish(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct text text = {(const char *)data, size};
    struct xml_trouble trouble;
    struct xml_document *document = xml_read(MARKUP_HTML, text, NULL, &trouble);

    must(document || trouble.text[0]);
    if (document)
        look(document);
    xml_close(document);
    return 0;
}
