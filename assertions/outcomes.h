/* What a race is expected to come to. Private to outcomes*.c. */
#pragma once

#include "assertions/assertions.h"
#include "assertions/matcher.h"

/* One key of `outcomes`. */
struct outcome {
    struct spot at;
    const char *key;
    enum arrival arrival;
    long status;  /* 0: of an error or a class */
    char class;   /* '5': of 5xx; '\0': none */
    bool is_rest; /* takes what no other key counts */
    struct matcher matcher;
};

/* The one that is the rest; NULL. */
const struct outcome *outcomes_find_rest(const struct list *outcomes);
