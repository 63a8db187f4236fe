/* The compiler of assertions/, as the program has it. */
#pragma once

#include "assertions/assertions.h"

static const struct judgement *compile(struct compiler *compiler,
                                       struct arena *arena,
                                       const struct step *step,
                                       struct faults *faults)
{
    return judgement_compile(arena, step, compiler->suite, NULL, faults);
}

static struct needs needs(struct compiler *compiler,
                          const struct judgement *judgement)
{
    (void)compiler;
    return judgement_needs(judgement);
}

static void fold(struct compiler *compiler, struct arena *arena,
                 const struct judgement *judgement, const struct known *known)
{
    (void)compiler;
    judgement_fold(judgement, arena, known);
}

static const struct condition *compile_condition(struct compiler *compiler,
                                                 struct arena *arena,
                                                 const struct node *when,
                                                 struct faults *faults)
{
    return condition_compile(arena, when, compiler->suite, faults);
}

static struct needs needs_of_condition(struct compiler *compiler,
                                       const struct condition *condition)
{
    (void)compiler;
    return condition_needs(condition);
}

static void fold_condition(struct compiler *compiler, struct arena *arena,
                           const struct condition *condition,
                           const struct known *known)
{
    (void)compiler;
    condition_fold(condition, arena, known);
}

static struct compiler compiler = {
    .compile = compile,
    .needs = needs,
    .fold = fold,
    .compile_condition = compile_condition,
    .condition_needs = needs_of_condition,
    .fold_condition = fold_condition,
};
