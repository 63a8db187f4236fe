#include "reporters/reporters.h"

#include <string.h>

#include "reporters/kinds.h"

typedef struct reporter *kind_open(const struct report_options *options,
                                   struct fault *fault);

/* Sorted by name; line by line the same kinds. The console is not here, since
 * it is not for --report. */
static const char *const names[] = {
    "junit",
    "log",
};
static kind_open *const openers[] = {
    junit_open,
    record_open,
};
_Static_assert(COUNT(names) == COUNT(openers), "each kind has a name");

const char *const *reporter_names(size_t *count)
{
    *count = COUNT(names);
    return names;
}

struct reporter *reporter_open(const char *kind,
                               const struct report_options *options,
                               struct fault *fault)
{
    const char *near = nearest_name(kind, names, COUNT(names));

    if (strcmp(kind, "console") == 0)
        return console_open(options, fault);
    for (size_t i = 0; i < COUNT(names); i++)
        if (strcmp(kind, names[i]) == 0)
            return openers[i](options, fault);

    fault_raise(fault, (struct place){0}, "no report kind \"%s\"%s%s%s", kind,
                near ? "; did you mean \"" : "", near ? near : "",
                near ? "\"?" : "");
    return NULL;
}
