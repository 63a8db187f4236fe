#include "tests/unit/reporters/shades.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The file that a test has at a time. */
static const char begun_template[] = "/tmp/volley-report-XXXXXX";
static char begun[sizeof(begun_template)];

static const char *const told_paths[] = {"out/report.xml", "out/run.jsonl"};

static const struct shade {
    const char *name;
    const char *kind;
    struct report_options options;
} shades[] = {
    {"console", "console", {.slowest = 1}},
    {"quiet", "console", {.slowest = 1, .verbosity = -1}},
    {"tests", "console", {.slowest = 3, .verbosity = 1}},
    {"exchanges", "console", {.verbosity = 2}},
    {"colors", "console", {.slowest = 1, .color = COLOR_ALWAYS}},
    {"junit", "junit", {0}},
    {"strict", "junit", {.strict_junit = true}},
    {"log", "log", {0}},
};

struct reporter *shade_open(const char *name, const char *path,
                            struct fault *fault)
{
    for (size_t i = 0; i < COUNT(shades); i++) {
        struct report_options options = shades[i].options;

        if (strcmp(shades[i].name, name) != 0)
            continue;
        options.path = path;
        options.report_count = COUNT(told_paths);
        options.report_paths = told_paths;
        return reporter_open(shades[i].kind, &options, fault);
    }
    fault_raise(fault, (struct place){0}, "no such shade: %s", name);
    return NULL;
}

static void demand(bool is_done, const struct fault *fault)
{
    if (is_done)
        return;
    fault_print(fault, stderr);
    abort();
}

struct reporter *must_open(const char *shade, const char *path)
{
    struct fault fault = {0};
    struct reporter *reporter = shade_open(shade, path, &fault);

    demand(reporter != NULL, &fault);
    return reporter;
}

void must_close(struct reporter *reporter)
{
    struct fault fault = {0};

    demand(reporter->close(reporter, &fault), &fault);
}

char *must_read(const char *path)
{
    struct fault fault = {0};
    char *text = NULL;
    size_t room = 0;
    FILE *file = fopen(path, "r");

    fault_raise(&fault, (struct place){0}, "cannot read %s", path);
    demand(file != NULL, &fault);
    if (getdelim(&text, &room, EOF, file) < 0) {
        free(text);
        text = must_copy("");
    }
    fclose(file);
    return text;
}

struct reporter *must_begin(const char *shade)
{
    struct fault fault = {0};
    int file;

    memcpy(begun, begun_template, sizeof(begun));
    file = mkstemp(begun);
    fault_raise(&fault, (struct place){0}, "cannot make %s", begun);
    demand(file >= 0, &fault);
    close(file);
    return must_open(shade, begun);
}

const char *begun_path(void)
{
    return begun;
}

char *must_finish(struct reporter *reporter)
{
    char *told;

    must_close(reporter);
    told = must_read(begun);
    unlink(begun);
    return told;
}
