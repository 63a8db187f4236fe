/* What the fields of rows are to the names that a test uses. */
#include <stdlib.h>

#include "specs/graph.h"
#include "specs/rows.h"

/* Of rows that could not be read to their end, no more is known than which
 * fields there are. */
enum field_reach graph_field_reach(const struct test *test, const char *name)
{
    const struct row_field *field = NULL;

    if (test->rows)
        field = rows_field(test->rows, name);
    if (!field)
        return FIELD_OF_NONE;
    return test->rows->is_broken || field->row_count == test->rows->count
               ? FIELD_OF_ALL
               : FIELD_OF_SOME;
}

static const char *nearest_field(const struct rows *rows, const char *name)
{
    const char **names = must_alloc((rows->field_count + 1) * sizeof(*names));
    const char *near;

    for (size_t i = 0; i < rows->field_count; i++)
        names[i] = rows->fields[i]->name;
    near = nearest_name(name, names, rows->field_count);
    free(names);
    return near;
}

bool graph_tell_field(struct graph *graph, const struct test *test,
                      const struct need *need)
{
    const struct row_field *field;
    const char *near = NULL;

    if (!test->rows)
        return false;
    if (test->rows->is_broken)
        return true;
    field = rows_field(test->rows, need->name);
    if (!field && !faults_are_full(graph->faults))
        near = nearest_field(test->rows, need->name);
    if (field) {
        spot_fault(graph->faults, need->at,
                   "row %zu (%s:%u) has no \"%s\", and it is no other variable",
                   field->lacking + 1, field->lacking_at.path,
                   field->lacking_at.line, need->name);
    } else if (near) {
        spot_fault(graph->faults, need->at,
                   "no variable \"%s\"; did you mean \"%s\"?", need->name,
                   near);
    }
    return field || near;
}
