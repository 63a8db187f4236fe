/* Suites, loaded and compiled as the program does it. */
#pragma once

#include <check.h>

#include "assertions/assertions.h"

/* What was loaded last, and what is wrong with it. */
extern struct plan *plan;
extern struct faults faults;

/* Only the compiler is put into the options. */
enum plan_outcome load_files(struct plan_options options);
/* A suite of one text, which may have mistakes. */
void load_wrong(const char *text);
/* Ends the test if it has. */
void load(const char *text);
/* Gives back what was loaded. */
void release(void);
