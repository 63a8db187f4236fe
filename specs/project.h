/* The keys of a project file, for the tests of its schema and its fuzzer;
 * reading one is of specs.h. Private to specs/. */
#pragma once

#include "specs/fields.h"
#include "specs/specs.h"

enum project_key {
    PROJECT_SCHEMA,
    PROJECT_OPTIONS,
    PROJECT_ENVIRONMENTS,
    PROJECT_KEYS,
};

enum environment_key {
    ENVIRONMENT_VARIABLES,
    ENVIRONMENT_OPTIONS,
    ENVIRONMENT_SECRETS,
    ENVIRONMENT_KEYS,
};

extern const struct key_table project_table, environment_table;

/* As project_read() does with a file of that text, which is borrowed. */
bool project_read_source(const struct source *source, struct project *project,
                         struct faults *faults) NODISCARD;
