/* Private to the schemas of XML. */
#pragma once

#include "assertions/xml/tree.h"

/* The file, once it and all files that it is made of were found well formed and
 * below `root`. libxml2 would take them from anywhere, the network included,
 * and print what is wrong with them. xmlFreeDoc() it; NULL with *trouble set.
 */
xmlDoc *grammar_read_files(struct arena *arena, const char *path,
                           const char *root, struct grammar_trouble *trouble);
