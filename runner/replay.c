/*
 * The log is a row of sendings and answers. Its place is at the first of them
 * that has not come: a sending there may be made, an answer there is waited
 * for, and answers may come before their turn, since nobody can hold them up.
 * So all sendings are made in their order, each when the same answers had come.
 *
 * A run may be another one than that of the log. A test that ends early, or
 * tries a step anew that was passed there, leaves behind what the log has of it
 * up to there. A step that the log does not know, of a test that it knows, goes
 * when the log waits for that very test; tests that it does not know go when it
 * has come to its end. When nothing flies and nobody may go, the engine lets
 * one of those go first, then another; and when there are none it skips a place
 * of the log. Each time there is less of something, so this ends.
 */
#include "runner/replay_parts.h"

/* Whether the next thing that the log has of a test is this. */
static bool is_due(const struct replay *replay,
                   const struct replay_story *story, enum replay_kind kind,
                   struct replay_key key)
{
    const struct replay_event *event;

    if (story->at == SIZE_MAX)
        return false;
    event = &replay->events[story->at];
    return event->kind == kind && event->step == key.step &&
           event->attempt == key.attempt;
}

static bool is_before(const struct replay_event *event, struct replay_key key)
{
    if (event->kind == REPLAY_END)
        return false;
    return event->attempt != key.attempt ? event->attempt < key.attempt
                                         : event->step < key.step;
}

void replay_pass(struct replay *replay, struct replay_story *story,
                 bool is_missed)
{
    struct replay_event *event = &replay->events[story->at];

    event->is_over = true;
    event->is_missed = is_missed && event->kind == REPLAY_SEND;
    story->at = event->next;
    while (replay->place < replay->event_count &&
           replay->events[replay->place].is_over)
        replay->place++;
}

const size_t *replay_places(const struct replay *replay)
{
    return replay->places;
}

size_t replay_place(const struct replay *replay)
{
    return replay->place < replay->event_count ? replay->place : SIZE_MAX;
}

static void add_stray(struct replay *replay, struct replay_story *story)
{
    story->is_stray = true;
    story->after = NULL;
    story->before = replay->last_stray;
    if (story->before)
        story->before->after = story;
    else
        replay->first_stray = story;
    replay->last_stray = story;
}

static void remove_stray(struct replay *replay, struct replay_story *story)
{
    if (story->before)
        story->before->after = story->after;
    else
        replay->first_stray = story->after;
    if (story->after)
        story->after->before = story->before;
    else
        replay->last_stray = story->before;
    story->is_stray = false;
}

static void *take_waiter(struct replay *replay, struct replay_story *story)
{
    void *waiter = story->waiter;

    if (story->is_stray)
        remove_stray(replay, story);
    story->waiter = NULL;
    return waiter;
}

/* Whether the log is where this test has its next event, or at its end. */
static bool is_awaited(const struct replay *replay,
                       const struct replay_story *story)
{
    return replay->place == replay->event_count ||
           replay->events[replay->place].story == story;
}

bool replay_may_send(struct replay *replay, struct replay_key key, void *waiter)
{
    struct replay_story *story = replay->of_copy[key.ordinal];

    if (!story)
        return true;
    while (story->at != SIZE_MAX && is_before(&replay->events[story->at], key))
        replay_pass(replay, story, true);
    if (is_awaited(replay, story))
        return true;
    story->waiter = waiter;
    if (!is_due(replay, story, REPLAY_SEND, key))
        add_stray(replay, story);
    return false;
}

void *replay_next(struct replay *replay)
{
    if (replay->place < replay->event_count)
        return take_waiter(replay, replay->events[replay->place].story);
    return replay_next_stray(replay);
}

void replay_sent(struct replay *replay, struct replay_key key)
{
    struct replay_story *story = replay->of_copy[key.ordinal];

    if (story && is_due(replay, story, REPLAY_SEND, key))
        replay_pass(replay, story, false);
    else
        replay->stray_count++;
}

void replay_answered(struct replay *replay, struct replay_key key)
{
    struct replay_story *story = replay->of_copy[key.ordinal];

    if (story && is_due(replay, story, REPLAY_ANSWER, key))
        replay_pass(replay, story, false);
}

void replay_drop(struct replay *replay, size_t ordinal)
{
    struct replay_story *story = replay->of_copy[ordinal];

    if (!story)
        return;
    if (story->waiter)
        take_waiter(replay, story);
    while (story->at != SIZE_MAX)
        replay_pass(replay, story, true);
}

void *replay_next_stray(struct replay *replay)
{
    struct replay_story *story = replay->first_stray;

    return story ? take_waiter(replay, story) : NULL;
}

bool replay_skip(struct replay *replay)
{
    if (replay->place == replay->event_count)
        return false;
    replay_pass(replay, replay->events[replay->place].story, true);
    return true;
}

void replay_stop(struct replay *replay)
{
    while (replay->place < replay->event_count)
        replay_pass(replay, replay->events[replay->place].story, false);
    for (size_t i = 0; i < replay->story_count; i++) {
        struct replay_story *story = replay->stories[i];

        if (story->waiter && !story->is_stray)
            add_stray(replay, story);
    }
}

struct replay_account replay_account(const struct replay *replay)
{
    struct replay_account account = {.stray_count = replay->stray_count};

    for (size_t i = 0; i < replay->event_count; i++) {
        const struct replay_event *event = &replay->events[i];

        if (event->kind != REPLAY_SEND || event->story->is_out)
            continue;
        account.send_count++;
        account.missed_count += event->is_missed;
    }
    return account;
}

bool replay_next_missed(const struct replay *replay, size_t *place,
                        struct replay_missed *missed)
{
    while (*place < replay->event_count) {
        const struct replay_event *event = &replay->events[(*place)++];

        if (!event->is_missed)
            continue;
        *missed = (struct replay_missed){
            replay->suites[event->story->suite],
            event->story->name,
            event->step,
            event->attempt,
        };
        return true;
    }
    return false;
}
