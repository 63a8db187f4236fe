#include "specs/base/base.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *or_die(void *memory)
{
    if (!memory) {
        fputs("volley: out of memory\n", stderr);
        abort();
    }
    return memory;
}

void *must_alloc(size_t size)
{
    return or_die(calloc(1, size ? size : 1));
}

void *must_resize(void *memory, size_t size)
{
    return or_die(realloc(memory, size ? size : 1));
}

char *must_copy(const char *text)
{
    return or_die(strdup(text));
}

void freep(char **pointer)
{
    free(*pointer);
    *pointer = NULL;
}

bool read_count(const char *text, uint64_t most, uint64_t *result)
{
    uint64_t value = 0;

    if (!*text)
        return false;
    for (; *text; text++) {
        uint64_t digit = (uint64_t)(*text - '0');

        if (*text < '0' || *text > '9')
            return false;
        if (digit > most || value > (most - digit) / 10)
            return false;
        value = value * 10 + digit;
    }
    *result = value;
    return value <= most;
}
