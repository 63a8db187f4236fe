/* XML Schema 1.0 and RELAX NG. What is compiled is read by any thread; what one
 * check takes is made for it. */
#include "assertions/xml/grammar.h"

#include <libxml/relaxng.h>
#include <libxml/uri.h>
#include <libxml/xmlschemas.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct grammar {
    enum grammar_kind kind;
    xmlDoc *doc; /* the schema knows its places by it */
    xmlSchema *xsd;
    xmlRelaxNG *rng;
};

static void release(void *item)
{
    struct grammar *grammar = item;

    xmlSchemaFree(grammar->xsd);
    xmlRelaxNGFree(grammar->rng);
    xmlFreeDoc(grammar->doc);
}

/* What is wrong with the schema itself: the first of it. */
struct compiling_grammar {
    struct arena *arena;
    struct grammar_trouble *trouble;
    bool is_told;
};

static void on_mistake(void *data, xmlError *error)
{
    struct compiling_grammar *compiling = data;
    struct grammar_trouble *trouble = compiling->trouble;

    if (compiling->is_told || error->level == XML_ERR_WARNING ||
        !error->message)
        return;
    compiling->is_told = true;
    if (error->file) {
        char *path = xmlURIUnescapeString(error->file, 0, NULL);

        trouble->path = arena_copy(compiling->arena, path ? path : error->file);
        xmlFree(path);
    }
    trouble->line = error->line > 0 ? (unsigned)error->line : 0;
    xml_words(trouble->text, sizeof(trouble->text), error->message);
}

static void compile_xsd(struct grammar *grammar,
                        struct compiling_grammar *compiling)
{
    xmlSchemaParserCtxt *parser = xmlSchemaNewDocParserCtxt(grammar->doc);

    xmlSchemaSetParserStructuredErrors(parser, on_mistake, compiling);
    grammar->xsd = xmlSchemaParse(parser);
    xmlSchemaFreeParserCtxt(parser);
}

static void compile_rng(struct grammar *grammar,
                        struct compiling_grammar *compiling)
{
    xmlRelaxNGParserCtxt *parser = xmlRelaxNGNewDocParserCtxt(grammar->doc);

    xmlRelaxNGSetParserStructuredErrors(parser, on_mistake, compiling);
    grammar->rng = xmlRelaxNGParse(parser);
    xmlRelaxNGFreeParserCtxt(parser);
}

const struct grammar *grammar_read(enum grammar_kind kind, struct arena *arena,
                                   const char *path, const char *root,
                                   struct grammar_trouble *trouble)
{
    struct compiling_grammar compiling = {.arena = arena, .trouble = trouble};
    struct grammar *grammar = arena_take(arena, sizeof(*grammar));

    *trouble = (struct grammar_trouble){.path = path};
    grammar->kind = kind;
    grammar->doc = grammar_read_files(arena, path, root, trouble);
    if (!grammar->doc)
        return NULL;
    arena_own(arena, grammar, release);
    if (kind == GRAMMAR_XSD)
        compile_xsd(grammar, &compiling);
    else
        compile_rng(grammar, &compiling);
    if (grammar->xsd || grammar->rng)
        return grammar;
    if (!compiling.is_told)
        snprintf(trouble->text, sizeof(trouble->text), "it is no schema");
    return NULL;
}

/* What is wrong with a document: the first of it, and how much there is. */
struct checking {
    struct arena *arena;
    struct grammar_finding *finding;
};

static void on_finding(void *data, xmlError *error)
{
    struct checking *checking = data;
    struct grammar_finding *finding = checking->finding;
    char words[512];

    if (error->level == XML_ERR_WARNING || !error->message || finding->count++)
        return;
    xml_words(words, sizeof(words), error->message);
    finding->text = arena_copy(checking->arena, words);
    if (error->node)
        finding->path = xml_place(checking->arena, error->node, true);
}

static int check_xsd(const struct grammar *grammar, xmlDoc *doc,
                     struct checking *checking)
{
    xmlSchemaValidCtxt *context = xmlSchemaNewValidCtxt(grammar->xsd);
    int result;

    xmlSchemaSetValidStructuredErrors(context, on_finding, checking);
    result = xmlSchemaValidateDoc(context, doc);
    xmlSchemaFreeValidCtxt(context);
    return result;
}

static int check_rng(const struct grammar *grammar, xmlDoc *doc,
                     struct checking *checking)
{
    xmlRelaxNGValidCtxt *context = xmlRelaxNGNewValidCtxt(grammar->rng);
    int result;

    xmlRelaxNGSetValidStructuredErrors(context, on_finding, checking);
    result = xmlRelaxNGValidateDoc(context, doc);
    xmlRelaxNGFreeValidCtxt(context);
    return result;
}

bool grammar_check(const struct grammar *grammar,
                   const struct xml_document *document, struct arena *arena,
                   struct grammar_finding *finding, struct fault *fault)
{
    struct checking checking = {arena, finding};
    int result;

    *finding = (struct grammar_finding){0};
    result = grammar->kind == GRAMMAR_XSD
                 ? check_xsd(grammar, document->doc, &checking)
                 : check_rng(grammar, document->doc, &checking);
    if (result < 0)
        return fault_raise(fault, (struct place){0},
                           "libxml2 could not check the document");
    if (result > 0 && !finding->count) {
        finding->count = 1;
        finding->text = "the document is not valid";
    }
    if (result == 0)
        finding->count = 0;
    return true;
}
