/* Any JSON text as a value with templates, calls of functions among them:
 * compiled, and filled in each way from one scope. */
#include "specs/template.h"

#include <stdlib.h>
#include <string.h>

#include "specs/chance.h"
#include "specs/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { DEPTH = 32 };

static const char scope_text[] =
    "{\"a\": 1, \"b\": \"x\\\\Ey\", \"list\": [1, [2, {\"k\": null}]],"
    " \"user\": {\"name\": \"ann\", \"any key\": {}}, \"env\": {\"HOME\": "
    "\"/root\"}}";

static void fill(const struct template *template, const struct scope *scope)
{
    struct buffer text = buffer_with_ceiling(1 << 16);
    struct fault fault = {0}, of_text = {0}, of_pattern = {0};
    json_t *value = template_fill(template, scope, &fault);
    bool done = template_fill_text(template, scope, &text, &of_text);

    /* A value that is there can be text, unless that is too long. */
    if (!value && done)
        abort();
    if (done && fault.raised)
        abort();
    buffer_clear(&text);
    if (template_fill_pattern(template, scope, &text, &of_pattern) ==
        of_pattern.raised)
        abort();
    json_decref(value);
    buffer_finish(&text);
}

static void compile(const char *text, size_t size, json_t *value,
                    const struct scope *scope)
{
    struct arena arena = {0};
    struct faults faults = {0};
    const struct source *source = source_new(&arena, "fuzz", text, size);
    struct node node = {.json = value, .at = {source, source_begin(source), 0}};
    const struct template *template = template_compile(&arena, &node, &faults);

    if (!faults.total)
        fill(template, scope);
    faults_finish(&faults);
    arena_finish(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct json_trouble trouble;
    json_auto_t *values =
        json_read(scope_text, strlen(scope_text), DEPTH, 0, &trouble);
    const struct chance chance = {.wall_ns = INT64_C(1709210096789000000)};
    struct scope scope = {.values = values, .chance = &chance};
    char *text = must_alloc(size + 1);
    json_t *value;

    if (size)
        memcpy(text, data, size);
    value = json_read(text, size, DEPTH, JSON_READ_REJECT_DUPLICATES, &trouble);
    if (value)
        compile(text, size, value, &scope);
    json_decref(value);
    free(text);
    return 0;
}
