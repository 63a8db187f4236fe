/* Reads a log: the sendings, the answers, and what the run was given. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runner/replay_parts.h"
#include "specs/run_log.h"

enum { FORMAT = 1 }; /* of logs, as the reporter writes them */

static bool refuse(const struct log_event *event, const char *why,
                   struct fault *fault)
{
    return fault_raise(fault, event->at, "%s", why);
}

static bool member_count(const struct log_event *event, const char *name,
                         size_t *count)
{
    const json_t *value = json_object_get(event->members, name);

    if (!json_is_integer(value) || json_integer_value(value) < 0)
        return false;
    *count = (size_t)json_integer_value(value);
    return true;
}

static bool note_start(struct replay *replay, const struct log_event *event,
                       struct fault *fault)
{
    const json_t *suites = json_object_get(event->members, "suites");
    const char *seed =
        json_string_value(json_object_get(event->members, "seed"));
    size_t i, format;
    json_t *suite;

    if (!member_count(event, "format", &format) || format != FORMAT)
        return refuse(event, "this log has a format that is not known here",
                      fault);
    if (replay->suites)
        return refuse(event, "a second run begins in this log", fault);
    if (!member_count(event, "jobs", &replay->jobs) || replay->jobs < 1 ||
        replay->jobs > LIMIT_JOBS || !seed ||
        !read_count(seed, UINT64_MAX, &replay->seed))
        return refuse(event, "this run has no \"jobs\" or no \"seed\"", fault);
    replay->suite_count = json_array_size(suites);
    replay->suites =
        arena_take(&replay->arena, (replay->suite_count + 1) * sizeof(char *));
    json_array_foreach (suites, i, suite) {
        const char *path = json_string_value(json_object_get(suite, "path"));

        replay->suites[i] = arena_copy(&replay->arena, path ? path : "");
    }
    return true;
}

static void add_event(struct replay *replay, struct replay_event event)
{
    enum { FEWEST = 64 };

    if (replay->event_count == replay->event_capacity) {
        replay->event_capacity =
            replay->event_count ? 2 * replay->event_count : FEWEST;
        replay->events = must_resize(
            replay->events, replay->event_capacity * sizeof(*replay->events));
    }
    replay->events[replay->event_count++] = event;
}

static struct replay_story *add_story(struct replay *replay, const char *key,
                                      struct replay_story told)
{
    enum { FEWEST = 64 };
    struct replay_story *story = arena_take(&replay->arena, sizeof(*story));

    if (replay->story_count == replay->story_capacity) {
        replay->story_capacity =
            replay->story_count ? 2 * replay->story_count : FEWEST;
        replay->stories =
            must_resize(replay->stories,
                        replay->story_capacity * sizeof(replay->stories[0]));
    }
    *story = told;
    story->name = arena_copy(&replay->arena, told.name);
    replay->stories[replay->story_count++] = story;
    map_set(&replay->by_number, arena_copy(&replay->arena, key), story);
    return story;
}

static void tell(struct replay *replay, const struct replay_story *told,
                 struct replay_event event)
{
    char key[24];
    struct replay_story *story;

    snprintf(key, sizeof(key), "%zu", told->ordinal);
    story = map_find(&replay->by_number, key);
    if (!story && event.kind == REPLAY_ANSWER)
        return;
    if (!story) {
        story = add_story(replay, key, *told);
        story->first = story->at = replay->event_count;
    } else {
        replay->events[story->last].next = replay->event_count;
    }
    story->last = replay->event_count;
    event.story = story;
    event.next = SIZE_MAX;
    add_event(replay, event);
}

static bool note_step(struct replay *replay, const struct log_event *event,
                      enum replay_kind kind, struct fault *fault)
{
    struct replay_story story = {
        .name = json_string_value(json_object_get(event->members, "name")),
    };
    struct replay_event step = {.kind = kind};

    if (!replay->suites)
        return refuse(event, "this comes before the run begins", fault);
    if (!story.name || !member_count(event, "suite", &story.suite) ||
        story.suite >= replay->suite_count ||
        !member_count(event, "ordinal", &story.ordinal) ||
        (kind != REPLAY_END &&
         (!member_count(event, "step", &step.step) ||
          !member_count(event, "attempt", &step.attempt))))
        return refuse(event, "this does not say which test it is of", fault);
    tell(replay, &story, step);
    return true;
}

static bool hear(void *listener, const struct log_event *event,
                 struct fault *fault)
{
    static const struct {
        const char *name;
        enum replay_kind kind;
    } kinds[] = {{"dispatched", REPLAY_SEND},
                 {"answered", REPLAY_ANSWER},
                 {"test_finished", REPLAY_END}};

    if (strcmp(event->kind, "run_started") == 0)
        return note_start(listener, event, fault);
    for (size_t i = 0; i < COUNT(kinds); i++) {
        if (strcmp(event->kind, kinds[i].name) == 0)
            return note_step(listener, event, kinds[i].kind, fault);
    }
    return true;
}

struct replay *replay_open(const char *path, struct fault *fault)
{
    CLEANUP(replay_closep)
    struct replay *replay = must_alloc(sizeof(*replay));

    replay->path = path;
    if (!run_log_read(path, hear, replay, fault))
        return NULL;
    map_finish(&replay->by_number);
    replay->by_number = (struct map){0};
    return TAKE(replay);
}

void replay_closep(struct replay **replay_at)
{
    struct replay *replay = *replay_at;

    *replay_at = NULL;
    if (!replay)
        return;
    map_finish(&replay->by_number);
    free(replay->events);
    free(replay->stories);
    free(replay->of_copy);
    free(replay->places);
    arena_finish(&replay->arena);
    free(replay);
}

size_t replay_jobs(const struct replay *replay)
{
    return replay->jobs;
}

uint64_t replay_seed(const struct replay *replay)
{
    return replay->seed;
}

size_t replay_round(const struct replay *replay)
{
    return replay->round;
}
