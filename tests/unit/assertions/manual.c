/* The examples of the manual hold, and leave no word out. */
#include "tests/unit/assertions/trial.h"
#include "tests/unit/unit.h"
#include <limits.h>
#include <string.h>

enum { MOST_HEADERS = 16 };

static char *read_manual(void)
{
    FILE *file = fopen("assertions/README.md", "r");
    char *text = NULL;
    size_t size = 0;

    ck_assert_msg(file, "run this from the source folder");
    ck_assert_int_gt(getdelim(&text, &size, '\0', file), 0);
    fclose(file);
    return text;
}

/* The next block that is fenced as `kind`, NUL-ended; *rest moves behind it. */
static char *next_block(struct arena *arena, const char **rest,
                        const char *kind)
{
    const char *fence = arena_print(arena, "```%s\n", kind);
    const char *start = strstr(*rest, fence), *end;

    if (!start)
        return NULL;
    start += strlen(fence);
    end = strstr(start, "\n```");
    ck_assert_ptr_nonnull(end);
    *rest = end + strlen("\n```");
    return arena_copy_bytes(arena, start, (size_t)(end - start));
}

/* Cuts the manual's answer into status line, headers and body. */
static void read_answer(char *text, struct header *headers,
                        struct response *response)
{
    char *body = strstr(text, "\n\n"), *line;

    ck_assert_ptr_nonnull(body);
    *body = '\0';
    *response = (struct response){
        .http_version = "1.1",
        .status = 200,
        .headers = headers,
        .body_held = true,
        .body = body + 2,
        .body_length = strlen(body + 2),
        .body_size = strlen(body + 2),
        .url = "http://127.0.0.1:8080/todos/17",
        .ip = "127.0.0.1",
        .timings = {.first_byte_ns = 1000, .total_ns = 2000},
    };
    for (line = strchr(text, '\n'); line;) {
        char *name = line + 1, *value = strstr(name, ": ");

        ck_assert_ptr_nonnull(value);
        ck_assert_uint_lt(response->header_count, MOST_HEADERS);
        *value = '\0';
        headers[response->header_count++] = (struct header){name, value + 2};
        line = strchr(value + 1, '\n');
        if (line)
            *line = '\0';
    }
}

static const struct race race = {.count = 3};

/* Of the answer and of two that say 409. */
static void expect_outcomes(struct trial *trial)
{
    const struct response late = {.status = 409};
    const struct response *const answers[] = {&late, &trial->response, &late};
    struct scope scope = {0};
    struct judged judged = judge_outcomes(
        trial->judgement, answers, COUNT(answers), &scope, &trial->arena);

    ck_assert_uint_ge(judged.check_count, 1);
    ck_assert_uint_eq(judged.verdict_count, 0);
}

/* An answer that was shown at last holds up to the next heading, and the first
 * one everywhere else. */
struct shown {
    struct header headers[MOST_HEADERS];
    struct response response;
};

static void find_answer(struct arena *arena, const char *from, const char *to,
                        const struct shown *first, struct shown *result)
{
    const char *section = from, *next;
    char *block = NULL;

    while ((next = strstr(section, "\n#")) && next < to)
        section = next + 2;
    *result = *first;
    next = strstr(section, "```http\n");
    if (next && next < to)
        block = next_block(arena, &section, "http");
    if (block)
        read_answer(block, result->headers, &result->response);
}

/* Schemas that it names lie beside this file. */
static char *with_folder(struct arena *arena, char *block)
{
    char folder[PATH_MAX];

    if (!strstr(block, "\"xsd\"") && !strstr(block, "\"rng\""))
        return block;
    ck_assert_ptr_nonnull(realpath("tests/unit/assertions/manual", folder));
    return arena_print(arena, "{\"folder\": \"%s\", %s", folder,
                       strchr(block, '{') + 1);
}

/* Returns how much it captures. */
static size_t try_example(const char *block, const struct response *response)
{
    struct trial trial;
    size_t captured;

    trial_compile_step(
        &trial, block,
        (struct step){.race = strstr(block, "\"outcomes\"") ? &race : NULL});
    ck_assert_str_eq(trial_faults(&trial), "");
    trial.response = *response;
    if (strstr(block, "\"error\""))
        trial.response.arrival = ARRIVAL_TIMEOUT;
    trial_judge(&trial);
    trial_expect(&trial, NULL);
    if (trial.step.race)
        expect_outcomes(&trial);
    captured = trial.judged.capture_count;
    trial_finish(&trial);
    return captured;
}

START_TEST(every_example_holds)
{
    struct shown first = {0}, shown;
    struct arena arena = {0};
    char *manual = read_manual();
    const char *rest = manual;
    size_t count = 0, captured = 0;
    char *block;

    read_answer(next_block(&arena, &rest, "http"), first.headers,
                &first.response);
    ck_assert_uint_eq(first.response.header_count, 9);
    while ((block = next_block(&arena, &rest, "json"))) {
        find_answer(&arena, manual, rest, &first, &shown);
        captured += try_example(with_folder(&arena, block), &shown.response);
        count++;
    }
    ck_assert_uint_ge(count, 20);
    ck_assert_uint_eq(captured, 20);
    arena_finish(&arena);
    free(manual);
}
END_TEST

START_TEST(every_word_has_an_example)
{
    const char *const *(*const tables[])(size_t *) = {
        matcher_names, extractor_names, capture_names};
    struct arena arena = {0};
    char *manual = read_manual();
    const char *rest = manual, *examples = "", *block;

    while ((block = next_block(&arena, &rest, "json")))
        examples = arena_print(&arena, "%s%s", examples, block);
    for (size_t i = 0; i < COUNT(tables); i++) {
        size_t count = 0;
        const char *const *names = tables[i](&count);

        for (size_t j = 0; j < count; j++) {
            ck_assert_msg(
                strstr(examples, arena_print(&arena, "\"%s\":", names[j])),
                "no example of %s", names[j]);
        }
    }
    arena_finish(&arena);
    free(manual);
}
END_TEST

UNIT("manual", every_example_holds, every_word_has_an_example)
