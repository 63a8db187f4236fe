#include "runner/cli/audience.h"

#include <stdlib.h>
#include <string.h>

static bool is_stdout(const char *path)
{
    return strcmp(path, "-") == 0;
}

bool reports_take_stdout(const struct settings *settings)
{
    for (size_t i = 0; i < settings->reports.count; i++) {
        if (is_stdout(settings->reports.list[i].path))
            return true;
    }
    return false;
}

static void tell(const struct fault *fault)
{
    fputs("volley: ", stderr);
    fault_print(fault, stderr);
}

static enum status add(struct audience *audience, const char *kind,
                       const struct report_options *options)
{
    struct fault fault = {0};
    struct reporter *reporter = reporter_open(kind, options, &fault);

    if (!reporter) {
        tell(&fault);
        return STATUS_REPORT;
    }
    audience->reporters[audience->count++] = reporter;
    return STATUS_PASSED;
}

enum status audience_open(struct audience *audience,
                          const struct settings *settings, bool with_console)
{
    const struct report_wish_list *wishes = &settings->reports;
    struct report_options options = settings->telling;
    enum status status = STATUS_PASSED;

    *audience = (struct audience){
        .reporters =
            must_alloc((wishes->count + 1) * sizeof(struct reporter *)),
        .paths = must_alloc((wishes->count + 1) * sizeof(char *)),
    };
    for (size_t i = 0; i < wishes->count; i++) {
        const struct report_wish *wish = &wishes->list[i];

        options.path = wish->path;
        if (add(audience, wish->kind, &options) != STATUS_PASSED)
            status = STATUS_REPORT;
        else if (!is_stdout(wish->path))
            audience->paths[audience->path_count++] = wish->path;
    }
    if (!with_console || reports_take_stdout(settings))
        return status;
    options.path = NULL;
    options.report_count = audience->path_count;
    options.report_paths = audience->paths;
    return status_stronger(status, add(audience, "console", &options));
}

void audience_tell(void *audience, const struct event *event)
{
    const struct audience *all = audience;

    for (size_t i = 0; i < all->count; i++)
        all->reporters[i]->hear(all->reporters[i], event);
}

enum status audience_close(struct audience *audience)
{
    enum status status = STATUS_PASSED;

    for (size_t i = 0; i < audience->count; i++) {
        struct reporter *reporter = audience->reporters[i];
        struct fault fault = {0};

        if (!reporter->close(reporter, &fault)) {
            tell(&fault);
            status = STATUS_REPORT;
        }
    }
    free(audience->reporters);
    free(audience->paths);
    *audience = (struct audience){0};
    return status;
}
