/* XML, HTML, XPath 1.0, XML Schema and RELAX NG: libxml2 behind one door.
 *
 * What a stranger sent is read with nothing from outside: no network, no file,
 * no DTD; no entity is expanded but the five that every XML has. Nesting,
 * steps of an XPath and the texts that it yields have limits. Nothing is ever
 * printed.
 *
 * Documents belong to one thread. What is compiled is constant, and any thread
 * may use it: libxml2 keeps in a compiled XPath which function a name stands
 * for, and finds the same one whoever looks. */
#pragma once

#include "assertions/pattern.h"
#include "specs/base/arena.h"
#include "specs/base/buffer.h"
#include "specs/base/fault.h"

enum markup {
    MARKUP_XML,
    MARKUP_HTML, /* as browsers would make something of it; any text is one */
};

/* Why a text is no document, and where; line 0: nowhere in particular. */
struct xml_trouble {
    char text[256];
    unsigned line;
    unsigned column;
};

struct xml_document;

/* NULL with *trouble set. The charset is what is known of it from outside, and
 * prevails over what the text says of itself; NULL when nothing is. */
struct xml_document *xml_read(enum markup markup, struct text text,
                              const char *charset, struct xml_trouble *trouble);
void xml_close(struct xml_document *document);

struct xml_namespace {
    const char *prefix;
    const char *uri;
};

struct xml_namespaces {
    size_t count;
    const struct xml_namespace *list;
};

/* What is wrong with an XPath, and at which byte of it. */
struct xpath_trouble {
    char text[256];
    size_t offset;
};

struct xpath;

/* The arena's; NULL with *trouble set. The namespaces are borrowed for as long;
 * the text is not. */
const struct xpath *xpath_compile(struct arena *arena, const char *text,
                                  struct xml_namespaces namespaces,
                                  struct xpath_trouble *trouble);

enum xpath_yield { YIELDS_NODES, YIELDS_TEXT, YIELDS_TRUTH, YIELDS_NUMBER };

/* A node that was selected, by its string-value (XPath, section 5). */
struct xpath_node {
    struct text text;
    const char *path; /* `/order/item[2] (line 7)`; NULL unless asked for */
};

struct xpath_result {
    bool with_paths; /* of nodes: the caller's to set */
    enum xpath_yield yield;
    size_t count; /* of the nodes, which are in the order of the document */
    const struct xpath_node *nodes;
    struct text text;
    bool truth;
    double number; /* may be NaN, or infinite */
};

/* Texts are UTF-8, in the arena. False with the fault raised when it cannot be
 * evaluated, or when a limit was passed. */
bool xpath_evaluate(const struct xpath *xpath,
                    const struct xml_document *document, struct arena *arena,
                    struct xpath_result *result, struct fault *fault) NODISCARD;

/* The namespace that the document's root is in without a prefix, for those who
 * looked for it without one; NULL. Borrowed from the document. */
const char *xml_default_namespace(const struct xml_document *document);

enum grammar_kind { GRAMMAR_XSD, GRAMMAR_RNG };

struct grammar;

/* A schema's mistake, and in which file. */
struct grammar_trouble {
    const char *path; /* in the arena */
    unsigned line;    /* 0: the whole file */
    unsigned column;  /* 0: not known */
    char text[320];
};

/* The schema in the file, with the files that it is made of, which must be
 * below `root` as well; both paths are real ones. The arena's; NULL with
 * *trouble set. */
const struct grammar *grammar_read(enum grammar_kind kind, struct arena *arena,
                                   const char *path, const char *root,
                                   struct grammar_trouble *trouble);

/* The first thing that is wrong with a document, and how many there are. */
struct grammar_finding {
    size_t count; /* 0: it is valid */
    const char *path;
    const char *text;
};

/* Texts are in the arena. False with the fault raised when it cannot be said.
 */
bool grammar_check(const struct grammar *grammar,
                   const struct xml_document *document, struct arena *arena,
                   struct grammar_finding *finding,
                   struct fault *fault) NODISCARD;
