/* Every case of the JSONPath Compliance Test Suite. Skipped where it is
 * not: VOLLEY_SHARED names the folder that holds conformance/, ../shared by
 * default. */
#include "tests/unit/unit.h"
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "assertions/jsonpath/jsonpath.h"
#include "specs/json.h"

static const char *suite_path(void)
{
    static char path[4096];
    const char *shared = getenv("VOLLEY_SHARED");

    snprintf(path, sizeof(path), "%s/conformance/jsonpath-cts/cts.json",
             shared ? shared : "../shared");
    return path;
}

static bool has_result(const json_t *results, const json_t *found)
{
    const json_t *result;
    size_t i;

    json_array_foreach (results, i, result) {
        if (json_values_equal(result, found))
            return true;
    }
    return false;
}

/* A case has one right answer under `one`, or several under `several`. */
static void check_answer(const json_t *test, const char *one,
                         const char *several, const json_t *found)
{
    const char *name = json_string_value(json_object_get(test, "name"));
    const json_t *result = json_object_get(test, one);
    CLEANUP(freep) char *printed = json_dumps(found, JSON_ENCODE_ANY);

    if (result) {
        ck_assert_msg(json_values_equal(result, found), "%s: %s is %s", name,
                      one, printed);
    } else {
        ck_assert_msg(has_result(json_object_get(test, several), found),
                      "%s: %s is %s", name, one, printed);
    }
}

static void check_nodes(const json_t *test, const struct jsonpath *path,
                        bool with_paths)
{
    struct arena arena = {0};
    struct fault fault = {0};
    struct jsonpath_nodes nodes;
    json_auto_t *values = json_array();
    json_auto_t *paths = json_array();

    nodes = jsonpath_evaluate(path, json_object_get(test, "document"),
                              with_paths, &arena, &fault);
    ck_assert(!fault.raised);
    for (size_t i = 0; i < nodes.count; i++) {
        json_array_append(values, nodes.list[i].value);
        if (with_paths)
            json_array_append_new(paths, json_string(nodes.list[i].normalized));
        else
            ck_assert(!nodes.list[i].normalized);
    }
    check_answer(test, "result", "results", values);
    if (with_paths)
        check_answer(test, "result_paths", "results_paths", paths);
    ck_assert(!jsonpath_is_singular(path) || nodes.count <= 1);
    arena_finish(&arena);
}

START_TEST(holds_in_every_case)
{
    json_auto_t *suite = json_load_file(suite_path(), JSON_ALLOW_NUL, NULL);
    const json_t *test;
    size_t i;

    json_array_foreach (json_object_get(suite, "tests"), i, test) {
        const char *name = json_string_value(json_object_get(test, "name"));
        const char *selector =
            json_string_value(json_object_get(test, "selector"));
        struct jsonpath_trouble trouble = {0};
        struct arena arena = {0};
        const struct jsonpath *path =
            jsonpath_compile(&arena, selector, &trouble);

        if (json_object_get(test, "invalid_selector")) {
            ck_assert_msg(!path, "%s: %s is taken", name, selector);
            ck_assert(trouble.text[0] && trouble.offset <= strlen(selector));
        } else {
            ck_assert_msg(path, "%s: %s: %s at %zu", name, selector,
                          trouble.text, trouble.offset);
            check_nodes(test, path, true);
            check_nodes(test, path, false);
        }
        jsonpath_release(path);
        arena_finish(&arena);
    }
    ck_assert_uint_ge(i, 703);
}
END_TEST

int main(void)
{
    const TTest *const tests[] = {holds_in_every_case};

    if (access(suite_path(), F_OK) != 0) {
        printf("1..0 # SKIP there is no %s\n", suite_path());
        return EXIT_SUCCESS;
    }
    return unit_run("jsonpath_cts", tests, COUNT(tests));
}
