#include "tests/unit/values.h"

#include <check.h>
#include <string.h>

#include "specs/json.h"
#include "specs/source.h"

json_t *value_read(const char *text)
{
    struct json_trouble trouble;
    json_t *value =
        json_read(text, strlen(text), LIMIT_JSON_DEPTH, 0, &trouble);

    ck_assert_msg(value, "%.80s: %s at %zu", text, trouble.text,
                  trouble.offset);
    return value;
}

char *value_print(const json_t *value)
{
    struct buffer text = buffer_with_ceiling(1 << 20);

    ck_assert(json_print(value, &text));
    return buffer_take(&text);
}

json_t *value_nest(size_t depth)
{
    json_t *value = json_array();

    while (--depth)
        value = json_pack("[o]", value);
    return value;
}

struct node value_node(struct arena *arena, const char *path, const char *text)
{
    const struct source *source = source_new(arena, path, text, strlen(text));

    return (struct node){.json = value_read(text),
                         .at = {source, source_begin(source), 0}};
}

void value_expect(const json_t *value, const char *wanted)
{
    CLEANUP(freep) char *text = NULL;

    ck_assert_msg(value, "no value instead of %s", wanted);
    text = value_print(value);
    ck_assert_str_eq(text, wanted);
}
