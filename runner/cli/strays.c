#include "runner/cli/strays.h"

#include <string.h>

#include "runner/cli/options.h"

enum { ROWS_MOST = 64, SURE_LETTERS = 2 };

static const char prefix[] = "VOLLEY_";
static const char values_prefix[] = "VOLLEY_VAR_";

static bool has_prefix(const char *text, const char *start)
{
    return strncmp(text, start, strlen(start)) == 0;
}

/* The variable that may have been meant, in the buffer; NULL: none, or this is
 * one. Nobody errs in the first two letters: VOLLEY_BUILD is not VOLLEY_BAIL.
 */
static const char *find_meant(const char *name,
                              char meant[OPTION_VARIABLE_MOST])
{
    size_t count, near_count = 0;
    const struct option_row *rows = option_rows(&count);
    char texts[ROWS_MOST][OPTION_VARIABLE_MOST];
    const char *names[ROWS_MOST], *near;

    for (size_t i = 0; i < count && near_count < ROWS_MOST; i++) {
        const char *known = option_variable(&rows[i], texts[near_count]);

        if (strcmp(known, name) == 0)
            return NULL;
        if (rows[i].is_action ||
            strncmp(known, name, strlen(prefix) + SURE_LETTERS) != 0)
            continue;
        names[near_count++] = known + strlen(prefix);
    }
    near = nearest_name(name + strlen(prefix), names, near_count);
    if (!near)
        return NULL;
    snprintf(meant, OPTION_VARIABLE_MOST, "%s%.40s", prefix, near);
    return meant;
}

static void warn(const char *entry, FILE *out)
{
    char name[OPTION_VARIABLE_MOST], meant[OPTION_VARIABLE_MOST];
    size_t length = strcspn(entry, "=");

    if (!has_prefix(entry, prefix) || has_prefix(entry, values_prefix) ||
        length >= sizeof(name))
        return;
    snprintf(name, sizeof(name), "%.*s", (int)length, entry);
    if (find_meant(name, meant)) {
        fprintf(out,
                "volley: warning: no option is set by %s; did you mean %s?\n",
                name, meant);
    }
}

void strays_warn(char **environment, FILE *out)
{
    for (char **entry = environment; *entry; entry++)
        warn(*entry, out);
}
