/* The log's line of one test. */
#pragma once

#include "reporters/json_line.h"
#include "reporters/reporters.h"

/* How much of a test its line holds; less than all only where the line would
 * be longer than LIMIT_LOG_LINE. */
enum detail {
    DETAIL_ALL,
    DETAIL_NO_TRANSCRIPTS,
    DETAIL_LEAST, /* neither exchanges nor failures nor inputs */
};

void record_test(struct json_line *line, const struct test_report *test,
                 enum detail detail);
