#include "runner/cli/commands.h"

enum status command_schema(const struct settings *settings)
{
    (void)settings;
    fputs(spec_schema_text, stdout);
    return STATUS_PASSED;
}
