/* The parts of the translator of ecma.c. Private to it. */
#pragma once

#include "assertions/schema/ecma.h"
#include "specs/base/arena.h"
#include "specs/base/map.h"

/* An open parenthesis. */
struct ecma_opened {
    const char *at;
    bool is_assertion;
};

/* A walk over the pattern that writes the translation. Nesting is kept in a
 * list, so that no pattern makes us recurse. */
struct ecma {
    const char *start, *at, *end;
    struct buffer *out;
    struct pattern_trouble *trouble;
    struct arena names;
    struct map numbers; /* of groups with a name, as pointers */
    size_t group_count;
    struct ecma_opened *opened;
    size_t opened_count, opened_room;
    bool can_repeat; /* what was written last */
};

/* What stands for one character: itself, or any of a set. */
struct ecma_item {
    bool is_set;
    uint32_t point; /* may be a surrogate by itself */
    char set[320];  /* as PCRE2 writes it within a class */
};

/* Always false: the trouble is at this place. */
bool ecma_refuse(struct ecma *ecma, const char *at, const char *format, ...)
    PRINTF_LIKE(3, 4);
/* False, and told, when the ceiling is reached. */
bool ecma_put(struct ecma *ecma, const char *text) NODISCARD;
bool ecma_put_point(struct ecma *ecma, uint32_t point) NODISCARD;

/* The next byte, NUL behind the last one. */
char ecma_peek(const struct ecma *ecma);
bool ecma_take(struct ecma *ecma, char c);
bool ecma_take_text(struct ecma *ecma, const char *text);

/* A character that means itself. */
bool ecma_read_literal(struct ecma *ecma, uint32_t *point) NODISCARD;

/* An escape that stands for a character, behind its backslash. */
bool ecma_read_escape(struct ecma *ecma, struct ecma_item *item) NODISCARD;

/* "\p{...}", behind the "p" or "P" that is given. */
bool ecma_read_property(struct ecma *ecma, char letter,
                        struct ecma_item *item) NODISCARD;

/* A class, behind its "[". */
bool ecma_copy_class(struct ecma *ecma) NODISCARD;

/* Counts the groups of the whole pattern and enters their names, since a
 * reference may come before its group. */
bool ecma_count_groups(struct ecma *ecma) NODISCARD;
/* At "(" and ")". */
bool ecma_open_group(struct ecma *ecma) NODISCARD;
bool ecma_close_group(struct ecma *ecma) NODISCARD;
/* References, behind the backslash: "1" and "k<name>". */
bool ecma_copy_number(struct ecma *ecma) NODISCARD;
bool ecma_copy_name(struct ecma *ecma) NODISCARD;

/* Nothing, and everything, as the members of a class. */
#define ECMA_NOTHING "\\P{Any}"

/* Whether the code point is half of a pair in UTF-16, which no text holds. */
static inline bool ecma_is_surrogate(uint32_t point)
{
    return point >= 0xd800 && point <= 0xdfff;
}
