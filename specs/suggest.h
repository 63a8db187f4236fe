/* The variable that somebody most likely meant. Private to specs/. */
#pragma once

#include <jansson.h>

#include "specs/base/map.h"

/* Among the keys of an object and the names of a map; NULL when none is near.
 * Borrowed from them. */
const char *suggest_name(const char *wrong, json_t *values,
                         const struct map *names);
