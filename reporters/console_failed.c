/* The tests of a suite that did not pass. What is told of them is made when
 * they are heard, since events are borrowed, and told in the order of the plan.
 *
 * A page of failures is read, a thousand pages are not: the first ones of a run
 * are told whole, then each has a line, then they are counted; and of copies
 * that failed alike only one is told. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "reporters/console.h"
#include "reporters/wording.h"

enum {
    COPIES_TOLD = 20, /* numbers of copies in one line */
    NAME_MOST = 200,
    WAY_BYTES = 1 << 20,
};

/* One of several copies. */
struct copy {
    size_t ordinal;
    char *text; /* "[3]" */
};

/* A test that did not pass, or several copies of one that did not pass in the
 * same way: the first of them is told. */
struct failed_test {
    char *way; /* see way_of() */
    char *name;
    char *text;
    size_t ordinal;
    bool is_short;
    size_t copy_count;
    struct copy copies[COPIES_TOLD + 1]; /* the first ones, told one first */
};

/* The place of " [3]" or " [row 2] [0]" in the name of a copy, or NULL. */
static const char *find_copy(const char *name)
{
    const char *end = name + strlen(name);
    const char *found = NULL;

    while (end > name && end[-1] == ']') {
        const char *open = memrchr(name, '[', (size_t)(end - name));

        if (!open || open == name || open[-1] != ' ')
            break;
        end = found = open - 1;
    }
    return found;
}

/* What copies that failed alike have in common; NULL for what is no copy. An id
 * belongs to one test and all of its copies. */
static char *way_of(const struct test_report *test)
{
    struct buffer way = buffer_with_ceiling(WAY_BYTES);

    if (test->label.id && find_copy(test->label.name) &&
        buffer_print(&way, "%d %s\n%s", (int)test->outcome, test->label.id,
                     test_message(test)))
        return buffer_take(&way);
    buffer_finish(&way);
    return NULL;
}

static void write_down(struct failed_test *failed,
                       const struct test_report *test, bool is_colored)
{
    struct canvas canvas = canvas_open(is_colored);

    if (failed->is_short)
        failure_tell_short(&canvas, test);
    else
        failure_tell(&canvas, test);
    free(failed->name);
    free(failed->text);
    failed->ordinal = test->label.ordinal;
    failed->name = must_copy(test->label.name);
    failed->text = buffer_take(&canvas.text);
    canvas_finish(&canvas);
}

/* Copies come in any order. */
static void enter_copy(struct failed_test *failed, size_t ordinal,
                       const char *text)
{
    enum { ROOM = COPIES_TOLD + 1 };
    struct copy *copies = failed->copies;
    size_t count = failed->copy_count < ROOM ? failed->copy_count : ROOM;
    size_t at = count;

    failed->copy_count++;
    while (at > 0 && copies[at - 1].ordinal > ordinal)
        at--;
    if (at == ROOM)
        return;
    if (count == ROOM)
        free(copies[--count].text);
    memmove(&copies[at + 1], &copies[at], (count - at) * sizeof(*copies));
    copies[at] = (struct copy){ordinal, must_copy(text)};
}

static struct failed_test *add(struct failed *failed, char *way, bool is_short)
{
    struct failed_test *test = must_alloc(sizeof(*test));

    test->way = way;
    test->is_short = is_short;
    failed->tests = must_resize(failed->tests,
                                (failed->count + 1) * sizeof(*failed->tests));
    failed->tests[failed->count++] = test;
    if (way)
        map_set(&failed->ways, way, test);
    return test;
}

void failed_hear(struct failed *failed, const struct test_report *test,
                 struct ration *ration, bool is_colored)
{
    CLEANUP(freep) char *way = way_of(test);
    struct failed_test *known = way ? map_find(&failed->ways, way) : NULL;
    bool is_copy = way != NULL;

    if (!known && ration->told == LIMIT_FAILURES_LISTED) {
        ration->untold++;
        return;
    }
    if (!known) {
        known = add(failed, TAKE(way), ration->told++ >= ration->whole);
        known->ordinal = SIZE_MAX;
    }
    if (test->label.ordinal < known->ordinal)
        write_down(known, test, is_colored);
    if (is_copy)
        enter_copy(known, test->label.ordinal, find_copy(test->label.name) + 1);
}

static void tell_copies(struct canvas *canvas, const struct failed_test *test)
{
    size_t others = test->copy_count - 1;
    size_t told = others < COPIES_TOLD ? others : COPIES_TOLD;

    canvas_line(canvas);
    canvas_print(canvas, INK_PLAIN,
                 "  and %zu more %s failed the same way:", others,
                 others == 1 ? "copy" : "copies");
    for (size_t i = 1; i <= told; i++) {
        canvas_print(canvas, INK_PLAIN, " ");
        canvas_show(canvas, INK_PLAIN, test->copies[i].text, NAME_MOST);
    }
    canvas_print(canvas, INK_PLAIN, "%s", others > told ? " ..." : "");
    canvas_line(canvas);
}

/* Tests that need a repeated one know it by its name without a number. */
static void tell_because(struct canvas *canvas, struct skipped *skipped,
                         char *name)
{
    const char *copy = find_copy(name);

    skipped_tell_because(skipped, canvas, name);
    if (!copy)
        return;
    name[copy - name] = '\0';
    skipped_tell_because(skipped, canvas, name);
}

/* Those in one line each stand together, behind the others. */
static int by_plan(const void *left, const void *right)
{
    const struct failed_test *a = *(struct failed_test *const *)left;
    const struct failed_test *b = *(struct failed_test *const *)right;

    if (a->is_short != b->is_short)
        return a->is_short - b->is_short;
    return (a->ordinal > b->ordinal) - (a->ordinal < b->ordinal);
}

void failed_tell(struct failed *failed, struct canvas *canvas,
                 struct skipped *skipped)
{
    bool is_listed = false; /* the last one, with nothing below its line */

    if (failed->count > 0)
        qsort(failed->tests, failed->count, sizeof(struct failed_test *),
              by_plan);
    for (size_t i = 0; i < failed->count; i++) {
        struct failed_test *test = failed->tests[i];
        size_t end;

        if (!test->is_short || !is_listed)
            canvas_line(canvas);
        (void)!buffer_add_text(&canvas->text, test->text);
        end = canvas->text.length;
        if (test->copy_count > 1)
            tell_copies(canvas, test);
        tell_because(canvas, skipped, test->name);
        is_listed = test->is_short && canvas->text.length == end;
    }
}

void failed_finish(struct failed *failed)
{
    for (size_t i = 0; i < failed->count; i++) {
        struct failed_test *test = failed->tests[i];

        for (size_t j = 0; j < test->copy_count && j < COUNT(test->copies); j++)
            free(test->copies[j].text);
        free(test->way);
        free(test->name);
        free(test->text);
        free(test);
    }
    free(failed->tests);
    map_finish(&failed->ways);
}
