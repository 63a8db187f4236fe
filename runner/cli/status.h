/* How the program ends. */
#pragma once

#include <signal.h>

enum status {
    STATUS_PASSED = 0,
    STATUS_FAILED = 1,     /* a test failed or erred */
    STATUS_USAGE = 2,      /* wrong usage, or a path that does not exist */
    STATUS_SPEC = 3,       /* a mistake in a spec */
    STATUS_INCOMPLETE = 4, /* the run could not be made or ended */
    STATUS_EMPTY = 5,      /* nothing was selected, or nothing was checked */
    STATUS_FLAKY = 6,      /* only flaky tests, where those fail a run */
    STATUS_REPORT = 7,     /* a report or stdout could not be written */
    STATUS_BUG = 70,
    STATUS_INTERRUPTED = 128 + SIGINT,
    STATUS_TERMINATED = 128 + SIGTERM,
};

/* Of two reasons to end, the one that the exit status tells. */
enum status status_stronger(enum status a, enum status b);

/* The status for a run that was ended by this signal; 0 is none. */
enum status status_of_signal(int number);
