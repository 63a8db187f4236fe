/* Variables whose values are never shown. Private to variables*.c.
 *
 * A secret is always text, so that the password 12345 is sent as a string, and
 * it outranks every other variable of its name. */
#pragma once

#include "specs/variables.h"

/* Sets variables->secret_texts to what the files of --secrets-file say. False
 * when one cannot be read; mistakes in them leave it true. */
bool secret_files_load(struct variables *variables,
                       struct faults *faults) NODISCARD;

/* Takes the values of these files and of --secret. False when one cannot be
 * used. */
bool secrets_load(struct variables *variables, struct faults *faults) NODISCARD;

/* Takes the values of the names in a suite's `secrets`, sets suite->secrets to
 * these and those of --secret, and their variables in suite->constants. */
void secrets_for_suite(const struct variables *variables,
                       const struct node *written, struct suite *suite,
                       struct faults *faults);
