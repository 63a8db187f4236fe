/* Runs that never were: fixed lists of events, told to any reporter. */
#pragma once

#include "tests/unit/reporters/telling.h"

struct story {
    const char *name;
    void (*tell)(struct reporter *reporter);
};

extern const struct story stories[];
extern const size_t story_count;

const struct story *story_find(const char *name);

/* Those with files of their own. */
void tell_flaky(struct reporter *reporter);
void tell_hostile(struct reporter *reporter);
void tell_races(struct reporter *reporter);
void tell_troubled(struct reporter *reporter);
