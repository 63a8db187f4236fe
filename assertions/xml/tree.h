/* What the files of this folder know of libxml2's. */
#pragma once

#include <libxml/tree.h>
#include <libxml/xmlerror.h>

#include "assertions/xml/xml.h"

struct xml_document {
    xmlDoc *doc;
};

static inline const char *plain(const xmlChar *text)
{
    return (const char *)text;
}

static inline const xmlChar *xml(const char *text)
{
    return (const xmlChar *)text;
}

/* libxml2's words without the end of their line, at most `most` bytes with the
 * NUL; characters stay whole. */
void xml_words(char *room, size_t most, const char *words);

/* `/order/item[2] (line 7)`, in the arena; the path is left out where it would
 * cost too much, or there is none. */
const char *xml_place(struct arena *arena, xmlNode *node, bool with_path);

/* What stands in a file of ours, read like what strangers send. */
xmlDoc *xml_read_file(struct text text, const char *uri,
                      struct xml_trouble *trouble);
