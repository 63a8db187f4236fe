/* What queries select. The cases of tests/paths are run here too. */
#include "tests/unit/assertions/query.h"
#include "tests/unit/unit.h"
#include "tests/unit/values.h"
#include <glob.h>
#include <stdio.h>
#include <string.h>

#include "specs/json.h"

struct case_file {
    FILE *file;
    const char *name;
    unsigned line;
};

static void closep(FILE **file)
{
    if (*file)
        fclose(*file);
}

static void check_list(const json_t *wanted, const json_t *found,
                       const struct case_file *from)
{
    CLEANUP(freep) char *text = value_print(found);

    ck_assert_msg(json_values_equal(wanted, found), "%s:%u: %s", from->name,
                  from->line, text);
}

static void check_case(char *const *lines, const struct case_file *from)
{
    SCOPED_ARENA arena = {0};
    SCOPED_QUERY path = query_compile(&arena, lines[0]);
    json_auto_t *document = value_read(lines[1]);
    json_auto_t *values = json_array();
    json_auto_t *paths = json_array();
    json_auto_t *wanted = value_read(lines[2]);
    struct jsonpath_nodes nodes;
    struct fault fault = {0};

    nodes = jsonpath_evaluate(path, document, true, &arena, &fault);
    ck_assert_msg(!fault.raised, "%s:%u: %s", from->name, from->line,
                  fault.text);
    for (size_t i = 0; i < nodes.count; i++) {
        json_array_append(values, nodes.list[i].value);
        json_array_append_new(paths, json_string(nodes.list[i].normalized));
    }
    check_list(wanted, values, from);
    if (lines[3][0]) {
        json_auto_t *wanted_paths = value_read(lines[3]);

        check_list(wanted_paths, paths, from);
    }
}

static bool next_line(struct case_file *from, char *line, size_t size)
{
    line[0] = '\0';
    if (!fgets(line, (int)size, from->file))
        return false;
    from->line++;
    line[strcspn(line, "\n")] = '\0';
    return true;
}

static size_t check_cases(struct case_file *from)
{
    char room[4][1024];
    char *lines[] = {room[0], room[1], room[2], room[3]};
    size_t count = 0;

    while (next_line(from, lines[0], sizeof(room[0]))) {
        if (!lines[0][0] || lines[0][0] == '#')
            continue;
        ck_assert(next_line(from, lines[1], sizeof(room[1])));
        ck_assert(next_line(from, lines[2], sizeof(room[2])));
        (void)next_line(from, lines[3], sizeof(room[3]));
        check_case(lines, from);
        count++;
    }
    return count;
}

START_TEST(selects_what_the_case_files_say)
{
    glob_t found;
    size_t count = 0;

    ck_assert_int_eq(glob("tests/paths/*.test", 0, NULL, &found), 0);
    for (size_t i = 0; i < found.gl_pathc; i++) {
        struct case_file from = {.name = found.gl_pathv[i]};

        from.file = fopen(from.name, "re");
        ck_assert(from.file);
        count += check_cases(&from);
        closep(&from.file);
    }
    ck_assert_uint_gt(count, 70);
    globfree(&found);
}
END_TEST

START_TEST(outlives_its_text)
{
    SCOPED_ARENA arena = {0};
    char query[] = "$[?@.a == 'b' && match(@.a, 'b')]['\\u0061']";
    SCOPED_QUERY path = query_compile(&arena, query);
    json_auto_t *document = value_read("[{\"a\":\"b\"}]");
    struct jsonpath_nodes nodes;
    struct fault fault = {0};

    memset(query, 'x', strlen(query));
    nodes = jsonpath_evaluate(path, document, false, &arena, &fault);
    ck_assert(!fault.raised);
    ck_assert_uint_eq(nodes.count, 1);
    ck_assert_str_eq(json_string_value(nodes.list[0].value), "b");
    ck_assert(!nodes.list[0].normalized);
}
END_TEST

UNIT("jsonpath", selects_what_the_case_files_say, outlives_its_text)
