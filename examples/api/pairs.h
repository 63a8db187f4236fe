/* What a request says by name, as JSON objects: a name that is given several
 * times has a list of its values. */
#pragma once

#include "examples/api/call.h"
#include <jansson.h>

/* Takes the value. */
void pairs_add(json_t *pairs, const char *name, size_t length, json_t *value);

/* Headers, cookies or query keys. */
json_t *pairs_of(const struct call *call, enum MHD_ValueKind kind) NODISCARD;

/* The fields of a form, urlencoded or multipart, go into one object and its
 * files into the other. False when the body is no form. */
bool pairs_of_form(const struct call *call, json_t *fields, json_t *files);
