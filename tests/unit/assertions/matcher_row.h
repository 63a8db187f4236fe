/* A matcher, a value, and what is said when they do not agree. */
#pragma once

#include <stddef.h>

struct matcher_row {
    const char *matcher; /* for $.v */
    const char *value;   /* of v; NULL: there is none */
    const char *message; /* behind "json $.v"; NULL: it holds */
};

void matcher_rows_judge(const struct matcher_row *rows, size_t count);
