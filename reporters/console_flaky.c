/* What passed only when it was tried again: good news that is none.
 *
 * Like failures they are heard in any order and told in the order of the plan,
 * but nobody reads many of them: the first ones are named, the rest is counted.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "reporters/console.h"
#include "reporters/wording.h"

enum { FLAKY_TOLD = 20, NAME_MOST = 200, MESSAGE_MOST = 200 };

struct flaky_test {
    size_t ordinal;
    size_t passed_at; /* the number of the attempt that did */
    size_t failed_at; /* of the first one that did not */
    char *name;
    char *message; /* of that one */
};

static void forget(struct flaky_test *test)
{
    free(test->name);
    free(test->message);
}

static struct flaky_test keep(const struct test_report *test)
{
    const struct attempt_report *first = &test->retried[0];

    assert(test->retried_count > 0); /* or it would not be flaky */
    return (struct flaky_test){
        .ordinal = test->label.ordinal,
        .passed_at = test->attempt_count,
        .failed_at = first->number,
        .name = must_copy(test->label.name),
        .message = must_copy(attempt_message(first)),
    };
}

void flaky_hear(struct flaky *flaky, const struct test_report *test)
{
    size_t at = flaky->kept;

    flaky->count++;
    if (!flaky->tests)
        flaky->tests = must_alloc((FLAKY_TOLD + 1) * sizeof(*flaky->tests));
    while (at > 0 && flaky->tests[at - 1].ordinal > test->label.ordinal)
        at--;
    memmove(&flaky->tests[at + 1], &flaky->tests[at],
            (flaky->kept - at) * sizeof(*flaky->tests));
    flaky->tests[at] = keep(test);
    if (flaky->kept < FLAKY_TOLD)
        flaky->kept++;
    else
        forget(&flaky->tests[FLAKY_TOLD]);
}

static void tell_one(struct canvas *canvas, const struct flaky_test *test)
{
    canvas_print(canvas, INK_PLAIN, "  ");
    canvas_print(canvas, INK_CARE, "flaky");
    canvas_print(canvas, INK_PLAIN, ": ");
    canvas_show(canvas, INK_PLAIN, test->name, NAME_MOST);
    canvas_print(canvas, INK_PLAIN,
                 " passed at attempt %zu; attempt %zu: ", test->passed_at,
                 test->failed_at);
    canvas_show(canvas, INK_PLAIN, test->message, MESSAGE_MOST);
    canvas_line(canvas);
}

void flaky_tell(struct flaky *flaky, struct canvas *canvas)
{
    size_t others = flaky->count - flaky->kept;

    for (size_t i = 0; i < flaky->kept; i++)
        tell_one(canvas, &flaky->tests[i]);
    if (others == 0)
        return;
    canvas_print(canvas, INK_PLAIN, "  and %zu more flaky test%s", others,
                 others == 1 ? "" : "s");
    canvas_line(canvas);
}

void flaky_finish(struct flaky *flaky)
{
    for (size_t i = 0; i < flaky->kept; i++)
        forget(&flaky->tests[i]);
    free(flaky->tests);
    *flaky = (struct flaky){0};
}
