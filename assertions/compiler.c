/* What plan_load() and plan_compile() ask of somebody who knows matchers,
 * handed on to judgements and conditions. */
#include <stdlib.h>

#include "assertions/sharing.h"

static const struct judgement *compile(struct compiler *base,
                                       struct arena *arena,
                                       const struct step *step,
                                       struct faults *faults)
{
    struct expectation_compiler *compiler =
        container_of(base, struct expectation_compiler, base);

    return judgement_compile(arena, step, base->suite, compiler->sharing,
                             faults);
}

static struct needs needs(struct compiler *base,
                          const struct judgement *judgement)
{
    (void)base;
    return judgement_needs(judgement);
}

static void fold(struct compiler *base, struct arena *arena,
                 const struct judgement *judgement, const struct known *known)
{
    (void)base;
    judgement_fold(judgement, arena, known);
}

static const struct condition *compile_condition(struct compiler *base,
                                                 struct arena *arena,
                                                 const struct node *when,
                                                 struct faults *faults)
{
    return condition_compile(arena, when, base->suite, faults);
}

static struct needs needs_of_condition(struct compiler *base,
                                       const struct condition *condition)
{
    (void)base;
    return condition_needs(condition);
}

static void fold_condition(struct compiler *base, struct arena *arena,
                           const struct condition *condition,
                           const struct known *known)
{
    (void)base;
    condition_fold(condition, arena, known);
}

void expectation_compiler_init(struct expectation_compiler *compiler,
                               const struct schema_options *schemas)
{
    *compiler = (struct expectation_compiler){
        .base.compile = compile,
        .base.needs = needs,
        .base.fold = fold,
        .base.compile_condition = compile_condition,
        .base.condition_needs = needs_of_condition,
        .base.fold_condition = fold_condition,
        .sharing = must_alloc(sizeof(*compiler->sharing)),
    };
    compiler->sharing->options = schemas;
}

void expectation_compiler_finish(struct expectation_compiler *compiler)
{
    free(compiler->sharing);
}
