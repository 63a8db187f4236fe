#include "tests/unit/specs/calls.h"

#include "tests/unit/values.h"
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct chance leap_day = {
    .suite = "s", .test = "t", .wall_ns = INT64_C(1709210096789000000)};

static void keep_fault(const struct fault *fault, struct hole *hole)
{
    /* Behind the quote and the braces, with quotes of its own escaped. */
    const char *text = fault->at.excerpt;
    size_t column = fault->at.column;

    snprintf(hole->told, sizeof(hole->told), "%s", fault->text);
    hole->column = column - 3;
    for (size_t i = 0; text && i + 1 < column; i++)
        hole->column -= text[i] == '\\' && text[i + 1] != 'u';
}

static void keep_value(json_t *value, struct hole *hole)
{
    char *text = value_print(value);

    ck_assert_uint_lt(strlen(text), sizeof(hole->value));
    snprintf(hole->value, sizeof(hole->value), "%s", text);
    free(text);
}

void hole_fill(const char *expression, const struct scope *scope,
               struct hole *hole)
{
    CLEANUP(arena_finish) struct arena arena = {0};
    struct faults faults = {0};
    struct fault fault = {0};
    char *braced = arena_print(&arena, "{{%s}}", expression);
    json_auto_t *string = json_string(braced);
    char *text = value_print(string);
    struct node node = value_node(&arena, "t.json", text);
    const struct template *template = template_compile(&arena, &node, &faults);
    json_t *value = NULL;

    *hole = (struct hole){.is_constant = template_is_constant(template),
                          .varies = template_varies(template)};
    if (!faults.total)
        value = template_fill(template, scope, &fault);
    ck_assert_msg(!value == (faults.total || fault.raised), "%s", expression);
    if (value)
        keep_value(value, hole);
    else
        keep_fault(faults.total ? &faults.faults[0] : &fault, hole);
    json_decref(value);
    json_decref(node.json);
    faults_finish(&faults);
    free(text);
}

void holes_expect(const struct scope *scope, const struct hole_row *rows,
                  size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct hole hole;

        hole_fill(rows[i].expression, scope, &hole);
        ck_assert_msg(strcmp(hole.value, rows[i].value) == 0,
                      "%s is %s%s, wanted %s", rows[i].expression, hole.value,
                      hole.told, rows[i].value);
    }
}

void mistakes_expect(const struct scope *scope, const struct mistake_row *rows,
                     size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct hole hole;

        hole_fill(rows[i].expression, scope, &hole);
        ck_assert_msg(!*hole.value && strcmp(hole.told, rows[i].told) == 0,
                      "%s tells: %s%s, wanted %s", rows[i].expression,
                      hole.told, hole.value, rows[i].told);
        ck_assert_msg(hole.column == rows[i].column,
                      "%s: column %zu, wanted %zu", rows[i].expression,
                      hole.column, rows[i].column);
    }
}
