/* The handful of words that every file may use. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define NODISCARD               __attribute__((warn_unused_result))
#define PRINTF_LIKE(text, args) __attribute__((format(printf, text, args)))

/* Frees a local when its block ends: CLEANUP(plan_freep) struct plan *plan. */
#define CLEANUP(destroy) __attribute__((cleanup(destroy)))

/* Hands on what a CLEANUP local holds, which then holds nothing. */
#define TAKE(pointer)                                                          \
    ({                                                                         \
        __typeof__(pointer) *take_from = &(pointer);                           \
        __typeof__(pointer) taken = *take_from;                                \
        *take_from = NULL;                                                     \
        taken;                                                                 \
    })

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

#define container_of(pointer, type, member)                                    \
    ({                                                                         \
        __typeof__(((type *)0)->member) *inner = (pointer);                    \
        (type *)(void *)((char *)inner - offsetof(type, member));              \
    })

/* Memory or the end of the program, with one line on stderr: see style of
 * memory in CONTRIBUTING.md. must_alloc() zeroes. */
void *must_alloc(size_t size) NODISCARD;
void *must_resize(void *memory, size_t size) NODISCARD;
char *must_copy(const char *text) NODISCARD;

/* Frees what a char * local points to, for CLEANUP. */
void freep(char **pointer);

/* Reads a whole decimal number, nothing before or after it, no sign, no more
 * than `most`. The only way that text becomes a count. */
bool read_count(const char *text, uint64_t most, uint64_t *result) NODISCARD;
