#include "reporters/record_test.h"

#include "reporters/wording.h"

static void tell_headers(struct json_line *line, size_t count,
                         const struct header *headers)
{
    line_open(line, "headers", '[');
    for (size_t i = 0; i < count; i++) {
        line_open(line, NULL, '[');
        line_text(line, NULL, headers[i].name);
        line_text(line, NULL, headers[i].value);
        line_close(line, '[');
    }
    line_close(line, '[');
}

static void tell_transcript(struct json_line *line,
                            const struct transcript *transcript)
{
    line_open(line, "transcript", '{');
    line_text(line, "curl", transcript->curl);
    line_open(line, "request", '{');
    tell_headers(line, transcript->request_header_count,
                 transcript->request_headers);
    line_bytes(line, "body", transcript->request_body,
               transcript->request_body_length);
    line_close(line, '{');
    line_open(line, "response", '{');
    tell_headers(line, transcript->response_header_count,
                 transcript->response_headers);
    line_bytes(line, "body", transcript->response_body,
               transcript->response_body_length);
    line_count(line, "left_out", transcript->left_out);
    line_close(line, '{');
    line_close(line, '{');
}

static void tell_timings(struct json_line *line, const struct timings *timings)
{
    line_open(line, "timings", '{');
    line_integer(line, "dns_ns", timings->dns_ns);
    line_integer(line, "connect_ns", timings->connect_ns);
    line_integer(line, "tls_ns", timings->tls_ns);
    line_integer(line, "first_byte_ns", timings->first_byte_ns);
    line_integer(line, "total_ns", timings->total_ns);
    line_close(line, '{');
}

static const char *arrival_word(enum arrival arrival)
{
    return arrival == ARRIVED ? "arrived" : arrival_name(arrival);
}

static void tell_exchange(struct json_line *line,
                          const struct exchange_report *exchange,
                          enum detail detail)
{
    line_open(line, NULL, '{');
    line_count(line, "step", exchange->step);
    if (exchange->racer)
        line_count(line, "racer", exchange->racer);
    line_text(line, "step_name", exchange->step_name);
    line_text(line, "method", exchange->method);
    line_text(line, "url", exchange->url);
    line_text(line, "arrival", arrival_word(exchange->arrival));
    line_text(line, "trouble", exchange->trouble);
    line_integer(line, "status", exchange->status);
    line_bool(line, "reused", exchange->reused);
    line_count(line, "connections", exchange->connection_count);
    line_bool(line, "resent", exchange->resent);
    line_integer(line, "queue_ns", exchange->queue_ns);
    tell_timings(line, &exchange->timings);
    line_count(line, "body_bytes", exchange->body_size);
    line_count(line, "wire_bytes", exchange->wire_size);
    line_count(line, "header_bytes", exchange->headers_size);
    line_count(line, "sent_bytes", exchange->sent_size);
    if (exchange->transcript && detail == DETAIL_ALL)
        tell_transcript(line, exchange->transcript);
    line_close(line, '{');
}

static void tell_failure(struct json_line *line, const struct failure *failure)
{
    line_open(line, NULL, '{');
    line_text(line, "kind", verdict_kind_name(failure->kind));
    line_count(line, "step", failure->step);
    if (failure->racer)
        line_count(line, "racer", failure->racer);
    line_text(line, "path", failure->at.path);
    line_count(line, "line", failure->at.line);
    line_count(line, "column", failure->at.column);
    line_count(line, "width", failure->at.width);
    line_bytes(line, "excerpt", failure->at.excerpt,
               failure->at.excerpt_length);
    line_text(line, "subject", failure->subject);
    line_text(line, "body_path", failure->path);
    line_text(line, "expected", failure->expected);
    line_text(line, "actual", failure->actual);
    line_text(line, "message", failure->message);
    if (failure->lines)
        line_text(line, "lines", failure->lines);
    if (failure->difference != SIZE_MAX)
        line_count(line, "difference", failure->difference);
    line_close(line, '{');
}

static void tell_input(struct json_line *line, const struct input *input)
{
    line_open(line, NULL, '{');
    line_text(line, "variable", input->variable);
    line_text(line, "value", input->value);
    line_text(line, "test", input->test);
    line_close(line, '{');
}

static void tell_label(struct json_line *line, const struct test_label *label)
{
    line_count(line, "suite", label->suite.index);
    line_count(line, "ordinal", label->ordinal);
    line_text(line, "role", role_name(label->role));
    line_text(line, "name", label->name);
    line_text(line, "id", label->id);
    line_count(line, "line", label->line);
}

static void tell_details(struct json_line *line, const struct test_report *test,
                         enum detail detail)
{
    line_open(line, "failures", '[');
    for (size_t i = 0; i < test->failure_count; i++)
        tell_failure(line, &test->failures[i]);
    line_close(line, '[');
    line_open(line, "inputs", '[');
    for (size_t i = 0; i < test->input_count; i++)
        tell_input(line, &test->inputs[i]);
    line_close(line, '[');
    line_open(line, "exchanges", '[');
    for (size_t i = 0; i < test->exchange_count; i++)
        tell_exchange(line, &test->exchanges[i], detail);
    line_close(line, '[');
}

static void tell_attempt(struct json_line *line,
                         const struct attempt_report *attempt)
{
    line_open(line, NULL, '{');
    line_count(line, "number", attempt->number);
    line_text(line, "outcome", outcome_name(attempt->outcome));
    line_integer(line, "started_ns", attempt->started_ns);
    line_integer(line, "duration_ns", attempt->duration_ns);
    line_open(line, "failures", '[');
    for (size_t i = 0; i < attempt->failure_count; i++)
        tell_failure(line, &attempt->failures[i]);
    line_close(line, '[');
    line_close(line, '{');
}

static void tell_attempts(struct json_line *line,
                          const struct test_report *test, enum detail detail)
{
    line_count(line, "attempts", test->attempt_count);
    line_integer(line, "attempts_ns", test->attempts_ns);
    line_count(line, "retries", test->retry_count);
    if (!test->retried_count || detail == DETAIL_LEAST)
        return;
    line_open(line, "retried", '[');
    for (size_t i = 0; i < test->retried_count; i++)
        tell_attempt(line, &test->retried[i]);
    line_close(line, '[');
}

void record_test(struct json_line *line, const struct test_report *test,
                 enum detail detail)
{
    tell_label(line, &test->label);
    line_text(line, "outcome", outcome_name(test->outcome));
    line_integer(line, "started_ns", test->started_ns);
    line_integer(line, "duration_ns", test->duration_ns);
    line_count(line, "checks", test->check_count);
    if (test_was_tried_again(test))
        tell_attempts(line, test, detail);
    if (test->quarantine)
        line_text(line, "quarantine", test->quarantine);
    if (test->outcome == OUTCOME_SKIPPED) {
        line_text(line, "skip_reason", test->skip_reason);
        line_text(line, "skip_because", test->skip_because);
    }
    if (detail != DETAIL_ALL)
        line_bool(line, "cut", true);
    if (detail != DETAIL_LEAST)
        tell_details(line, test, detail);
}
