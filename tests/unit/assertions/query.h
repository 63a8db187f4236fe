/* JSONPath queries, compiled and let go. */
#pragma once

#include "assertions/jsonpath/jsonpath.h"

void query_release(const struct jsonpath **path);

#define SCOPED_QUERY CLEANUP(query_release) const struct jsonpath *
#define SCOPED_ARENA CLEANUP(arena_finish) struct arena

/* Ends the test if there is a mistake in the text. */
const struct jsonpath *query_compile(struct arena *arena, const char *text);
