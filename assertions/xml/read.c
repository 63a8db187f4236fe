/* Reads what a stranger sent. What its DTD says is never followed: entities are
 * not even noted, so that whoever refers to one refers to nothing, and a
 * default for an attribute, which costs a few bytes and is copied into each
 * element, is refused. */
#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xpath.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "assertions/xml/tree.h"

enum {
    XML_OPTIONS = XML_PARSE_NONET | XML_PARSE_NOCDATA | XML_PARSE_NOERROR |
                  XML_PARSE_NOWARNING | XML_PARSE_BIG_LINES | XML_PARSE_COMPACT,
    HTML_OPTIONS = HTML_PARSE_RECOVER | HTML_PARSE_NONET | HTML_PARSE_NOERROR |
                   HTML_PARSE_NOWARNING | HTML_PARSE_NODEFDTD |
                   HTML_PARSE_COMPACT,
};

/* One reading; the parser's `_private`. */
struct reading {
    struct xml_trouble *trouble;
    bool is_refused; /* the trouble is set */
    startElementSAXFunc start_html;
};

void xml_words(char *room, size_t most, const char *words)
{
    size_t length = strcspn(words, "\n");

    if (length && words[length - 1] == '.')
        length--;
    if (length >= most) {
        length = most - 1;
        while (length && ((unsigned char)words[length] & 0xc0) == 0x80)
            length--;
    }
    memcpy(room, words, length);
    room[length] = '\0';
}

/* The first trouble is told, and nothing is read behind it. */
static void refuse(xmlParserCtxt *parser, const char *words)
{
    struct reading *reading = parser->_private;

    if (reading->is_refused)
        return;
    reading->is_refused = true;
    xml_words(reading->trouble->text, sizeof(reading->trouble->text), words);
    reading->trouble->line = (unsigned)xmlSAX2GetLineNumber(parser);
    reading->trouble->column = (unsigned)xmlSAX2GetColumnNumber(parser);
    xmlStopParser(parser);
}

static bool is_of_entity(const xmlError *error)
{
    return error->code == XML_ERR_UNDECLARED_ENTITY ||
           error->code == XML_WAR_UNDECLARED_ENTITY;
}

static bool is_of_depth(const xmlError *error)
{
    return error->code == XML_ERR_INTERNAL_ERROR &&
           strncmp(error->message, "Excessive depth", 15) == 0;
}

static void depth_words(char *room, size_t most)
{
    snprintf(room, most, "it is nested deeper than %d elements",
             LIMIT_XML_DEPTH);
}

/* What libxml2 mends is no trouble. */
static void on_error(void *data, xmlError *error)
{
    xmlParserCtxt *parser = data;
    struct reading *reading = parser->_private;
    char words[sizeof(reading->trouble->text)];

    if (reading->is_refused || !error->message)
        return;
    if (is_of_entity(error)) {
        snprintf(words, sizeof(words),
                 "the entity \"%.100s\" is none of XML's own five, and no "
                 "other is expanded",
                 error->str1 ? error->str1 : "");
    } else if (is_of_depth(error)) {
        depth_words(words, sizeof(words));
    } else if (error->level == XML_ERR_FATAL && !parser->html) {
        xml_words(words, sizeof(words), error->message);
    } else {
        return;
    }
    refuse(parser, words);
    if (error->line > 0) {
        reading->trouble->line = (unsigned)error->line;
        reading->trouble->column = (unsigned)error->int2;
    }
}

/* libxml2 tells what is wrong of XML alone; of a page that is too deep it would
 * keep what it has. */
static void on_start_html(void *data, const xmlChar *name,
                          const xmlChar **attributes)
{
    xmlParserCtxt *parser = data;
    const struct reading *reading = parser->_private;
    char words[80];

    if (parser->nodeNr < LIMIT_XML_DEPTH) {
        reading->start_html(data, name, attributes);
        return;
    }
    depth_words(words, sizeof(words));
    refuse(parser, words);
}

/* Called behind the internal DTD: no other one is read. */
static void on_dtd_end(void *data, const xmlChar *name,
                       const xmlChar *public_id, const xmlChar *system_id)
{
    xmlParserCtxt *parser = data;

    (void)name;
    (void)public_id;
    (void)system_id;
    if (parser->attsDefault)
        refuse(parser, "its DTD has defaults for attributes, and what a DTD "
                       "says is not followed");
}

