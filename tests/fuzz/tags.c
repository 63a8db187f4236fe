/* Any text as an expression over tags. What is compiled is judged with no tags,
 * with every tag that it names, and negated: then it must be the opposite. */
#include "specs/tags.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { TAGS_MOST = 64 };

struct named {
    size_t count;
    const char *tags[TAGS_MOST];
};

static void note(void *visitor, const char *tag)
{
    struct named *named = visitor;

    if (!*tag)
        abort();
    if (named->count < TAGS_MOST)
        named->tags[named->count++] = tag;
}

static const struct tag_expression *negate(struct arena *arena,
                                           const char *text)
{
    struct fault fault = {0};

    return tags_compile(arena, "-t", arena_print(arena, "not (%s)", text),
                        &fault);
}

static void judge(struct arena *arena, const char *text,
                  const struct tag_expression *expression)
{
    const struct tag_expression *opposite = negate(arena, text);
    struct named named = {.count = 0};

    tags_visit(expression, note, &named);
    if (!opposite) /* one level too deep */
        return;
    for (size_t i = 0; i <= named.count; i++) {
        if (tags_hold(expression, i, named.tags) ==
            tags_hold(opposite, i, named.tags))
            abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = {0};
    struct fault fault = {0};
    const char *text = arena_copy_bytes(&arena, (const char *)data, size);
    const struct tag_expression *expression =
        tags_compile(&arena, "-t", text, &fault);

    if (!expression == !fault.raised)
        abort();
    if (expression)
        judge(&arena, text, expression);
    arena_finish(&arena);
    return 0;
}
