/* The graph of a plan, for people and for programs. */
#pragma once

#include "specs/specs.h"

/* "", " (setup)", " (teardown)" */
const char *graph_role_note(enum test_role role);

/* Each test, by suite, with what it waits for and why. */
void graph_print_tests(const struct plan *plan, FILE *out);
/* Flows and the critical path. */
void graph_print_paths(const struct plan *plan, FILE *out);

/* The same, and what `list` shows, each as one JSON document. */
void graph_print_json(const struct plan *plan, FILE *out);
void list_print_json(const struct plan *plan, FILE *out);
