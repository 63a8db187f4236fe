/* JSON values, made, printed and compared. */
#pragma once

#include "specs/specs.h"

/* Each is the caller's; the test ends if a text is not JSON. */
json_t *value_read(const char *text);
char *value_print(const json_t *value);
/* [[...]], so many levels deep. */
json_t *value_nest(size_t depth);

/* The whole text as a node; its value is the caller's. */
struct node value_node(struct arena *arena, const char *path, const char *text);

/* Prints the same text. */
void value_expect(const json_t *value, const char *wanted);
