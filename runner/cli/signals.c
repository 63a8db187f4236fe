#include "runner/cli/signals.h"

/* The one thing in the program that changes and belongs to nobody: a signal
 * handler is given no argument. */
static struct interrupt interrupt;

static void note(int number)
{
    interrupt.signal = number;
    interrupt.count++;
}

const struct interrupt *signals_hear(void)
{
    /* Without SA_RESTART, so that a wait ends when a signal comes. */
    const struct sigaction action = {.sa_handler = note};

    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    return &interrupt;
}
