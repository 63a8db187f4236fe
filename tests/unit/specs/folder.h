/* A folder of a test's own. */
#pragma once

/* Makes one and goes there; its path, without symbolic links. */
const char *folder_enter(void);
/* Leaves it, and removes it with all that it holds. */
void folder_leave(void);
/* A file in it, or anywhere. */
void folder_write(const char *path, const char *text);
