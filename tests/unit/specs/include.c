/* Which suites are of the plan, and what they see of each other. */
#include "specs/include.h"

#include "tests/unit/specs/included.h"
#include "tests/unit/unit.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "specs/base/buffer.h"
#include "specs/parse.h"

static void expect_paths(const struct sketch *sketch, const char *wanted)
{
    struct buffer paths = buffer_with_ceiling(1 << 16);

    for (size_t i = 0; i < sketch->plan->suite_count; i++)
        ck_assert(buffer_print(&paths, "%s%s", i ? " " : "",
                               sketch->plan->suites[i].path));
    ck_assert_str_eq(buffer_text(&paths), wanted);
    buffer_finish(&paths);
}

static void expect_reach(const struct suite *suite, const char *wanted)
{
    struct buffer paths = buffer_with_ceiling(1 << 16);

    for (size_t i = 0; i < suite->reach_count; i++)
        ck_assert(
            buffer_print(&paths, "%s%s", i ? " " : "", suite->reach[i]->path));
    ck_assert_str_eq(buffer_text(&paths), wanted);
    buffer_finish(&paths);
}

START_TEST(a_file_is_one_suite_however_many_include_it)
{
    static const char *const paths[] = {"x/a.json", "b.json", "c.json",
                                        "x/../y/d.json"};
    struct sketch sketch;

    included_begin();
    mkdir("x", 0755);
    mkdir("y", 0755);
    ck_assert_int_eq(symlink("y/d.json", "link.json"), 0);
    folder_write("x/a.json", "{\"include\": [\"../c.json\", \"../y/d.json\"], "
                             "\"tests\": []}");
    folder_write("b.json", "{\"include\": \"link.json\", \"tests\": []}");
    folder_write("c.json", "{\"include\": \"./y/d.json\"}");
    folder_write("y/d.json", "{}");
    included_load(&sketch, COUNT(paths), paths);
    expect_paths(&sketch, "x/../y/d.json c.json x/a.json b.json");
    sketch_finish(&sketch);
    included_load(&sketch, 2, paths);
    expect_paths(&sketch, "y/d.json c.json x/a.json b.json");
    expect_reach(included_suite(&sketch, "x/a.json"),
                 "x/a.json c.json y/d.json");
    ck_assert_uint_eq(included_suite(&sketch, "x/a.json")->include_count, 2);
    expect_reach(included_suite(&sketch, "y/d.json"), "y/d.json");
    sketch_finish(&sketch);
    included_end();
}
END_TEST

START_TEST(a_path_through_a_link_keeps_its_names)
{
    const char *path = "link/a.json";
    struct sketch sketch;

    included_begin();
    mkdir("x", 0755);
    mkdir("x/deep", 0755);
    ck_assert_int_eq(symlink("x/deep", "link"), 0);
    folder_write("x/deep/a.json",
                 "{\"include\": \"../b.json\", \"tests\": []}");
    folder_write("x/b.json", "{}");
    included_load(&sketch, 1, &path);
    expect_paths(&sketch, "link/../b.json link/a.json");
    sketch_finish(&sketch);
    included_end();
}
END_TEST

START_TEST(a_folder_file_that_is_included_is_not_passed_over)
{
    const char *path = "x";
    struct sketch sketch;

    included_begin();
    mkdir("x", 0755);
    folder_write("x/a.volley.json",
                 "{\"include\": \"plain.json\", \"tests\": []}");
    folder_write("x/plain.json", "{}");
    folder_write("x/other.json", "{}");
    included_load(&sketch, 1, &path);
    expect_paths(&sketch, "x/plain.json x/a.volley.json");
    ck_assert_uint_eq(sketch.plan->passed_over_count, 1);
    sketch_finish(&sketch);
    included_end();
}
END_TEST

