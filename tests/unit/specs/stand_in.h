/* Stands in for assertions/, which specs/ knows nothing of: its judgements are
 * the variables that an `expect` and a `capture` name, nothing more. */
#pragma once

#include <string.h>

#include "specs/specs.h"

struct judgement {
    struct needs needs;
};

static void stand_in_add(struct arena *arena, const struct node *node,
                         struct needs *needs, struct faults *faults)
{
    struct needs more;
    struct need *all;

    if (!node->json)
        return;
    more = template_needs(template_compile(arena, node, faults));
    all = arena_take(arena, (needs->count + more.count) * sizeof(*all));
    if (needs->count)
        memcpy(all, needs->list, needs->count * sizeof(*all));
    if (more.count)
        memcpy(all + needs->count, more.list, more.count * sizeof(*all));
    *needs = (struct needs){needs->count + more.count, all};
}

static const struct judgement *stand_in_compile(struct compiler *compiler,
                                                struct arena *arena,
                                                const struct step *step,
                                                struct faults *faults)
{
    struct judgement *judgement = arena_take(arena, sizeof(*judgement));

    (void)compiler;
    stand_in_add(arena, &step->expect, &judgement->needs, faults);
    stand_in_add(arena, &step->capture, &judgement->needs, faults);
    return judgement;
}

static struct needs stand_in_needs(struct compiler *compiler,
                                   const struct judgement *judgement)
{
    (void)compiler;
    return judgement->needs;
}

static struct compiler stand_in = {stand_in_compile, stand_in_needs};
