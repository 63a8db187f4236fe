/* Where a report goes. Trouble is kept and told once, by outfile_close(). */
#pragma once

#include "specs/base/fault.h"

enum outfile_mode {
    OUTFILE_REPLACE, /* written beside the path, renamed at the end */
    OUTFILE_APPEND,  /* begun anew; every write is in the file at once */
};

struct outfile {
    int descriptor;
    char *path;   /* NULL: standard output */
    char *beside; /* the temporary name, NULL when written in place */
    int error;    /* errno of the first write that failed; later ones are not
                     tried */
};

/* NULL and "-" are standard output. Missing folders are made. What is no
 * regular file (a pipe, a device) is written in place in either mode. */
bool outfile_open(struct outfile *file, const char *path,
                  enum outfile_mode mode, struct fault *fault) NODISCARD;

/* One write(2), unless the kernel takes less. */
void outfile_write(struct outfile *file, const char *bytes, size_t length);

/* Closes and renames; nothing is left at the path by a write that failed. */
bool outfile_close(struct outfile *file, struct fault *fault) NODISCARD;
