#include "specs/warnings.h"

#include <stdarg.h>
#include <string.h>

/* The list moves to twice the room whenever its count is a power of two. */
static struct fault *grown(struct plan *plan)
{
    size_t count = plan->warning_count;
    struct fault *list =
        arena_take(&plan->arena, (count ? 2 * count : 1) * sizeof(*list));

    if (count)
        memcpy(list, plan->warnings, count * sizeof(*list));
    return list;
}

/* What many share is looked at by each of them. */
static bool is_told(const struct plan *plan, const struct fault *warning)
{
    for (size_t i = 0; warning->at.path && i < plan->warning_count; i++) {
        if (place_equals(plan->warnings[i].at, warning->at) &&
            strcmp(plan->warnings[i].text, warning->text) == 0)
            return true;
    }
    return false;
}

void plan_warn(struct plan *plan, struct place at, const char *format, ...)
{
    size_t count = plan->warning_count;
    struct fault warning = {.raised = true, .at = at};
    struct fault *list;
    va_list args;

    va_start(args, format);
    vsnprintf(warning.text, sizeof(warning.text), format, args);
    va_end(args);
    if (count == LIMIT_FAULTS || is_told(plan, &warning))
        return;
    list = (count & (count - 1)) == 0
               ? grown(plan)
               : (struct fault *)(uintptr_t)plan->warnings;
    list[count] = warning;
    plan->warnings = list;
    plan->warning_count++;
}

void warnings_sort(struct plan *plan)
{
    struct faults warnings = {
        .faults = (struct fault *)(uintptr_t)plan->warnings,
        .count = plan->warning_count,
    };

    faults_sort(&warnings);
}
