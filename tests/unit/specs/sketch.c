#include "tests/unit/specs/sketch.h"

#include <check.h>
#include <string.h>

#include "specs/graph.h"
#include "specs/load.h"
#include "specs/template.h"

struct judgement {
    const struct template *expect;
};

static const struct judgement *compile(struct compiler *compiler,
                                       struct arena *arena,
                                       const struct step *step,
                                       struct faults *faults)
{
    struct judgement *judgement = arena_take(arena, sizeof(*judgement));

    (void)compiler;
    if (step->expect)
        judgement->expect = template_compile(arena, step->expect, faults);
    return judgement;
}

static struct needs needs_of(struct compiler *compiler,
                             const struct judgement *judgement)
{
    (void)compiler;
    return judgement->expect ? template_needs(judgement->expect)
                             : (struct needs){0};
}

static void tell(struct buffer *told, const struct fault *fault)
{
    ck_assert(buffer_print(told, "%u:%u %s\n", fault->at.line, fault->at.column,
                           fault->text));
}

void sketch_compile(struct plan *plan, struct faults *faults)
{
    struct compiler compiler = {.compile = compile, .needs = needs_of};

    plan_compile(plan, &compiler, faults);
}

void sketch_load(struct sketch *sketch, const char *text)
{
    *sketch = (struct sketch){.told = buffer_with_ceiling(1 << 20)};
    (void)plan_load_text(text, strlen(text), &sketch->plan, &sketch->faults);
    ck_assert_msg(!sketch->faults.total, "%s: %s", text,
                  sketch->faults.total ? sketch->faults.faults[0].text : "");
    sketch_compile(sketch->plan, &sketch->faults);
    faults_sort(&sketch->faults);
    for (size_t i = 0; i < sketch->faults.count; i++)
        tell(&sketch->told, &sketch->faults.faults[i]);
    for (size_t i = 0; i < sketch->plan->warning_count; i++)
        tell(&sketch->told, &sketch->plan->warnings[i]);
}

void sketch_finish(struct sketch *sketch)
{
    plan_free(sketch->plan);
    faults_finish(&sketch->faults);
    buffer_finish(&sketch->told);
}

static const char *reason_name(enum wait_reason reason)
{
    switch (reason) {
    case WAIT_CAPTURE: return "capture";
    case WAIT_AFTER: return "after";
    case WAIT_SETUP: return "setup";
    case WAIT_SEQUENTIAL: return "sequential";
    case WAIT_TEARDOWN: return "teardown";
    }
    return NULL;
}

void sketch_expect(const struct sketch *sketch, const char *wanted)
{
    struct buffer drawn = buffer_with_ceiling(1 << 20);

    for (size_t i = 0; i < sketch->plan->test_count; i++) {
        const struct test *test = &sketch->plan->tests[i];

        ck_assert(buffer_print(&drawn, "%s %u/%u", test->name, test->flow,
                               test->height));
        for (size_t j = 0; j < test->wait_count; j++) {
            const struct wait *wait = &test->waits[j];

            ck_assert(buffer_print(&drawn, "%s %s %s%s%s%s", j ? "," : ":",
                                   wait->on->name, reason_name(wait->reason),
                                   wait->variable ? " " : "",
                                   wait->variable ? wait->variable : "",
                                   wait->requires ? "!" : ""));
        }
        ck_assert(buffer_print(&drawn, "\n"));
    }
    ck_assert_str_eq(buffer_text(&drawn), wanted);
    buffer_finish(&drawn);
}

void sketch_draw(const char *text, const char *wanted)
{
    struct sketch sketch;

    sketch_load(&sketch, text);
    ck_assert_msg(!sketch.faults.total, "%s", buffer_text(&sketch.told));
    sketch_expect(&sketch, wanted);
    sketch_finish(&sketch);
}

void sketch_tell(const char *text, const char *wanted)
{
    struct sketch sketch;

    sketch_load(&sketch, text);
    ck_assert_str_eq(buffer_text(&sketch.told), wanted);
    sketch_finish(&sketch);
}
