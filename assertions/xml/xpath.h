/* Private to the XPaths. */
#pragma once

#include <libxml/xpath.h>

#include "assertions/xml/tree.h"

/* Whether every name in the XPath is known: prefixes, functions, and that there
 * are no variables. libxml2 would find that out where it comes to it, which may
 * be in one document and not in another. The XPath is one otherwise. */
bool xpath_names_are_known(const char *text,
                           const struct xml_namespaces *namespaces,
                           struct xpath_trouble *trouble) NODISCARD;

/* Always false. */
bool xpath_refuse(struct xpath_trouble *trouble, size_t offset,
                  const char *format, ...) PRINTF_LIKE(3, 4);
