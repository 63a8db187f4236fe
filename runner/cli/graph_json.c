#include <jansson.h>
#include <stdlib.h>

#include "runner/cli/graph.h"

static const char *const role_names[] = {
    [ROLE_SETUP] = "setup", [ROLE_TEST] = "test", [ROLE_TEARDOWN] = "teardown"};
static const char *const reason_names[] = {
    [WAIT_CAPTURE] = "capture",   [WAIT_AFTER] = "after",
    [WAIT_SETUP] = "setup",       [WAIT_SEQUENTIAL] = "sequential",
    [WAIT_TEARDOWN] = "teardown",
};

/* The setters below take over what is new; with the names of a plan, which are
 * valid UTF-8, they cannot fail but for memory. */
static json_t *describe_tags(const struct test *test)
{
    json_t *tags = json_array();

    for (size_t i = 0; i < test->tag_count; i++)
        json_array_append_new(tags, json_string(test->tags[i]));
    return tags;
}

static json_t *describe(const struct test *test)
{
    json_t *result = json_object();

    json_object_set_new(result, "index", json_integer((json_int_t)test->index));
    json_object_set_new(result, "suite", json_string(test->suite->path));
    json_object_set_new(result, "line",
                        json_integer(spot_place(test->at).line));
    json_object_set_new(result, "role", json_string(role_names[test->role]));
    json_object_set_new(result, "name", json_string(test->name));
    json_object_set_new(result, "id", json_string(test->id));
    json_object_set_new(result, "tags", describe_tags(test));
    json_object_set_new(result, "copies",
                        json_integer((json_int_t)test->copy_count));
    json_object_set_new(result, "requests",
                        json_integer((json_int_t)test->step_count));
    if (test->skip)
        json_object_set_new(result, "skip", json_string(test->skip));
    return result;
}

static json_t *describe_waits(const struct test *test)
{
    json_t *waits = json_array();

    for (size_t i = 0; i < test->wait_count; i++) {
        const struct wait *wait = &test->waits[i];
        json_t *entry = json_object();

        json_object_set_new(entry, "on",
                            json_integer((json_int_t)wait->on->index));
        json_object_set_new(entry, "because",
                            json_string(reason_names[wait->reason]));
        if (wait->reason == WAIT_CAPTURE)
            json_object_set_new(entry, "variable", json_string(wait->variable));
        json_object_set_new(entry, "requires", json_boolean(wait->requires));
        json_array_append_new(waits, entry);
    }
    return waits;
}

/* What cannot be written is noted by the stream itself. */
static void print(const json_t *document, FILE *out)
{
    json_dumpf(document, out, JSON_INDENT(2));
    fputc('\n', out);
}

static json_t *describe_path(const struct plan *plan)
{
    json_t *path = json_array();
    const struct test **chain = must_alloc(plan->test_count * sizeof(*chain));
    size_t count = plan_critical_path(plan, chain, plan->test_count);

    for (size_t i = 0; i < count; i++)
        json_array_append_new(path, json_integer((json_int_t)chain[i]->index));
    free(chain);
    return path;
}

void graph_print_json(const struct plan *plan, FILE *out)
{
    json_auto_t *document = json_object();
    json_t *tests = json_array();

    for (size_t i = 0; i < plan->test_count; i++) {
        const struct test *test = &plan->tests[i];
        json_t *entry = describe(test);

        json_object_set_new(entry, "flow",
                            json_integer((json_int_t)test->flow));
        json_object_set_new(entry, "height",
                            json_integer((json_int_t)test->height));
        json_object_set_new(entry, "waits", describe_waits(test));
        json_array_append_new(tests, entry);
    }
    json_object_set_new(document, "tests", tests);
    json_object_set_new(document, "flows",
                        json_integer((json_int_t)plan->flow_count));
    json_object_set_new(document, "critical_path", describe_path(plan));
    print(document, out);
}

static json_t *describe_passed_over(const struct plan *plan)
{
    json_t *paths = json_array();

    for (size_t i = 0; i < plan->passed_over_count; i++)
        json_array_append_new(paths, json_string(plan->passed_over[i]));
    return paths;
}

void list_print_json(const struct plan *plan, FILE *out)
{
    json_auto_t *document = json_object();
    json_t *tests = json_array();

    for (size_t i = 0; i < plan->test_count; i++)
        json_array_append_new(tests, describe(&plan->tests[i]));
    json_object_set_new(document, "tests", tests);
    json_object_set_new(document, "passed_over", describe_passed_over(plan));
    print(document, out);
}
