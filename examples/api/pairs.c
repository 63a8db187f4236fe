#include "examples/api/pairs.h"

#include "examples/api/text.h"
#include <string.h>
#include <strings.h>

#include "specs/base/buffer.h"

enum { POST_BUFFER_BYTES = 16 * 1024 };

/* libmicrohttpd tells a long value in pieces. */
struct form {
    json_t *fields;
    json_t *files;
    char *name; /* of the value that is being told */
    bool is_file;
    struct buffer value;
};

void pairs_add(json_t *pairs, const char *name, size_t length, json_t *value)
{
    json_t *key = text_json(name, length);
    const char *text = json_string_value(key);
    json_t *known = json_object_get(pairs, text);

    if (!known)
        json_object_set_new(pairs, text, value);
    else if (json_is_array(known))
        json_array_append_new(known, value);
    else
        json_object_set_new(pairs, text, json_pack("[O, o]", known, value));
    json_decref(key);
}

/* The spelling in which the header came first. */
static const char *first_spelling(json_t *headers, const char *name)
{
    const char *known;
    json_t *value;

    json_object_foreach (headers, known, value) {
        if (!strcasecmp(known, name))
            return known;
    }
    return name;
}

static enum MHD_Result hear_pair(void *data, enum MHD_ValueKind kind,
                                 const char *name, size_t name_length,
                                 const char *value, size_t value_length)
{
    if (kind == MHD_HEADER_KIND) {
        name = first_spelling(data, name);
        name_length = strlen(name);
    }
    pairs_add(data, name, name_length,
              text_json(value ? value : "", value ? value_length : 0));
    return MHD_YES;
}

json_t *pairs_of(const struct call *call, enum MHD_ValueKind kind)
{
    json_t *pairs = json_object();

    MHD_get_connection_values_n(call->connection, kind, hear_pair, pairs);
    return pairs;
}

static void end_value(struct form *form)
{
    if (!form->name)
        return;
    pairs_add(form->is_file ? form->files : form->fields, form->name,
              strlen(form->name),
              text_json(buffer_text(&form->value), form->value.length));
    buffer_clear(&form->value);
    freep(&form->name);
}

/* NOLINTNEXTLINE(readability-function-size): libmicrohttpd wants all of them */
static enum MHD_Result hear_form(void *data, enum MHD_ValueKind kind,
                                 const char *name, const char *file,
                                 const char *type, const char *encoding,
                                 const char *bytes, uint64_t offset,
                                 size_t length)
{
    struct form *form = data;

    (void)kind;
    (void)type;
    (void)encoding;
    if (!offset) {
        end_value(form);
        form->name = must_copy(name ? name : "");
        form->is_file = file != NULL;
    }
    return buffer_add(&form->value, bytes, length) ? MHD_YES : MHD_NO;
}

bool pairs_of_form(const struct call *call, json_t *fields, json_t *files)
{
    struct form form = {
        .fields = fields,
        .files = files,
        .value = buffer_with_ceiling(call->body.ceiling),
    };
    struct MHD_PostProcessor *processor = MHD_create_post_processor(
        call->connection, POST_BUFFER_BYTES, hear_form, &form);

    if (!processor)
        return false;
    if (call->body.length)
        MHD_post_process(processor, call->body.bytes, call->body.length);
    MHD_destroy_post_processor(processor);
    end_value(&form);
    buffer_finish(&form.value);
    return true;
}
