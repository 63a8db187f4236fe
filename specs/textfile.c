#include "specs/textfile.h"

#include <errno.h>
#include <stdlib.h>

#include "specs/base/buffer.h"
#include "specs/json.h"
#include "specs/paths.h"
#include "specs/syntax.h"

static void finish_file(FILE **file)
{
    if (*file)
        fclose(*file);
}

/* Sets errno where it is false. */
static bool read_bytes(const char *path, struct buffer *bytes)
{
    CLEANUP(finish_file) FILE *file = fopen(path, "re");
    char block[8192];
    size_t length;

    if (!file)
        return false;
    while ((length = fread(block, 1, sizeof(block), file)) > 0) {
        if (!buffer_add(bytes, block, length)) {
            errno = EFBIG;
            return false;
        }
    }
    return !ferror(file);
}

const struct source *textfile_read(struct arena *arena, const char *path)
{
    CLEANUP(buffer_finish)
    struct buffer bytes = buffer_with_ceiling(LIMIT_SPEC_BYTES);
    const char *text;

    if (!read_bytes(path, &bytes))
        return NULL;
    text = arena_copy_bytes(arena, buffer_text(&bytes), bytes.length);
    return source_new(arena, path, text, bytes.length);
}

json_t *textfile_parse(const struct source *source, struct faults *faults)
{
    struct json_trouble trouble;
    struct spot spot = {.source = source};
    json_t *value = json_read(source->text, source->length, LIMIT_SPEC_DEPTH,
                              JSON_READ_REJECT_DUPLICATES, &trouble);

    if (value)
        return value;
    spot.offset = (uint32_t)trouble.offset;
    if (!syntax_explain(source, faults))
        spot_fault(faults, spot, "%s", trouble.text);
    return NULL;
}

struct node node_read_text(struct arena *arena, const struct source *source,
                           struct faults *faults)
{
    struct node root = {.at = {source, 0, 0}};

    if (!syntax_check_bytes(source, faults))
        return root;
    root.json = textfile_parse(source, faults);
    json_hold(arena, root.json);
    json_decref(root.json);
    root.at.offset = (uint32_t)source_begin(source);
    return root;
}

struct node node_read_file(struct arena *arena, const char *path,
                           struct faults *faults)
{
    const char *kept = arena_copy(arena, path);
    const struct source *source = textfile_read(arena, kept);

    if (source)
        return node_read_text(arena, source, faults);
    faults_add(faults, (struct place){.path = kept}, "%s", path_trouble(errno));
    return (struct node){0};
}
