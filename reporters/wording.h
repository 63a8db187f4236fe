/* Words that several reports use alike. What is added is not yet fit for a
 * terminal or for XML: names, addresses and reasons are in it as they came. */
#pragma once

#include "reporters/reporters.h"

/* "passed", "failed", "erred", "skipped" */
const char *outcome_name(enum outcome outcome);
/* "setup", "test", "teardown" */
const char *role_name(enum test_role role);
/* "", " (setup)", " (teardown)" */
const char *role_note(enum test_role role);

/* "a test that it needs did not pass: "log in"": why a test was skipped, and
 * because of which other one. */
void wording_add_skip(struct buffer *out, const struct test_report *test);
/* "PUT http://... -> 200 in 12 ms, reused connection", behind "racer 3: " where
 * it was in a race. */
void wording_add_exchange(struct buffer *out,
                          const struct exchange_report *exchange);
/* Likewise, but without why no answer came: where that is told beside it. */
void wording_add_sending(struct buffer *out,
                         const struct exchange_report *exchange);
/* "path:3:9: message" */
void wording_add_failure(struct buffer *out, const struct failure *failure);

/* "after 12 attempts in 30 s", of a test that had several. */
void wording_add_attempts(struct buffer *out, const struct test_report *test);

/* Of a test that was one race, the racer whose exchange took the longest, from
 * 1: its time is that of the test. 0: there was no race, or more than one. */
size_t slowest_racer(const struct test_report *test);

/* One line that says the most of a test that did not pass. */
const char *test_message(const struct test_report *test);
/* Likewise of an attempt. */
const char *attempt_message(const struct attempt_report *attempt);
