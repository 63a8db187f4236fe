/* Everything that is known before the run: --secret and --var > --vars >
 * environment VOLLEY_VAR_name > the project's environment > the suite's own
 * `variables`. Private to specs/. */
#pragma once

#include "specs/specs.h"

/* What every suite of a run shares. */
struct variables {
    struct plan *plan;
    const struct plan_options *options;
    json_t *values; /* "env" among them: the environment as an object */
    size_t secret_count;
    const char *const *secrets; /* values of --secret, none twice */
    json_t *secret_texts;       /* what --secrets-file says, name to text */
    json_t *stand_ins;          /* as a suite's; NULL: none */
    /* Names that --var, --vars and VOLLEY_VAR_name have a value of, and which
     * of these it was, an object. */
    json_t *given;
    int64_t wall_ns; /* the time, for all of them */
};

/* Once a run, before the suites. False when the command line is wrong: a --vars
 * file that cannot be read, a name that is none, a --secret without a value.
 * Mistakes in files that were read are added to the faults and leave it true.
 * Texts for places go into the plan's arena, and short secrets are told among
 * its warnings. Finish the result either way. */
bool variables_load(const struct plan_options *options, struct plan *plan,
                    struct variables *result, struct faults *faults) NODISCARD;

/* Takes the variables and secrets of the environment that was chosen, which is
 * to all suites what its own are to one. Part of variables_load(). */
void variables_for_project(struct variables *variables, struct faults *faults);

/* Sets suite->constants and suite->secrets. `written` is the suite's
 * `variables`, an object, and `secrets` its array of names; NULL or a node
 * without JSON where they are not written. What is returned is
 * suite->constants, one reference, which is the caller's.
 * Never NULL. */
json_t *variables_for_suite(const struct variables *variables,
                            const struct node *written,
                            const struct node *secrets, struct suite *suite,
                            struct faults *faults) NODISCARD;

/* Enters the name among the stand-ins, which are made when there are none. */
void variables_stand_in(json_t **stand_ins, const char *name);

/* Whether one of the names has a stand-in. */
bool suite_stands_in(const struct suite *suite, struct needs needs);

/* Whether a secret of the suite is in the text, so that nobody may see it. */
bool suite_hides(const struct suite *suite, const char *text, size_t length);

/* The plan and its suites go on without it. */
void variables_finish(struct variables *variables);

/* A value from a command line, an environment or an unquoted dotenv line: a
 * number, true, false or null that is written in its shortest form is that, a
 * JSON string in quotes is its content, everything else is text. A new
 * reference; NULL when it is not UTF-8. */
json_t *variables_read_text(const char *text) NODISCARD;

/* Whether templates can name it: [A-Za-z_][A-Za-z0-9_-]* and not "env", which
 * is the environment. Says in words what is wrong; NULL when nothing is. */
const char *variables_name_trouble(const char *name);
