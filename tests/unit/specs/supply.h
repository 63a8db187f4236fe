/* What a run and one suite say of variables, and what becomes of it. */
#pragma once

#include "specs/load.h"
#include "specs/variables.h"

struct supply {
    struct plan plan;
    struct plan_options options;
    struct variables variables;
    struct suite suite;
    struct faults faults;
    json_t *written;
    json_t *secrets;
    json_t *constants;
    bool good;  /* the command line */
    char *told; /* all faults and warnings: "line:column text\n" */
};

/* The options are set before; the texts are those of `variables` and `secrets`
 * of a suite. */
void supply_load(struct supply *supply, const char *written,
                 const char *secrets);
/* Fills in what was told; done by supply_load(). */
void supply_tell(struct supply *supply);
void supply_finish(struct supply *supply);
/* The value of that name, as it is printed. */
void supply_expect(const struct supply *supply, const char *name,
                   const char *wanted);
