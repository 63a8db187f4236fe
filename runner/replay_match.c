/*
 * A test of the log is known in the plan by its suite and its name as told, so
 * with its copy, and without what was secret in it. Of several tests with one
 * name the first one there is the first one here, those that are not to be run
 * coming last.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runner/redact.h"
#include "runner/replay_parts.h"
#include "specs/rows.h"

struct match {
    struct replay *replay;
    const struct plan *plan;
    struct arena arena;   /* of keys */
    struct arena scratch; /* of one copy's name */
    struct redactor redactor;
    struct map suites; /* of the log: path to number, plus one */
    struct map tests;  /* of the log: key to the first of that name */
    size_t found_count;
};

static const char *key_of(struct arena *arena, size_t suite, const char *name)
{
    return arena_print(arena, "%zu %s", suite, name);
}

static int by_ordinal(const void *a, const void *b)
{
    const struct replay_story *const *first = a, *const *second = b;

    return ((*first)->ordinal > (*second)->ordinal) -
           ((*first)->ordinal < (*second)->ordinal);
}

/* The last one is entered first, so that the first one stands in front. */
static void enter_log(struct match *match)
{
    struct replay *replay = match->replay;

    for (size_t i = 0; i < replay->suite_count; i++)
        map_set(&match->suites, replay->suites[i], (void *)(uintptr_t)(i + 1));
    if (replay->story_count)
        qsort(replay->stories, replay->story_count, sizeof(replay->stories[0]),
              by_ordinal);
    for (size_t i = replay->story_count; i-- > 0;) {
        struct replay_story *story = replay->stories[i];

        if (!story->is_out) {
            story->same = map_set(
                &match->tests, key_of(&match->arena, story->suite, story->name),
                story);
        }
    }
}

/* What happens in it has no part in this run. */
static void pass_all(struct replay *replay, struct replay_story *story,
                     bool is_missed)
{
    while (story->at != SIZE_MAX)
        replay_pass(replay, story, is_missed);
}

/* The test of that name in the log, which is nobody else's then. */
static struct replay_story *
find_story(struct match *match, const struct suite *suite, const char *name)
{
    struct arena *scratch = &match->scratch;
    const char *path = redact(&match->redactor, scratch, suite->path);
    uintptr_t number = (uintptr_t)map_find(&match->suites, path);
    struct replay_story *story;
    const char *key;

    if (!number)
        return NULL;
    name = redact(&match->redactor, scratch, name);
    key = key_of(scratch, number - 1, name);
    story = map_find(&match->tests, key);
    if (story) {
        map_set(&match->tests, key_of(&match->arena, story->suite, story->name),
                story->same);
        story->is_found = true;
    }
    return story;
}

/* A row that cannot be read is told when it is due. */
static void match_test(struct match *match, const struct test *test,
                       struct replay_story **of_copy)
{
    bool has_names = test->rows && rows_field(test->rows, "name");
    struct fault untold = {0};
    struct row_stream *stream =
        has_names ? rows_open(test->rows, &untold) : NULL;
    json_t *row = NULL;

    for (size_t i = 0; i < test->copy_count; i++) {
        struct replay_story *story;

        arena_reset(&match->scratch);
        if (stream && i % test->repeat_count == 0) {
            json_decref(row);
            row = rows_next(stream, &untold);
        }
        story = find_story(match, test->suite,
                           test_copy_name(&match->scratch, test, i, row));
        if (story && !of_copy) {
            story->is_out = true;
            pass_all(match->replay, story, false);
        } else if (story) {
            of_copy[i] = story;
            match->found_count++;
        }
    }
    json_decref(row);
    rows_close(stream);
}

