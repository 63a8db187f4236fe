#include "specs/textfile.h"

#include <errno.h>
#include <stdlib.h>

#include "specs/base/buffer.h"
#include "specs/json.h"
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
