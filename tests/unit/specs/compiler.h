/* The compiler of assertions/, as the program has it. */
#pragma once

#include "assertions/assertions.h"

static const struct judgement *compile(struct compiler *compiler,
                                       struct arena *arena,
                                       const struct step *step,
                                       struct faults *faults)
{
    (void)compiler;
    return judgement_compile(arena, step, faults);
}

static struct needs needs(struct compiler *compiler,
                          const struct judgement *judgement)
{
    (void)compiler;
    return judgement_needs(judgement);
}

static struct compiler compiler = {compile, needs};

/* Before plan_free(). */
static void release_judgements(const struct plan *plan)
{
    for (size_t i = 0; i < plan->test_count; i++)
        for (size_t j = 0; j < plan->tests[i].step_count; j++)
            judgement_release(plan->tests[i].steps[j].judgement);
}
