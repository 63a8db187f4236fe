#include "runner/cli/status.h"

#include <stddef.h>

#include "specs/base/base.h"

/* Strongest first: what makes the rest untrustworthy comes before it. */
static const enum status order[] = {
    STATUS_BUG,   STATUS_INTERRUPTED, STATUS_TERMINATED, STATUS_USAGE,
    STATUS_SPEC,  STATUS_REPORT,      STATUS_INCOMPLETE, STATUS_FAILED,
    STATUS_FLAKY, STATUS_EMPTY,       STATUS_PASSED,
};

static size_t rank(enum status status)
{
    for (size_t i = 0; i < COUNT(order); i++) {
        if (order[i] == status)
            return i;
    }
    return 0;
}

enum status status_stronger(enum status a, enum status b)
{
    return rank(a) <= rank(b) ? a : b;
}

enum status status_of_signal(int number)
{
    if (number == 0)
        return STATUS_PASSED;
    return number == SIGTERM ? STATUS_TERMINATED : STATUS_INTERRUPTED;
}
