/* A schema and an instance, both as text, and what is said of them. */
#pragma once

#include "assertions/schema/schema.h"

/* "holds"; or each error as "PATH: TEXT", separated by line feeds; or what is
 * wrong with the schema, each as "LINE:COLUMN: TEXT", behind "PATH:" where it
 * is another file; or "gave up: TEXT". In the arena. The options may be NULL.
 */
const char *schema_said(struct arena *arena,
                        const struct schema_options *options,
                        const char *schema, const char *instance);

/* The same of a schema file. */
const char *schema_file_said(struct arena *arena,
                             const struct schema_options *options,
                             const char *path, const char *instance);

/* A row of tests with the instances that are valid, and that are not, in two
 * arrays. */
struct schema_row {
    const char *schema;
    const char *valid;
    const char *wrong;
};
void schema_check_rows(enum schema_draft draft, const struct schema_row *rows,
                       size_t count);
