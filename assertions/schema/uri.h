/* URIs as schemas name each other by them: RFC 3986, and what of it urn: and
 * tag: need. No door to a library: curl takes only URLs with a host. Private
 * to assertions/schema. */
#pragma once

#include "specs/base/arena.h"

/* What the reference means where the base is in force (section 5.2), fragment
 * included. The base may be a URI of any scheme. */
char *uri_resolve(struct arena *arena, const char *base,
                  const char *reference) NODISCARD;

/* The URI without its fragment; *fragment is what stood behind the "#",
 * decoded, or NULL where nothing did. */
char *uri_split(struct arena *arena, const char *uri,
                const char **fragment) NODISCARD;

/* "file:///a%20b" of "/a b", an absolute path, and the path again: NULL where
 * the URI is no file's of this machine. */
char *uri_of_path(struct arena *arena, const char *path) NODISCARD;
char *uri_path(struct arena *arena, const char *uri) NODISCARD;

/* The text with every %XX replaced by its byte, but %00. */
char *uri_decode(struct arena *arena, const char *text,
                 size_t length) NODISCARD;