/* An entity that is not declared is none. */
static void hear(xmlParserCtxt *parser, struct reading *reading)
{
    parser->_private = reading;
    parser->sax->serror = on_error;
    parser->sax->entityDecl = NULL;
    parser->sax->attributeDecl = NULL;
    parser->sax->externalSubset = on_dtd_end;
    reading->start_html = parser->sax->startElement;
    if (parser->html)
        parser->sax->startElement = on_start_html;
}

/* What libxml2 read of it; NULL with the trouble told. */
static xmlDoc *settle(xmlParserCtxt *parser, const struct reading *reading,
                      xmlDoc *doc)
{
    if (doc && !reading->is_refused) {
        xmlXPathOrderDocElems(doc); /* or sorting would search for siblings */
        return doc;
    }
    if (!reading->is_refused) {
        xml_words(reading->trouble->text, sizeof(reading->trouble->text),
                  parser->html ? "there is nothing in it"
                               : "it ends where it should begin");
    }
    xmlFreeDoc(doc);
    return NULL;
}

static xmlDoc *read_xml(struct text text, const char *uri, const char *charset,
                        struct xml_trouble *trouble)
{
    xmlParserCtxt *parser = xmlNewParserCtxt();
    struct reading reading = {.trouble = trouble};
    xmlDoc *doc;

    hear(parser, &reading);
    doc = xmlCtxtReadMemory(parser, text.bytes, (int)text.length, uri, charset,
                            XML_OPTIONS | (charset ? XML_PARSE_IGNORE_ENC : 0));
    doc = settle(parser, &reading, doc);
    xmlFreeParserCtxt(parser);
    return doc;
}

static xmlDoc *read_html(struct text text, const char *charset,
                         struct xml_trouble *trouble)
{
    htmlParserCtxt *parser = htmlNewParserCtxt();
    struct reading reading = {.trouble = trouble};
    xmlDoc *doc;

    hear(parser, &reading);
    doc = htmlCtxtReadMemory(
        parser, text.bytes, (int)text.length, NULL, charset,
        HTML_OPTIONS | (charset ? HTML_PARSE_IGNORE_ENC : 0));
    doc = settle(parser, &reading, doc);
    htmlFreeParserCtxt(parser);
    return doc;
}

xmlDoc *xml_read_file(struct text text, const char *uri,
                      struct xml_trouble *trouble)
{
    return read_xml(text, uri, NULL, trouble);
}

/* NULL is known. */
static bool is_known(const char *charset, struct xml_trouble *trouble)
{
    xmlCharEncodingHandler *handler;

    if (!charset)
        return true;
    handler = xmlFindCharEncodingHandler(charset);
    if (handler)
        xmlCharEncCloseFunc(handler);
    else
        snprintf(trouble->text, sizeof(trouble->text),
                 "the charset \"%.100s\" is not known", charset);
    return handler;
}

struct xml_document *xml_read(enum markup markup, struct text text,
                              const char *charset, struct xml_trouble *trouble)
{
    struct xml_document *document;
    xmlDoc *doc;

    *trouble = (struct xml_trouble){0};
    if (!is_known(charset, trouble))
        return NULL;
    if (text.length > INT_MAX) { /* what libxml2 can count */
        snprintf(trouble->text, sizeof(trouble->text),
                 "it is larger than %d bytes", INT_MAX);
        return NULL;
    }
    doc = markup == MARKUP_HTML ? read_html(text, charset, trouble)
                                : read_xml(text, NULL, charset, trouble);
    if (!doc)
        return NULL;
    document = must_alloc(sizeof(*document));
    document->doc = doc;
    return document;
}

void xml_close(struct xml_document *document)
{
    if (!document)
        return;
    xmlFreeDoc(document->doc);
    free(document);
}

const char *xml_default_namespace(const struct xml_document *document)
{
    const xmlNode *root = xmlDocGetRootElement(document->doc);

    return root && root->ns && !root->ns->prefix ? plain(root->ns->href) : NULL;
}
