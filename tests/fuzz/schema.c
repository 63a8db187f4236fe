/* The first line is a schema, the rest an instance. Besides not crashing, under
 * each draft: a schema that is none was told of; yes or no is the same with and
 * without being told why not; what is told is short and somewhere. */
#include "assertions/schema/schema.h"

#include <stdlib.h>
#include <string.h>

#include "specs/json.h"

enum { MOST_ERRORS = 4 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
    if (!holds)
        abort();
}

static void check_errors(const struct schema_errors *errors, bool fails)
{
    must((errors->total > 0) == fails);
    must(errors->count <= MOST_ERRORS && errors->count <= errors->total);
    for (size_t i = 0; i < errors->count; i++) {
        const struct schema_error *error = &errors->list[i];

        must(*error->text && strlen(error->text) <= LIMIT_VALUE_TOLD);
        must(*error->path == '$' && *error->keyword);
        must(error->at.source && spot_place(error->at).line);
        must(strchr(error->schema, '#'));
    }
}

static void check_instance(const struct schema *schema, const json_t *instance)
{
    struct arena arena = {0};
    struct fault fault = {0}, again = {0};
    struct schema_errors errors = {.most = MOST_ERRORS};
    enum schema_outcome outcome =
        schema_check(schema, instance, &arena, NULL, &fault);

    must(fault.raised == (outcome == SCHEMA_GAVE_UP));
    if (!fault.raised) {
        must(schema_check(schema, instance, &arena, &errors, &again) ==
             outcome);
        check_errors(&errors, outcome == SCHEMA_FAILS);
    }
    arena_finish(&arena);
}

static void check_schema(const struct source *source, enum schema_draft draft,
                         const json_t *instance)
{
    /* No file is ever read. */
    struct schema_options options = {.draft = draft, .root = "/nowhere"};
    struct arena arena = {0};
    struct faults faults = {0};
    struct node written = node_read_text(&arena, source, &faults);
    const struct schema *schema = NULL;

    if (written.json)
        schema =
            schema_inline(schema_set_open(&arena, &options), &written, &faults);
    must(!schema == (faults.total > 0));
    for (size_t i = 0; i < faults.count; i++)
        must(*faults.faults[i].text && faults.faults[i].at.path);
    if (schema && instance)
        check_instance(schema, instance);
    faults_finish(&faults);
    arena_finish(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = {0};
    const char *text = (const char *)data;
    const char *line = size ? memchr(text, '\n', size) : NULL;
    size_t length = line ? (size_t)(line - text) : size;
    const struct source *source = source_new(
        &arena, "schema.json", arena_copy_bytes(&arena, text, length), length);
    struct json_trouble trouble;
    json_t *instance = NULL;

    if (line)
        instance = json_read(line + 1, size - length - 1, LIMIT_JSON_DEPTH, 0,
                             &trouble);
    for (int draft = SCHEMA_DRAFT_4; draft <= SCHEMA_DRAFT_2020; draft++)
        check_schema(source, (enum schema_draft)draft, instance);
    json_decref(instance);
    arena_finish(&arena);
    return 0;
}
