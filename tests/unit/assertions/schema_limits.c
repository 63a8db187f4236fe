/* One past each limit. */
#include "tests/unit/assertions/schema_trial.h"
#include "tests/unit/unit.h"
#include <stdio.h>
#include <string.h>

#include "specs/json.h"

/* A chain of so many schemas, each of which leads to the next one; twice, so
 * that each takes double the steps of the next. */
static char *make_chain(size_t count, bool twice)
{
    struct buffer text = buffer_with_ceiling(LIMIT_SPEC_BYTES);

    ck_assert(buffer_add_text(&text, "{\"$ref\": \"#/$defs/0\", \"$defs\": {"));
    for (size_t i = 0; i < count; i++) {
        ck_assert(buffer_print(&text, "\"%zu\": {", i));
        if (twice)
            ck_assert(buffer_print(
                &text, "\"allOf\": [{\"$ref\": \"#/$defs/%zu\"}],", i + 1));
        ck_assert(buffer_print(&text, "\"$ref\": \"#/$defs/%zu\"},", i + 1));
    }
    ck_assert(buffer_print(&text, "\"%zu\": {\"type\": \"null\"}}}", count));
    return buffer_take(&text);
}

START_TEST(limits_depth)
{
    CLEANUP(freep) char *deep = make_chain(LIMIT_SCHEMA_DEPTH - 2, false);
    CLEANUP(freep) char *deeper = make_chain(LIMIT_SCHEMA_DEPTH - 1, false);
    struct arena arena = {0};
    char wanted[128];

    snprintf(wanted, sizeof(wanted),
             "gave up: the check nests deeper than %d schemas: is there a "
             "circle?",
             LIMIT_SCHEMA_DEPTH);
    ck_assert_str_eq(schema_said(&arena, NULL, deep, "null"), "holds");
    ck_assert_str_eq(schema_said(&arena, NULL, deep, "1"),
                     "$: expected null, found 1");
    ck_assert_str_eq(schema_said(&arena, NULL, deeper, "null"), wanted);
    ck_assert_str_eq(
        schema_said(&arena, NULL,
                    "{\"$dynamicAnchor\": \"a\", \"$dynamicRef\": \"#a\"}",
                    "null"),
        wanted);
    arena_finish(&arena);
}
END_TEST

START_TEST(limits_steps)
{
    CLEANUP(freep) char *few = make_chain(10, true);
    CLEANUP(freep) char *many = make_chain(24, true);
    struct arena arena = {0};
    char wanted[128];

    snprintf(wanted, sizeof(wanted),
             "gave up: the schema takes more than %d steps",
             LIMIT_SCHEMA_STEPS);
    ck_assert_str_eq(schema_said(&arena, NULL, few, "null"), "holds");
    ck_assert_str_eq(schema_said(&arena, NULL, many, "null"), wanted);
    arena_finish(&arena);
}
END_TEST

/* That it is wrong is known at once, and what cannot be told is not. */
START_TEST(tells_what_it_can)
{
    CLEANUP(freep) char *many = make_chain(24, true);
    struct arena arena = {0};
    const char *said = schema_said(&arena, NULL, many, "1");

    ck_assert_msg(strstr(said, "$: expected null, found 1\n"), "%s", said);
    arena_finish(&arena);
}
END_TEST

static char *nest(size_t depth)
{
    struct buffer text = buffer_with_ceiling(LIMIT_SPEC_BYTES);

    for (size_t i = 0; i < depth; i++)
        ck_assert(buffer_add_text(&text, "{\"not\": "));
    ck_assert(buffer_add_text(&text, "true"));
    for (size_t i = 0; i < depth; i++)
        ck_assert(buffer_add_text(&text, "}"));
    return buffer_take(&text);
}

START_TEST(limits_nesting)
{
    CLEANUP(freep) char *deep = nest(LIMIT_SPEC_DEPTH);
    CLEANUP(freep) char *deeper = nest(LIMIT_SPEC_DEPTH + 1);
    struct arena arena = {0};
    char wanted[128];

    snprintf(wanted, sizeof(wanted), "1:%d: nested deeper than %d levels",
             LIMIT_SPEC_DEPTH * 8 + 1, LIMIT_SPEC_DEPTH);
    ck_assert_str_eq(schema_said(&arena, NULL, deep, "1"), "holds");
    ck_assert_str_eq(schema_said(&arena, NULL, deeper, "1"), wanted);
    arena_finish(&arena);
}
END_TEST

/* A value that no text holds may nest as it likes. */
START_TEST(limits_nesting_of_values)
{
    struct arena arena = {0};
    struct schema_options options = {0};
    struct faults faults = {0};
    json_t *value = json_true();
    struct node written = {0};

    for (int i = 0; i <= LIMIT_SPEC_DEPTH; i++)
        value = json_pack("{so}", "not", value);
    written.json = value;
    ck_assert_ptr_null(
        schema_inline(schema_set_open(&arena, &options), &written, &faults));
    ck_assert_uint_eq(faults.total, 1);
    faults_finish(&faults);
    arena_finish(&arena);
    json_decref(value);
}
END_TEST

START_TEST(limits_patterns)
{
    struct arena arena = {0};
    const char *said =
        schema_said(&arena, NULL, "{\"pattern\": \"^(a+)+$\"}",
                    "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\"");

    ck_assert_msg(strstr(said, "gave up: a pattern of the schema takes too "
                               "long on \"aaaa") == said,
                  "%s", said);
    ck_assert_int_gt(LIMIT_PATTERN_STEPS, 0);
    arena_finish(&arena);
}
END_TEST

/* However much is wrong, and however long it is. */
START_TEST(limits_what_is_told)
{
    struct arena arena = {0};
    struct schema_options options = {0};
    struct faults faults = {0};
    struct fault fault = {0};
    struct schema_errors errors = {.most = 3};
    json_auto_t *schema = json_pack("{s{ss}}", "items", "type", "null");
    json_auto_t *instance = json_array();
    struct node written = {.json = schema};
    char *text = arena_take(&arena, LIMIT_VALUE_TOLD * 3);

    memset(text, 'x', LIMIT_VALUE_TOLD * 3 - 1);
    for (int i = 0; i < 9; i++)
        json_array_append_new(instance, json_pack("{ss}", text, text));
    ck_assert_int_eq(
        schema_check(
            schema_inline(schema_set_open(&arena, &options), &written, &faults),
            instance, &arena, &errors, &fault),
        SCHEMA_FAILS);
    ck_assert_uint_eq(errors.count, 3);
    ck_assert_uint_eq(errors.total, 9);
    for (size_t i = 0; i < errors.count; i++)
        ck_assert_uint_le(strlen(errors.list[i].text), LIMIT_VALUE_TOLD);
    arena_finish(&arena);
}
END_TEST

UNIT("schema_limits", limits_depth, limits_steps, tells_what_it_can,
     limits_nesting, limits_nesting_of_values, limits_patterns,
     limits_what_is_told)
