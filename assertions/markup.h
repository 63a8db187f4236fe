/* The body of one answer, read as XML or HTML, each once and only when asked
 * for; and what an XPath finds, as matchers see it. */
#pragma once

#include "assertions/literal.h"
#include "assertions/xml/xml.h"

struct response;

/* Zeroed memory was not read yet. */
struct markup_body {
    bool is_read;
    struct xml_document *document; /* NULL: the body is no such thing */
    struct xml_trouble trouble;
};

/* NULL when the body is none. */
const struct xml_document *markup_document(struct markup_body *body,
                                           enum markup markup,
                                           const struct response *response,
                                           struct arena *arena);
/* Why not, where, and what the body is instead. */
const char *markup_trouble(const struct markup_body *body, enum markup markup,
                           const struct response *response,
                           struct arena *arena);
void markup_finish(struct markup_body *body);

/* What the XPath finds: nothing, a text, a list of texts, a number, true or
 * false; with paths for those who explain. False with the matching's fault
 * raised. */
bool markup_find(const struct xpath *xpath, const struct xml_document *document,
                 bool with_paths, struct matching *matching,
                 struct value *value) NODISCARD;

/* Whether it asks how many there are: then nothing there is a list of none. */
struct matcher;
bool matcher_counts(const struct matcher *matcher);

/* The prefixes that the member "namespaces" declares, which is a member no more
 * then; mistakes are added. */
struct compiling;
struct xml_namespaces namespaces_take(struct compiling *compiling,
                                      struct members *members);
/* NULL, and told at its place inside of the text, when it is wrong. */
const struct xpath *xpath_compile_at(struct compiling *compiling,
                                     const char *text, struct spot at,
                                     struct xml_namespaces namespaces);