START_TEST(a_missing_include_hides_what_follows_from_it)
{
    included_begin();
    folder_write("a.json", "{\"include\": [\"b.json\", \"lost.json\"],\n"
                           "\"tests\": [" TEST("a", "{{token}}") "]}");
    folder_write("b.json", "{\"include\": \"lst.json\"}");
    included_tell("a.json", "b.json:1 \"lst.json\": no such file or folder\n"
                            "a.json:1 \"lost.json\": no such file or folder\n");
    folder_write("last.json", "{}");
    included_tell("b.json",
                  "b.json:1 a suite needs \"tests\"\n"
                  "b.json:1 \"lst.json\": no such file or folder; did you mean "
                  "\"last.json\"?\n");
    included_end();
}
END_TEST

START_TEST(what_is_included_twice_is_warned_of)
{
    included_begin();
    folder_write("a.json", "{\"include\": [\"b.json\", \"./b.json\"],\n"
                           "\"tests\": []}");
    folder_write("b.json", "{}");
    included_tell("a.json", "a.json:1 \"./b.json\" is included twice\n");
    included_end();
}
END_TEST

static void write_chain(size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char path[32], text[64];

        snprintf(path, sizeof(path), "%zu.json", i);
        snprintf(text, sizeof(text), "{\"include\": \"%zu.json\"%s}", i + 1,
                 i ? "" : ", \"tests\": []");
        folder_write(path, text);
    }
}

START_TEST(suites_include_each_other_to_a_limit)
{
    char last[32], told[128];

    included_begin();
    write_chain(LIMIT_INCLUDE_DEPTH - 1);
    snprintf(last, sizeof(last), "%d.json", LIMIT_INCLUDE_DEPTH - 1);
    folder_write(last, "{}");
    included_tell("0.json", "");
    write_chain(LIMIT_INCLUDE_DEPTH);
    snprintf(told, sizeof(told),
             "%s:1 files include each other more than %d deep here\n", last,
             LIMIT_INCLUDE_DEPTH);
    snprintf(last, sizeof(last), "%d.json", LIMIT_INCLUDE_DEPTH);
    folder_write(last, "{}");
    included_tell("0.json", told);
    included_end();
}
END_TEST

/* A file of the folder, whatever is in it. */
static struct parsed *parse(struct includer *includer, const char *path,
                            const char *text)
{
    struct arena *arena = &includer->plan->arena;
    struct parsed *parsed = arena_take(arena, sizeof(*parsed));
    char *folder = realpath(".", NULL);

    parsed->source = source_new(arena, path, text, strlen(text));
    parsed->folder = parsed->file_root = arena_copy(arena, folder);
    parsed->real = arena_print(arena, "%s/%s", folder, path);
    parsed->root = parse_outline(parsed->source, arena, includer->faults);
    map_set(includer->files, parsed->real, parsed);
    free(folder);
    return parsed;
}

static struct parsed *parse_empty(struct includer *includer, const char *path,
                                  const char *real)
{
    (void)real;
    return parse(includer, path, "{}");
}

/* What is told of three files that include each other, beside so many. */
static void expect_told(size_t others, const char *told)
{
    struct plan *plan = must_alloc(sizeof(*plan));
    struct faults faults = {0};
    struct map files = {0};
    struct includer includer = {
        .plan = plan, .faults = &faults, .files = &files, .read = parse_empty};

    for (size_t i = 0; i < others; i++)
        map_set(&files, arena_print(&plan->arena, "%zu", i), plan);
    include_follow(&includer, parse(&includer, "a.json",
                                    "{\"include\": [\"b.json\", \"b.json\", "
                                    "\"c.json\"]}"));
    ck_assert_uint_eq(faults.total, *told != '\0');
    if (*told) {
        ck_assert_str_eq(faults.faults[0].text, told);
        ck_assert_uint_eq(faults.faults[0].at.column, 34);
    }
    includer_finish(&includer);
    map_finish(&files);
    faults_finish(&faults);
    plan_free(plan);
}