static void match_tests(struct match *match)
{
    const struct plan *plan = match->plan;
    size_t ordinal = 0;

    match->found_count = 0;
    enter_log(match);
    for (size_t i = 0; i < plan->test_count; i++) {
        const struct test *test = &plan->tests[i];

        if (test->selection == LEFT_OUT)
            continue;
        match_test(match, test, &match->replay->of_copy[ordinal]);
        ordinal += test->copy_count;
    }
    for (size_t i = 0; i < plan->test_count; i++) {
        if (plan->tests[i].selection == LEFT_OUT)
            match_test(match, &plan->tests[i], NULL);
    }
    map_finish(&match->suites);
    map_finish(&match->tests);
    match->suites = match->tests = (struct map){0};
}

/* The number in "name [round 2]", 0 where there is none, and where that part
 * begins. */
static size_t round_of(const char *name, size_t *length)
{
    static const char mark[] = " [round ";
    const char *found = NULL;
    char digits[24];
    uint64_t number;

    for (const char *at = name; (at = strstr(at, mark)); at++)
        found = at;
    if (!found)
        return 0;
    *length = (size_t)(found - name);
    snprintf(digits, sizeof(digits), "%s", found + strlen(mark));
    if (!*digits || digits[strlen(digits) - 1] != ']')
        return 0;
    digits[strlen(digits) - 1] = '\0';
    return read_count(digits, SIZE_MAX, &number) ? (size_t)number : 0;
}

/* Forgets all rounds but the last one, and what names say of it. False where
 * the log has no rounds. */
static bool take_last_round(struct replay *replay)
{
    size_t last = 0, length;

    for (size_t i = 0; i < replay->story_count; i++) {
        size_t round = round_of(replay->stories[i]->name, &length);

        if (!round)
            return false;
        last = round > last ? round : last;
    }
    for (size_t i = 0; i < replay->story_count; i++) {
        struct replay_story *story = replay->stories[i];

        if (round_of(story->name, &length) == last) {
            story->name = arena_copy_bytes(&replay->arena, story->name, length);
        } else {
            story->is_out = true;
            pass_all(replay, story, false);
        }
    }
    replay->round = last ? last - 1 : 0;
    return last > 0;
}

static void add_secrets(struct match *match)
{
    for (size_t i = 0; i < match->plan->suite_count; i++) {
        const struct suite *suite = &match->plan->suites[i];

        for (size_t j = 0; j < suite->secret_count; j++)
            redactor_add(&match->redactor, suite->secrets[j]);
    }
}

static size_t count_copies(const struct plan *plan)
{
    size_t count = 0;

    for (size_t i = 0; i < plan->test_count; i++) {
        if (plan->tests[i].selection != LEFT_OUT)
            count += plan->tests[i].copy_count;
    }
    return count;
}

/* What the plan does not know is missed now. */
static void end_match(struct match *match)
{
    struct replay *replay = match->replay;

    for (size_t i = 0; i < replay->story_count; i++) {
        if (!replay->stories[i]->is_found)
            pass_all(replay, replay->stories[i], true);
    }
    for (size_t i = 0; i < replay->copy_count; i++)
        replay->places[i] =
            replay->of_copy[i] ? replay->of_copy[i]->first : SIZE_MAX;
    redactor_clear(&match->redactor);
    arena_finish(&match->scratch);
    arena_finish(&match->arena);
}

bool replay_match(struct replay *replay, const struct plan *plan,
                  struct fault *fault)
{
    struct match match = {.replay = replay, .plan = plan};

    replay->copy_count = count_copies(plan);
    replay->of_copy =
        must_alloc((replay->copy_count + 1) * sizeof(replay->of_copy[0]));
    replay->places =
        must_alloc((replay->copy_count + 1) * sizeof(*replay->places));
    add_secrets(&match);
    match_tests(&match);
    if (!match.found_count && take_last_round(replay))
        match_tests(&match);
    end_match(&match);
    if (!match.found_count) {
        return fault_raise(fault, (struct place){.path = replay->path},
                           "this log is of other tests: none of those that "
                           "it tells of is to be run now");
    }
    return true;
}
