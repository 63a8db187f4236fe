/* How JSON Schemas are read. */
#pragma once

#include <stddef.h>

#include "assertions/schema/draft.h"

/* Whether `format` (validation, section 7) can fail. */
enum schema_formats {
    SCHEMA_FORMATS_BY_DRAFT, /* up to draft 7, or as a vocabulary says */
    SCHEMA_FORMATS_ASSERT,
    SCHEMA_FORMATS_IGNORE,
};

/* Where what begins with the URI is found. */
struct schema_folder {
    const char *uri;    /* "https://example.com/schemas/" */
    const char *folder; /* relative to the working directory, or absolute */
};

/* Zeroed memory holds the defaults. */
struct schema_options {
    enum schema_draft draft; /* of schemas that name none; unset: 2020-12 */
    enum schema_formats formats;
    size_t folder_count;
    const struct schema_folder *folders;
    /* A real path; no file outside of it is read, but for those folders. NULL:
     * all are. */
    const char *root;
};
