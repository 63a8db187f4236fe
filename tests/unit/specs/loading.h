/* A suite of one text, loaded and compiled as the program does it. */
#pragma once

#include "tests/unit/specs/compiler.h"
#include "tests/unit/unit.h"
#include <string.h>

#include "specs/load.h"

static struct plan *plan;
static struct faults faults;

static void load_wrong(const char *text)
{
    (void)plan_load_text(text, strlen(text), &plan, &faults);
    plan_compile(plan, &compiler, &faults);
}

static void load(const char *text)
{
    load_wrong(text);
    if (faults.total)
        faults_print(&faults, stderr);
    ck_assert_uint_eq(faults.total, 0);
}

static void release(void)
{
    plan_freep(&plan);
    faults_finish(&faults);
}
