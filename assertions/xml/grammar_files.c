#include <errno.h>
#include <libxml/uri.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "assertions/xml/grammar.h"

/* One walk through the files of a schema. */
struct walk {
    struct arena *arena;
    const char *root;
    struct grammar_trouble *trouble;
    size_t count;
    const char *seen[LIMIT_GRAMMAR_FILES]; /* real paths */
};

static bool refuse(struct walk *walk, const char *path, unsigned line,
                   const char *words)
{
    *walk->trouble = (struct grammar_trouble){.path = path, .line = line};
    snprintf(walk->trouble->text, sizeof(walk->trouble->text), "%s", words);
    return false;
}

/* Everything in the file, in the arena; no bytes with errno set. */
static struct text read_whole(struct arena *arena, const char *path)
{
    struct text none = {0}, whole = none;
    FILE *file = fopen(path, "re");
    struct buffer buffer = buffer_with_ceiling(LIMIT_SPEC_BYTES);
    char piece[16 * 1024];
    size_t got;

    if (!file)
        return none;
    while ((got = fread(piece, 1, sizeof(piece), file)) > 0) {
        if (!buffer_add(&buffer, piece, got)) {
            errno = EFBIG;
            break;
        }
    }
    if (!ferror(file) && feof(file)) {
        whole = (struct text){
            arena_copy_bytes(arena, buffer_text(&buffer), buffer.length),
            buffer.length};
    }
    buffer_finish(&buffer);
    fclose(file);
    return whole;
}

static xmlDoc *read_file(struct walk *walk, const char *path)
{
    struct text text = read_whole(walk->arena, path);
    struct xml_trouble trouble = {0};
    xmlChar *uri;
    xmlDoc *doc;
    char words[64];

    if (!text.bytes) {
        refuse(walk, path, 0, strerror_r(errno, words, sizeof(words)));
        return NULL;
    }
    uri = xmlPathToURI(xml(path));
    doc = xml_read_file(text, plain(uri), &trouble);
    xmlFree(uri);
    if (!doc) {
        refuse(walk, path, trouble.line, trouble.text);
        walk->trouble->column = trouble.column;
    }
    return doc;
}

static bool is_below(const char *path, const char *root)
{
    size_t length = strlen(root);

    if (length && root[length - 1] == '/')
        length--;
    return strncmp(path, root, length) == 0 && path[length] == '/';
}

static bool is_seen(const struct walk *walk, const char *real)
{
    for (size_t i = 0; i < walk->count; i++)
        if (strcmp(walk->seen[i], real) == 0)
            return true;
    return false;
}

/* The name of what leads from one file to another; NULL for everything else. */
static const char *reference_name(const xmlNode *node)
{
    static const char *const rows[][3] = {
        {"http://www.w3.org/2001/XMLSchema", "include", "schemaLocation"},
        {"http://www.w3.org/2001/XMLSchema", "import", "schemaLocation"},
        {"http://www.w3.org/2001/XMLSchema", "redefine", "schemaLocation"},
        {"http://relaxng.org/ns/structure/1.0", "include", "href"},
        {"http://relaxng.org/ns/structure/1.0", "externalRef", "href"},
    };

    for (size_t i = 0; i < COUNT(rows) && node->ns; i++) {
        if (strcmp(plain(node->ns->href), rows[i][0]) == 0 &&
            strcmp(plain(node->name), rows[i][1]) == 0)
            return rows[i][2];
    }
    return NULL;
}

/* As libxml2 resolves it; in the arena. NULL for what is no path. */
static const char *resolve(struct walk *walk, const xmlNode *node,
                           const xmlChar *reference)
{
    xmlChar *base = xmlNodeGetBase(node->doc, node);
    xmlChar *uri = xmlBuildURI(reference, base);
    char *path = NULL;
    const char *result = NULL;

    if (uri && uri[0] == '/' && uri[1] != '/')
        path = xmlURIUnescapeString(plain(uri), 0, NULL);
    if (path)
        result = arena_copy(walk->arena, path);
    xmlFree(path);
    xmlFree(uri);
    xmlFree(base);
    return result;
}

static bool walk_file(struct walk *walk, const char *path, const char *from,
                      unsigned line);

static bool follow(struct walk *walk, const char *path, const xmlNode *node)
{
    const char *name =
        node->type == XML_ELEMENT_NODE ? reference_name(node) : NULL;
    xmlChar *reference = name ? xmlGetNoNsProp(node, xml(name)) : NULL;
    const char *target = reference ? resolve(walk, node, reference) : NULL;
    unsigned line = (unsigned)xmlGetLineNo(node);
    bool is_reference = reference;

    xmlFree(reference);
    if (!is_reference)
        return true;
    if (!target) {
        return refuse(walk, path, line,
                      "a schema is only taken from a file: a relative path is "
                      "wanted here");
    }
    return walk_file(walk, target, path, line);
}

/* Every element in the order of the document. */
static const xmlNode *next_node(const xmlNode *node, const xmlNode *root)
{
    if (node->type == XML_ELEMENT_NODE && node->children)
        return node->children;
    while (node != root && !node->next)
        node = node->parent;
    return node == root ? NULL : node->next;
}

static bool walk_doc(struct walk *walk, const char *path, const xmlDoc *doc)
{
    const xmlNode *root = xmlDocGetRootElement(doc);

    for (const xmlNode *node = root; node; node = next_node(node, root))
        if (!follow(walk, path, node))
            return false;
    return true;
}

/* Files that lead to each other are walked once; how deep is limited by how
 * many there may be. */
static bool walk_file(struct walk *walk, const char *path, const char *from,
                      unsigned line)
{
    char real[PATH_MAX], words[sizeof(walk->trouble->text)];
    xmlDoc *doc;
    bool done;

    if (!realpath(path, real)) {
        snprintf(words, sizeof(words), "there is no file \"%.200s\"", path);
        return refuse(walk, from, line, words);
    }
    if (is_seen(walk, real))
        return true;
    if (!is_below(real, walk->root))
        return refuse(walk, from, line,
                      "it leads out of the file root (see --file-root)");
    if (walk->count == LIMIT_GRAMMAR_FILES) {
        snprintf(words, sizeof(words), "a schema of more than %d files",
                 LIMIT_GRAMMAR_FILES);
        return refuse(walk, from, line, words);
    }
    walk->seen[walk->count++] = arena_copy(walk->arena, real);
    doc = read_file(walk, arena_copy(walk->arena, path));
    done = doc && walk_doc(walk, path, doc);
    xmlFreeDoc(doc);
    return done;
}

xmlDoc *grammar_read_files(struct arena *arena, const char *path,
                           const char *root, struct grammar_trouble *trouble)
{
    struct walk walk = {.arena = arena, .root = root, .trouble = trouble};

    return walk_file(&walk, path, path, 0) ? read_file(&walk, path) : NULL;
}
