/* Any text as a file of NAME=value lines. */
#include "specs/dotenv.h"

#include <stdlib.h>
#include <string.h>

#include "specs/syntax.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = {0};
    struct faults faults = {0};
    char *text = must_alloc(size + 1);
    const struct source *source;

    if (size)
        memcpy(text, data, size);
    source = source_new(&arena, "fuzz", text, size);
    if (syntax_check_bytes(source, &faults))
        json_decref(dotenv_read(source, NULL, &faults));
    faults_finish(&faults);
    arena_finish(&arena);
    free(text);
    return 0;
}
