#include "tests/unit/specs/row_trial.h"

#include "tests/unit/specs/folder.h"
#include "tests/unit/values.h"
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "specs/base/buffer.h"

enum { TOLD_MOST = 1 << 20 };

void trial_start(struct row_trial *trial)
{
    *trial = (struct row_trial){0};
    trial->suite.path = "suite.json";
    trial->suite.folder = trial->suite.file_root = folder_enter();
    trial->files.arena = &trial->arena;
    trial->files.faults = &trial->faults;
    trial->files.row_most = LIMIT_ROWS;
}

static void add_fault(struct buffer *text, const struct fault *fault)
{
    const struct place *at = &fault->at;

    if (at->path)
        ck_assert(buffer_print(text, "%s:", at->path));
    if (at->line)
        ck_assert(buffer_print(text, "%u:%u:", at->line, at->column));
    ck_assert(buffer_print(text, " %s\n", fault->text));
}

void trial_load(struct row_trial *trial, const char *each)
{
    struct node node = value_node(&trial->arena, "suite.json", each);
    struct buffer told = buffer_with_ceiling(TOLD_MOST);

    trial->rows = rows_read(&trial->files, &trial->suite, &node);
    json_decref(node.json);
    faults_sort(&trial->faults);
    for (size_t i = 0; i < trial->faults.count; i++)
        add_fault(&told, &trial->faults.faults[i]);
    free(trial->told);
    trial->told = buffer_take(&told);
}

char *trial_print(const struct rows *rows)
{
    struct buffer text = buffer_with_ceiling(TOLD_MOST);
    struct fault fault = {0};
    struct row_stream *stream = rows_open(rows, &fault);
    json_t *row;

    while (stream && (row = rows_next(stream, &fault))) {
        ck_assert(json_is_object(row));
        ck_assert(json_print(row, &text) && buffer_add_text(&text, "\n"));
        json_decref(row);
    }
    if (stream)
        ck_assert_ptr_null(rows_next(stream, &fault));
    if (fault.raised)
        add_fault(&text, &fault);
    rows_close(stream);
    return buffer_take(&text);
}

void trial_write(const char *path, const char *text, size_t length)
{
    FILE *file = fopen(path, "w");

    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(text, 1, length, file), length);
    ck_assert_int_eq(fclose(file), 0);
}

void trial_expect(const char *path, const char *text, const char *wanted,
                  const char *told)
{
    struct row_trial trial;
    char each[80];

    trial_start(&trial);
    folder_write(path, text);
    snprintf(each, sizeof(each), "\"%s\"", path);
    trial_load(&trial, each);
    ck_assert_msg(strcmp(trial.told, told ? told : "") == 0,
                  "of\n%s\nis told\n%s\nnot\n%s", text, trial.told,
                  told ? told : "");
    ck_assert(trial.rows->is_broken == (told != NULL));
    if (!told) {
        char *printed = trial_print(trial.rows);

        ck_assert_msg(strcmp(printed, wanted) == 0,
                      "of\n%s\nis read\n%s\nnot\n%s", text, printed, wanted);
        free(printed);
    }
    trial_finish(&trial);
}

void trial_finish(struct row_trial *trial)
{
    free(trial->told);
    row_files_finish(&trial->files);
    faults_finish(&trial->faults);
    arena_finish(&trial->arena);
    folder_leave();
}
