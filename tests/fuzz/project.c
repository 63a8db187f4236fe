/* Any text as a project file, with its first environment chosen. */
#include "specs/project.h"

#include <stdlib.h>
#include <string.h>

#include "runner/cli/project.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = {0};
    struct settings settings = {.project = {.folder = "../up"}}, idle = {0};
    struct project *file = &settings.project.file;
    char *text = must_alloc(size + 1), *none[] = {NULL};
    const struct source *source;

    if (size)
        memcpy(text, data, size);
    source = source_new(&arena, "fuzz", text, size);
    if (project_read_source(source, file, &settings.project.mistakes) &&
        file->environment_count)
        settings.project.environment = &file->environments[0];
    project_set_options(FOR_RUN, &settings, &idle, none);
    settings_finish(&idle);
    settings_finish(&settings);
    arena_finish(&arena);
    free(text);
    return 0;
}
