/* Files that are written. */
#pragma once

#include "specs/base/base.h"

/* Writes all of it, in as many pieces as that takes; waits for a slow reader
 * even where somebody made the descriptor non-blocking. False with errno. */
bool file_write(int descriptor, const char *bytes, size_t length) NODISCARD;

/* Makes the folders above the file that are missing. What cannot be made is
 * told when the file is opened. */
void file_make_folders(const char *path);
