#include <jansson.h>
#include <stdlib.h>

#include "runner/cli/graph.h"
#include "runner/cli/page.h"
#include "specs/rows.h"

static const char *const role_names[] = {
    [ROLE_SETUP] = "setup", [ROLE_TEST] = "test", [ROLE_TEARDOWN] = "teardown"};
static const char *const reason_names[] = {
    [WAIT_CAPTURE] = "capture",   [WAIT_AFTER] = "after",
    [WAIT_SETUP] = "setup",       [WAIT_SEQUENTIAL] = "sequential",
    [WAIT_TEARDOWN] = "teardown",
};

/* Where each test stands in the document, by its index. */
static size_t *number_tests(const struct plan *plan)
{
    size_t *numbers = must_alloc(plan->test_count * sizeof(*numbers));
    size_t count = 0;

    for (size_t i = 0; i < plan->test_count; i++) {
        numbers[i] = count;
        count += plan->tests[i].selection != LEFT_OUT;
    }
    return numbers;
}

/* The setters below take over what is new; with the names of a plan, which are
 * valid UTF-8, they cannot fail but for memory. */
static json_t *describe_text(struct page *page, const char *text)
{
    return json_string(page_show(page, text));
}

static json_t *describe_names(struct page *page, size_t count,
                              const char *const *names)
{
    json_t *list = json_array();

    for (size_t i = 0; i < count; i++)
        json_array_append_new(list, describe_text(page, names[i]));
    return list;
}

static json_t *describe_count(uint64_t count)
{
    return json_integer((json_int_t)count);
}

static json_t *describe(struct page *page, const struct test *test,
                        const size_t *numbers)
{
    json_t *result = json_object();

    json_object_set_new(result, "index",
                        json_integer((json_int_t)numbers[test->index]));
    json_object_set_new(result, "suite",
                        describe_text(page, test->suite->path));
    json_object_set_new(result, "line",
                        json_integer(spot_place(test->at).line));
    json_object_set_new(result, "role", json_string(role_names[test->role]));
    json_object_set_new(result, "name", describe_text(page, test->name));
    json_object_set_new(result, "id", describe_text(page, test->id));
    json_object_set_new(result, "tags",
                        describe_names(page, test->tag_count, test->tags));
    json_object_set_new(
        result, "selection",
        json_string(test->selection == PULLED_IN ? "needed" : "selected"));
    json_object_set_new(result, "copies",
                        json_integer((json_int_t)test->copy_count));
    json_object_set_new(result, "requests",
                        json_integer((json_int_t)test->step_count));
    if (test->rows)
        json_object_set_new(result, "rows", describe_count(test->rows->count));
    if (test->is_repeated)
        json_object_set_new(result, "repeat",
                            describe_count(test->repeat_count));
    json_object_set_new(result, "locks",
                        describe_names(page, test->lock_count, test->locks));
    if (test->skip)
        json_object_set_new(result, "skip", describe_text(page, test->skip));
    return result;
}

static json_t *describe_waits(const struct test *test, const size_t *numbers)
{
    json_t *waits = json_array();

    for (size_t i = 0; i < test->wait_count; i++) {
        const struct wait *wait = &test->waits[i];
        json_t *entry = json_object();

        json_object_set_new(entry, "on",
                            json_integer((json_int_t)numbers[wait->on->index]));
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

static json_t *describe_path(const struct critical *critical,
                             const size_t *numbers)
{
    json_t *path = json_array();

    for (size_t i = 0; i < critical->count; i++)
        json_array_append_new(
            path, describe_count(numbers[critical->tests[i]->index]));
    return path;
}

/* null where the path is by requests. */
static json_t *describe_times(const struct critical *critical)
{
    json_t *times;

    if (!critical->times_ns)
        return json_null();
    times = json_object();
    json_object_set_new(times, "critical_path_ns",
                        describe_count(critical->path_ns));
    json_object_set_new(times, "sum_ns", describe_count(critical->sum_ns));
    json_object_set_new(times, "median_ns",
                        describe_count(critical->median_ns));
    json_object_set_new(times, "unknown",
                        describe_count(critical->unknown_count));
    return times;
}

static json_t *describe_with_waits(struct page *page, const struct test *test,
                                   const struct critical *critical,
                                   const size_t *numbers)
{
    json_t *entry = describe(page, test, numbers);

    json_object_set_new(entry, "flow", describe_count(test->flow));
    json_object_set_new(entry, "height", describe_count(test->height));
    if (critical_knows(critical, test))
        json_object_set_new(entry, "last_ns",
                            describe_count(critical->times_ns[test->index]));
    json_object_set_new(entry, "waits", describe_waits(test, numbers));
    return entry;
}

void graph_print_json(const struct plan *plan, const struct critical *critical,
                      FILE *out)
{
    json_auto_t *document = json_object();
    json_t *tests = json_array();
    size_t *numbers = number_tests(plan);
    struct page page;

    page_open(&page, plan, out);
    for (size_t i = 0; i < plan->test_count; i++) {
        const struct test *test = &plan->tests[i];

        if (test->selection != LEFT_OUT)
            json_array_append_new(
                tests, describe_with_waits(&page, test, critical, numbers));
    }
    json_object_set_new(document, "tests", tests);
    json_object_set_new(document, "flows",
                        json_integer((json_int_t)plan->flow_count));
    json_object_set_new(document, "critical_path",
                        describe_path(critical, numbers));
    json_object_set_new(document, "times", describe_times(critical));
    print(document, out);
    page_close(&page);
    free(numbers);
}

static json_t *describe_passed_over(struct page *page, const struct plan *plan)
{
    json_t *paths = json_array();

    for (size_t i = 0; i < plan->passed_over_count; i++)
        json_array_append_new(paths, describe_text(page, plan->passed_over[i]));
    return paths;
}

void list_print_json(const struct plan *plan, FILE *out)
{
    json_auto_t *document = json_object();
    json_t *tests = json_array();
    size_t *numbers = number_tests(plan);
    struct page page;

    page_open(&page, plan, out);
    for (size_t i = 0; i < plan->test_count; i++) {
        if (plan->tests[i].selection != LEFT_OUT)
            json_array_append_new(tests,
                                  describe(&page, &plan->tests[i], numbers));
    }
    json_object_set_new(document, "tests", tests);
    json_object_set_new(document, "passed_over",
                        describe_passed_over(&page, plan));
    print(document, out);
    page_close(&page);
    free(numbers);
}
