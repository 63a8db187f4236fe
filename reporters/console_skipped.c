#include <stdlib.h>
#include <string.h>

#include "reporters/console.h"
#include "reporters/text.h"
#include "reporters/wording.h"

enum {
    NAMES_TOLD = 10, /* of tests that were skipped for one reason */
    NAME_MOST = 200,
    REASON_BYTES = 4096,
};

struct skipped_test {
    size_t ordinal;
    char *name;
};

/* Tests that were skipped for the same reason. */
struct skip_group {
    char *key; /* see group_key() */
    char *reason;
    size_t count;
    struct skipped_test tests[NAMES_TOLD]; /* the first ones of the plan */
    bool is_told;
};

/* One group for each test that was the reason, and one for each reason that has
 * no such test. */
static struct buffer group_key(const char *because, const char *reason)
{
    struct buffer key = buffer_with_ceiling(REASON_BYTES);

    (void)!buffer_print(&key, "%c", because ? 'b' : 'r');
    text_add_short(&key, because ? because : reason, NAME_MOST);
    return key;
}

static struct skip_group *group_add(struct skipped *skipped, struct buffer *key,
                                    struct buffer *reason)
{
    struct skip_group *group = must_alloc(sizeof(*group));

    group->key = buffer_take(key);
    group->reason = buffer_take(reason);
    map_set(&skipped->groups, group->key, group);
    return group;
}

static size_t name_count(const struct skip_group *group)
{
    return group->count < NAMES_TOLD ? group->count : NAMES_TOLD;
}

/* Tests come in any order. */
static void group_enter(struct skip_group *group,
                        const struct test_label *label)
{
    struct skipped_test *tests = group->tests;
    size_t count = name_count(group), at = count;

    group->count++;
    while (at > 0 && tests[at - 1].ordinal > label->ordinal)
        at--;
    if (at == NAMES_TOLD)
        return;
    if (count == NAMES_TOLD)
        free(tests[--count].name);
    memmove(&tests[at + 1], &tests[at], (count - at) * sizeof(*tests));
    tests[at] = (struct skipped_test){label->ordinal, must_copy(label->name)};
}

void skipped_hear(struct skipped *skipped, const struct test_report *test)
{
    CLEANUP(buffer_finish)
    struct buffer reason = buffer_with_ceiling(REASON_BYTES);
    CLEANUP(buffer_finish) struct buffer key = {0};
    struct skip_group *group;

    wording_add_skip(&reason, test);
    key = group_key(test->skip_because, buffer_text(&reason));
    group = map_find(&skipped->groups, buffer_text(&key));
    if (!group)
        group = group_add(skipped, &key, &reason);
    group_enter(group, &test->label);
}

static void tell_names(struct canvas *canvas, const struct skip_group *group)
{
    size_t count = name_count(group);

    for (size_t i = 0; i < count; i++) {
        canvas_print(canvas, INK_PLAIN, "%s\"", i ? ", " : ": ");
        canvas_show(canvas, INK_PLAIN, group->tests[i].name, NAME_MOST);
        canvas_print(canvas, INK_PLAIN, "\"");
    }
    if (group->count > count)
        canvas_print(canvas, INK_PLAIN, " and %zu more", group->count - count);
}

/* `skipped: "read" (the reason)` */
static void tell_group(struct canvas *canvas, const struct skip_group *group)
{
    canvas_print(canvas, INK_PLAIN, "  ");
    canvas_print(canvas, INK_CARE, "skipped");
    tell_names(canvas, group);
    if (strcmp(group->reason, "skipped") != 0) {
        canvas_print(canvas, INK_PLAIN, " (");
        canvas_show(canvas, INK_PLAIN, group->reason, NAME_MOST);
        canvas_print(canvas, INK_PLAIN, ")");
    }
    canvas_line(canvas);
}

void skipped_tell_because(struct skipped *skipped, struct canvas *canvas,
                          const char *failed)
{
    CLEANUP(buffer_finish) struct buffer key = group_key(failed, "");
    struct skip_group *group = map_find(&skipped->groups, buffer_text(&key));

    if (!group || group->is_told)
        return;
    canvas_line(canvas);
    canvas_print(canvas, INK_PLAIN, "  ");
    canvas_print(canvas, INK_CARE, "skipped");
    canvas_print(canvas, INK_PLAIN, " because \"");
    canvas_show(canvas, INK_PLAIN, failed, NAME_MOST);
    canvas_print(canvas, INK_PLAIN, "\" failed");
    tell_names(canvas, group);
    canvas_line(canvas);
    group->is_told = true;
}

static int by_plan(const void *left, const void *right)
{
    const struct map_entry *a = left, *b = right;
    const struct skip_group *first = a->value, *second = b->value;

    return (first->tests[0].ordinal > second->tests[0].ordinal) -
           (first->tests[0].ordinal < second->tests[0].ordinal);
}

void skipped_tell(const struct skipped *skipped, struct canvas *canvas,
                  bool is_after_failure)
{
    size_t count = skipped->groups.count;
    struct map_entry *sorted = must_alloc((count + 1) * sizeof(*sorted));

    if (count)
        memcpy(sorted, skipped->groups.entries, count * sizeof(*sorted));
    qsort(sorted, count, sizeof(*sorted), by_plan);
    for (size_t i = 0; i < count; i++) {
        const struct skip_group *group = sorted[i].value;

        if (group->is_told)
            continue;
        if (is_after_failure)
            canvas_line(canvas);
        is_after_failure = false;
        tell_group(canvas, group);
    }
    free(sorted);
}

void skipped_finish(struct skipped *skipped)
{
    for (size_t i = 0; i < skipped->groups.count; i++) {
        struct skip_group *group = skipped->groups.entries[i].value;

        for (size_t j = 0; j < name_count(group); j++)
            free(group->tests[j].name);
        free(group->key);
        free(group->reason);
        free(group);
    }
    map_finish(&skipped->groups);
}
