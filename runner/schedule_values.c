/* What tests leave to each other: captured values and cookies. */
#include <stdlib.h>
#include <string.h>

#include "runner/schedule_parts.h"

static int by_copy(const void *a, const void *b)
{
    const struct copy_jar *first = a, *second = b;

    return (first->copy > second->copy) - (first->copy < second->copy);
}

void schedule_keep_jar(struct task *task, size_t copy, struct jar *jar)
{
    if (!jar->count)
        return;
    task->jars =
        must_resize(task->jars, (task->jar_count + 1) * sizeof(*task->jars));
    task->jars[task->jar_count++] = (struct copy_jar){copy, *jar};
    *jar = (struct jar){0};
}

void schedule_merge_jars(struct task *task)
{
    if (!task->jar_count)
        return;
    qsort(task->jars, task->jar_count, sizeof(*task->jars), by_copy);
    for (size_t i = 0; i < task->jar_count; i++) {
        jar_merge(&task->jar, &task->jars[i].jar);
        jar_finish(&task->jars[i].jar);
    }
    task->jar_count = 0;
}

/* Copies of a test with rows repeat each of them. */
static size_t repetition_of(const struct test *test, size_t copy)
{
    return test->rows ? copy % test->repeat_count : copy;
}

static bool is_index(const struct task *task, const char *name)
{
    return task->test->is_repeated && strcmp(name, "index") == 0;
}

/* What was captured by the suite, or else by one that it includes. */
static json_t *find_capture(const struct schedule *schedule,
                            const struct suite *suite, const char *name)
{
    json_t *value = json_object_get(schedule->captures[suite->index], name);

    for (size_t i = 1; !value && i < suite->reach_count; i++)
        value =
            json_object_get(schedule->captures[suite->reach[i]->index], name);
    return value;
}

json_t *schedule_values(const struct schedule *schedule,
                        const struct task *task, const struct step *step,
                        json_t *own, size_t copy)
{
    const struct suite *suite = task->test->suite;
    json_int_t index = (json_int_t)repetition_of(task->test, copy);
    json_t *values;

    if (step->needs.count == 0)
        return NULL;
    values = json_object();
    for (size_t i = 0; i < step->needs.count; i++) {
        const char *name = step->needs.list[i].name;
        json_t *value = json_object_get(own, name);

        if (is_index(task, name))
            json_object_set_new(values, name, json_integer(index));
        else if (value || (value = find_capture(schedule, suite, name)))
            json_object_set(values, name, value);
    }
    return values;
}

/* What one of several copies captured is its own; the name may be that of a
 * capture in an included suite. */
void schedule_keep(struct schedule *schedule, const struct task *task,
                   json_t *captured)
{
    if (task->test->is_repeated || task->test->rows)
        return;
    json_object_update(schedule->captures[task->test->suite->index], captured);
}

static int by_index(const void *a, const void *b)
{
    const struct test *const *first = a, *const *second = b;

    return ((*first)->index > (*second)->index) -
           ((*first)->index < (*second)->index);
}

void schedule_cookies(const struct schedule *schedule, const struct task *task,
                      struct jar *jar)
{
    size_t count = 0;
    const struct test **givers =
        must_alloc(task->test->wait_count * sizeof(const struct test *));

    for (size_t i = 0; i < task->test->wait_count; i++) {
        const struct test *on = task->test->waits[i].on;
        const struct task *giver = schedule_task(schedule, on);

        if (giver && giver->jar.count)
            givers[count++] = on;
    }
    qsort(givers, count, sizeof(const struct test *), by_index);
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || givers[i] != givers[i - 1])
            jar_merge(jar, &schedule_task(schedule, givers[i])->jar);
    }
    free(givers);
}
