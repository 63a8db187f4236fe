/* What the files of the schedule ask of each other. */
#pragma once

#include "runner/schedule.h"

/* NULL for a test that is left out. */
struct task *schedule_task(const struct schedule *schedule,
                           const struct test *test);

/* It waits for nothing any more. task->because is known. */
void schedule_make_ready(struct schedule *schedule, struct task *task,
                         int64_t now_ns);

/* All its copies are done: makes one jar of theirs. */
void schedule_merge_jars(struct task *task);
