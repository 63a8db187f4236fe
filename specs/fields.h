/* Objects of the format are read by tables of their keys, so that what is
 * known, asked for and misspelt is decided in one place. */
#pragma once

#include "specs/type.h"

enum key_status {
    KEY_OPTIONAL,
    KEY_REQUIRED,
    KEY_LATER, /* of the format, but this version refuses it */
};

struct key_rule {
    const char *name;
    unsigned types; /* of enum type, or-ed */
    enum key_status status;
};

/* The place of a rule in the table is the place of its value in what
 * fields_read() finds. */
struct key_table {
    const char *what;  /* "a request", for the messages */
    const char *where; /* the key that it stands in, NULL: several */
    size_t count;
    const struct key_rule *rules;
    bool nulls; /* null is a value of every key: it removes a default */
};

/* Every table of the format; for hints and for the tests of the documents. */
extern const struct key_table suite_table, defaults_table, test_table,
    step_table, request_table, basic_table, auth_table, tls_table,
    timeout_table, retry_table, poll_table, quarantine_table, race_table;
extern const struct key_table *const key_tables[];
extern const size_t key_table_count;

/* Sets found[i] for each rule of the table: its key is NULL where it is not
 * written, its value without JSON where that has the wrong type. Tells what is
 * unknown, unsupported, missing or of the wrong type; false when anything was.
 * `object` must be an object. Lists are taken from `scratch`. */
bool fields_read(struct arena *scratch, const struct node *object,
                 const struct key_table *table, struct member *found,
                 struct faults *faults);
