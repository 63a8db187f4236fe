/* Headers as libcurl takes them. */
#pragma once

#include "assertions/assertions.h"

struct curl_slist;

/* libcurl's spelling: "Name: value", "Name;" for an empty value, "Name:" for
 * none at all (value NULL), which suppresses one that it implies. The list lies
 * in the arena, so nobody frees it. */
struct curl_slist *header_list_make(struct arena *arena,
                                    const struct header *headers, size_t count);
