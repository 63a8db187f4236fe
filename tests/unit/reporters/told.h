/* Looks for a part in what was told. */
#pragma once

#include <stddef.h>

/* Ends the test where it is not there. */
void expect_part(const char *told, const char *wanted);
/* How often it is there. */
size_t count_of(const char *told, const char *part);
