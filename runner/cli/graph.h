/* The graph of a plan, for people and for programs. */
#pragma once

#include "runner/cli/critical.h"

/* "", " (setup)", " (teardown)" */
const char *graph_role_note(enum test_role role);
/* "", " (needed)" */
const char *graph_selection_note(enum selection selection);

/* " x 12 (4 rows, 3 times each)"; nothing of a test that has no copies. */
void graph_print_copies(const struct test *test, FILE *out);

/* It holds the lock "*". */
bool graph_runs_alone(const struct test *test);

/* Each test that is not left out, by suite, with what it waits for and why. */
void graph_print_tests(const struct plan *plan, FILE *out);
/* Flows and the critical path. */
void graph_print_paths(const struct plan *plan, const struct critical *critical,
                       FILE *out);

/* The same, and what `list` shows, each as one JSON document. Tests are
 * numbered as they stand there: what is left out is not. */
void graph_print_json(const struct plan *plan, const struct critical *critical,
                      FILE *out);
void list_print_json(const struct plan *plan, FILE *out);

/* A flowchart of Mermaid, whatever names are. */
void graph_print_mermaid(const struct plan *plan,
                         const struct critical *critical, FILE *out);
