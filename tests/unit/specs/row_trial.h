/* A file of rows of a folder of a test's own, loaded and read. */
#pragma once

#include "specs/rows.h"
#include "specs/specs.h"

struct row_trial {
    struct arena arena;
    struct faults faults;
    struct suite suite;
    struct row_files files;
    const struct rows *rows;
    char *told; /* all faults: "path:line:column text\n" */
};

/* Enters the folder in which its files are. */
void trial_start(struct row_trial *trial);
/* Loads what is written as `each`: JSON. */
void trial_load(struct row_trial *trial, const char *each);
/* Writes a file of that text, loads it and reads its rows if nothing is wrong:
 * they are printed as `wanted`, each with a line feed behind, or else the
 * mistakes are told as `told`. */
void trial_expect(const char *path, const char *text, const char *wanted,
                  const char *told);
void trial_finish(struct row_trial *trial);

/* The rows as they are read in the run: each printed with a line feed behind,
 * then what was told, if anything. The caller's. */
char *trial_print(const struct rows *rows);

/* A file of so many bytes of `text`, which holds NULs. */
void trial_write(const char *path, const char *text, size_t length);
