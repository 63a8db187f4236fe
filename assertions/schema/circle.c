/* Schemas that come back to themselves. A schema may lead to itself by way of
 * a member or an element, for instances end somewhere; but where it looks at
 * the very same value again it would never come to an end.
 *
 * The search is in depth, and its way back is kept in the schemas: a chain of
 * references may be as long as a file. */
#include "assertions/schema/set.h"

static struct schema *go_on(struct schema_set *set, struct schema *schema)
{
    struct beside *beside = schema->next_beside;

    if (!beside) {
        schema->circle = CIRCLE_DONE;
        return schema->came_from;
    }
    schema->next_beside = beside->next;
    if (beside->to->circle == CIRCLE_OPEN) {
        spot_fault(set->faults, beside->at,
                   "this leads back to itself without going on to another "
                   "value: no check would ever end");
    }
    if (beside->to->circle != CIRCLE_NEW)
        return schema;
    beside->to->circle = CIRCLE_OPEN;
    beside->to->next_beside = beside->to->beside;
    beside->to->came_from = schema;
    return beside->to;
}

void circle_refuse(struct schema_set *set, struct schema *schema)
{
    if (schema->circle != CIRCLE_NEW)
        return;
    schema->circle = CIRCLE_OPEN;
    schema->next_beside = schema->beside;
    schema->came_from = NULL;
    while (schema)
        schema = go_on(set, schema);
}
