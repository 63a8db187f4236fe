/* What arrivals are called, beside what assertions.h says of them. */
#pragma once

#include "assertions/assertions.h"

/* The name that was likely meant, or NULL. */
const char *arrival_nearest(const char *wrong);
