#include "tests/unit/assertions/trial.h"

#include <check.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static size_t begin_of_value(const char *text)
{
    return strspn(text, " \t\r\n");
}

static const struct node *keep_node(struct trial *trial, struct node node)
{
    struct node *kept = arena_take(&trial->arena, sizeof(*kept));

    *kept = node;
    return kept;
}

static void name_matchers(struct trial *trial, const struct node *written)
{
    struct suite *suite = &trial->suite;

    trial->reach = suite;
    suite->reach = &trial->reach;
    suite->reach_count = 1;
    suite->matchers =
        named_read(NAMED_MATCHER, &trial->plan, suite, written, &trial->faults);
}

void trial_compile(struct trial *trial, const char *spec)
{
    trial_compile_step(trial, spec, (struct step){0});
}

void trial_compile_step(struct trial *trial, const char *spec, struct step step)
{
    const struct source *source;
    struct json_trouble trouble;
    struct members members;
    struct node root = {0};
    const struct node *defaults = NULL;

    *trial = (struct trial){.step = step};
    spec = arena_copy(&trial->arena, spec);
    source = source_new(&trial->arena, "t.json", spec, strlen(spec));
    root.json =
        json_read(spec, strlen(spec), LIMIT_SPEC_DEPTH + 64, 0, &trouble);
    ck_assert_msg(root.json, "%s: %s", spec, trouble.text);
    root.at = (struct spot){source, begin_of_value(spec), 0};
    trial->step.at = root.at;
    members = node_members(&trial->arena, &root, 0);
    for (size_t i = 0; i < members.count; i++) {
        const struct member *member = &members.list[i];

        if (strcmp(member->key, "expect") == 0)
            trial->expect = member->value;
        else if (strcmp(member->key, "capture") == 0)
            trial->step.capture = keep_node(trial, member->value);
        else if (strcmp(member->key, "matchers") == 0)
            name_matchers(trial, &member->value);
        else if (strcmp(member->key, "defaults") == 0)
            defaults = keep_node(trial, member->value);
        else if (strcmp(member->key, "folder") == 0)
            trial->suite.folder = trial->suite.file_root = arena_copy(
                &trial->arena, json_string_value(member->value.json));
    }
    if (trial->step.capture)
        json_hold(&trial->arena, trial->step.capture->json);
    if (defaults)
        json_hold(&trial->arena, defaults->json);
    trial->expect.over = defaults;
    if (trial->expect.json)
        trial->step.expect = &trial->expect;
    trial->judgement = judgement_compile(&trial->arena, &trial->step,
                                         &trial->suite, NULL, &trial->faults);
    json_decref(root.json); /* as a plan does: nothing else is borrowed */
    trial->expect.json = NULL;
    trial_answer(trial, "");
}

void trial_answer(struct trial *trial, const char *body)
{
    trial->response = (struct response){
        .status = 200,
        .http_version = "1.1",
        .body_held = true,
        .body = body,
        .body_length = strlen(body),
        .body_size = strlen(body),
    };
}

void trial_stream(struct trial *trial, const char *body, size_t length,
                  size_t step)
{
    struct scope scope = {.values = trial->variables};

    trial->probes = probes_open(trial->judgement, &scope, &trial->arena);
    for (size_t at = 0; at < length; at += step)
        probes_feed(trial->probes, body + at,
                    length - at < step ? length - at : step);
    trial->response.body_held = false;
    trial->response.body = NULL;
    trial->response.body_length = 0;
    trial->response.body_size = length;
}

void trial_judge(struct trial *trial)
{
    struct scope scope = {.values = trial->variables};

    trial->judged = judge(trial->judgement, &trial->response, trial->probes,
                          &scope, &trial->arena);
}

void trial_finish(struct trial *trial)
{
    probes_close(trial->probes);
    judged_finish(&trial->judged);
    faults_finish(&trial->faults);
    json_decref(trial->variables);
    arena_finish(&trial->plan.arena);
    arena_finish(&trial->arena);
}

const char *trial_messages(struct trial *trial)
{
    const char *all = "";

    for (size_t i = 0; i < trial->judged.verdict_count; i++)
        all = arena_print(&trial->arena, "%s%s%s", all, i ? "\n" : "",
                          trial->judged.verdicts[i].message);
    return all;
}

const char *trial_faults(struct trial *trial)
{
    const char *all = "";

    for (size_t i = 0; i < trial->faults.count; i++) {
        const struct fault *fault = &trial->faults.faults[i];

        all = arena_print(&trial->arena, "%s%s%u:%u: %s", all, i ? "\n" : "",
                          fault->at.line, fault->at.column, fault->text);
    }
    return all;
}

void trial_prepare(struct trial *trial, const char *format, ...)
{
    va_list args;
    char *spec = NULL;

    va_start(args, format);
    ck_assert_int_ge(vasprintf(&spec, format, args), 0);
    va_end(args);
    trial_compile(trial, spec);
    ck_assert_msg(!trial->faults.total, "%s: %s", spec, trial_faults(trial));
    free(spec);
}

void trial_body(struct trial *trial, const char *expect, const char *body)
{
    trial_prepare(trial, "{\"expect\": %s}", expect);
    trial_answer(trial, body);
    trial_judge(trial);
}

void trial_expect(struct trial *trial, const char *messages)
{
    const char *wanted = messages ? messages : "";
    const char *told = trial_messages(trial);

    ck_assert_msg(strcmp(told, wanted) == 0, "%s:\n  said   %s\n  wanted %s",
                  trial->step.at.source->text, told, wanted);
}

void trial_refuse(const char *spec, const char *told)
{
    struct trial trial;

    trial_compile(&trial, spec);
    ck_assert_msg(strcmp(trial_faults(&trial), told) == 0,
                  "%s:\n  said   %s\n  wanted %s", spec, trial_faults(&trial),
                  told);
    trial_finish(&trial);
}
