/* How each kind of report is opened: see the table in reporters.c. */
#pragma once

#include "reporters/reporters.h"

struct reporter *console_open(const struct report_options *options,
                              struct fault *fault) NODISCARD;
struct reporter *junit_open(const struct report_options *options,
                            struct fault *fault) NODISCARD;
struct reporter *record_open(const struct report_options *options,
                             struct fault *fault) NODISCARD;
