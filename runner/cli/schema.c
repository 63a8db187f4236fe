#include <string.h>

#include "runner/cli/commands.h"

enum status command_schema(const struct settings *settings)
{
    static const struct place nowhere;
    const struct name_list *words = &settings->suites.paths;
    struct fault fault = {0};

    if (words->count && strcmp(words->list[0], "project") != 0) {
        fault_raise(&fault, nowhere, "no schema of \"%s\"; there is project",
                    words->list[0]);
        return tell_usage(command_find("schema"), &fault);
    }
    fputs(words->count ? project_schema_text : spec_schema_text, stdout);
    return STATUS_PASSED;
}
