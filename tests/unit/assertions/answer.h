/* An answer that has everything a spec can ask for. */
#pragma once

#include "tests/unit/assertions/trial.h"

void trial_answer_fully(struct trial *trial);