START_TEST(no_more_files_are_included_than_the_limit)
{
    char told[64];

    included_begin();
    folder_write("b.json", "{}");
    folder_write("c.json", "{}");
    expect_told(LIMIT_SPEC_FILES - 3, "");
    snprintf(told, sizeof(told), "more than %d files are included",
             LIMIT_SPEC_FILES);
    expect_told(LIMIT_SPEC_FILES - 2, told);
    included_end();
}
END_TEST

static const char *text_of(const struct suite *suite, const char *name)
{
    const char *text =
        json_string_value(json_object_get(suite->constants, name));

    return text ? text : "";
}

START_TEST(own_variables_outrank_those_of_included_suites)
{
    const char *path = "a.json";
    const struct suite *suite;
    struct sketch sketch;

    included_begin();
    folder_write("a.json", "{\"include\": [\"b.json\", \"c.json\"],"
                           " \"variables\": {\"own\": \"a\", \"made\": "
                           "\"of {{both}}\"}, \"tests\": []}");
    folder_write("b.json", "{\"include\": \"d.json\", \"variables\": {\"own\": "
                           "\"b\", \"both\": \"b\"}}");
    folder_write("c.json", "{\"variables\": {\"both\": \"c\", \"only\": \"c\", "
                           "\"deep\": \"c\"}}");
    folder_write("d.json",
                 "{\"variables\": {\"deep\": \"d\", \"both\": \"d\"}}");
    included_load(&sketch, 1, &path);
    suite = included_suite(&sketch, "a.json");
    ck_assert_str_eq(text_of(suite, "own"), "a");
    ck_assert_str_eq(text_of(suite, "both"), "b");
    ck_assert_str_eq(text_of(suite, "made"), "of b");
    ck_assert_str_eq(text_of(suite, "only"), "c");
    ck_assert_str_eq(text_of(suite, "deep"), "d");
    ck_assert_str_eq(text_of(included_suite(&sketch, "b.json"), "own"), "b");
    ck_assert_str_eq(text_of(included_suite(&sketch, "d.json"), "own"), "");
    sketch_finish(&sketch);
    included_end();
}
END_TEST

START_TEST(the_command_line_outranks_included_variables)
{
    const char *path = "a.json";
    char key[] = "key=0123456789";
    char *environment[] = {key, NULL};
    const struct definition variable = {"b", "line"};
    const struct plan_options options = {
        .path_count = 1,
        .paths = &path,
        .variable_count = 1,
        .variables = &variable,
        .environment = environment,
    };
    struct faults faults = {0};
    const struct suite *suite;
    struct plan *plan;

    included_begin();
    folder_write("a.json", "{\"include\": \"b.json\", \"tests\": []}");
    folder_write("b.json", "{\"secrets\": [\"key\"], \"variables\": {\"b\": "
                           "\"file\"}}");
    ck_assert_int_eq(plan_load(&options, &plan, &faults), PLAN_LOADED);
    suite = &plan->suites[1];
    ck_assert_str_eq(suite->path, "a.json");
    ck_assert_str_eq(text_of(suite, "b"), "line");
    ck_assert_str_eq(text_of(suite, "key"), "0123456789");
    ck_assert_uint_eq(suite->secret_count, 1);
    ck_assert_str_eq(suite->secrets[0], "0123456789");
    faults_finish(&faults);
    plan_free(plan);
    included_end();
}
END_TEST

UNIT("include", a_file_is_one_suite_however_many_include_it,
     a_path_through_a_link_keeps_its_names,
     a_folder_file_that_is_included_is_not_passed_over,
     a_missing_include_hides_what_follows_from_it,
     what_is_included_twice_is_warned_of, suites_include_each_other_to_a_limit,
     no_more_files_are_included_than_the_limit,
     own_variables_outrank_those_of_included_suites,
     the_command_line_outranks_included_variables)
