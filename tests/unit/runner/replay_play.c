#include "replay_play.h"

#include <check.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

struct script scripts[RIG_TESTS][PLAY_COPIES];

struct copy {
    struct task *task;
    size_t number, step, attempt;
};

struct stage {
    struct replay *replay;
    struct story *story;
    struct copy copies[RIG_TESTS * PLAY_COPIES]; /* by ordinal */
    size_t flying_count;
    struct copy *flying[RIG_TESTS * PLAY_COPIES];
    size_t ready_count; /* may go on */
    struct copy *ready[RIG_TESTS * PLAY_COPIES];
};

static uint64_t state;

void roll_seed(uint64_t seed)
{
    state = seed;
}

/* SplitMix64 */
uint64_t dice(void)
{
    uint64_t mixed = state += UINT64_C(0x9e3779b97f4a7c15);

    mixed = (mixed ^ (mixed >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    mixed = (mixed ^ (mixed >> 27)) * UINT64_C(0x94d049bb133111eb);
    return mixed ^ (mixed >> 31);
}

static const struct script *script_of(const struct copy *copy)
{
    return &scripts[copy->task->test->index][copy->number];
}

static void note(struct stage *stage, int kind, const struct copy *copy)
{
    struct story *story = stage->story;
    struct happening *happening = &story->list[story->count++];
    struct arena arena = {0};

    ck_assert_uint_lt(story->count, PLAY_EVENTS);
    *happening = (struct happening){
        .kind = kind, .step = copy->step, .attempt = copy->attempt};
    snprintf(happening->name, sizeof(happening->name), "%s",
             test_copy_name(&arena, copy->task->test, copy->number, NULL));
    arena_finish(&arena);
}

static struct replay_key key_of(const struct copy *copy)
{
    return (struct replay_key){copy->task->first_ordinal + copy->number,
                               copy->step, copy->attempt};
}

static void send(struct stage *stage, struct copy *copy)
{
    note(stage, SENT, copy);
    if (stage->replay)
        replay_sent(stage->replay, key_of(copy));
    stage->flying[stage->flying_count++] = copy;
}

static void end(struct stage *stage, struct copy *copy, enum outcome outcome)
{
    if (stage->replay)
        replay_drop(stage->replay, key_of(copy).ordinal);
    schedule_settle(&rig.schedule, copy->task, outcome, 1, 0);
}

static void go_on(struct stage *stage, struct copy *copy)
{
    if (!stage->replay || replay_may_send(stage->replay, key_of(copy), copy))
        stage->ready[stage->ready_count++] = copy;
}

static void answer(struct stage *stage, struct copy *copy)
{
    const struct script *script = script_of(copy);
    bool is_over = copy->step + 1 == script->step_counts[copy->attempt];

    if (is_over && copy->attempt + 1 == script->attempt_count) {
        note(stage, ENDED, copy);
        end(stage, copy, script->fails ? OUTCOME_FAILED : OUTCOME_PASSED);
        return;
    }
    note(stage, ANSWERED, copy);
    if (stage->replay)
        replay_answered(stage->replay, key_of(copy));
    copy->step = is_over ? 0 : copy->step + 1;
    copy->attempt += is_over;
    go_on(stage, copy);
}

static struct copy *next(struct stage *stage)
{
    for (;;) {
        const char *skip = NULL;
        struct copy *copy = NULL;
        struct task *task;
        size_t number;

        if (stage->ready_count)
            return stage->ready[--stage->ready_count];
        if (stage->replay) {
            schedule_reach(&rig.schedule, replay_place(stage->replay));
            copy = replay_next(stage->replay);
        }
        if (copy)
            return copy;
        task = schedule_next(&rig.schedule, &number, &skip);
        if (!task)
            return NULL;
        copy = &stage->copies[task->first_ordinal + number];
        *copy = (struct copy){.task = task, .number = number};
        if (!skip && script_of(copy)->attempt_count)
            return copy;
        note(stage, ENDED, copy);
        end(stage, copy, skip ? OUTCOME_SKIPPED : OUTCOME_ERRED);
    }
}

static bool unblock(struct stage *stage)
{
    struct copy *copy = stage->replay ? replay_next_stray(stage->replay) : NULL;

    if (copy)
        stage->ready[stage->ready_count++] = copy;
    return copy || (stage->replay && (schedule_release(&rig.schedule) ||
                                      replay_skip(stage->replay)));
}

void play(struct replay *replay, size_t jobs, struct story *story)
{
    const struct schedule_options options = {
        .shuffle = !replay,
        .seed = dice(),
        .places = replay ? replay_places(replay) : NULL,
    };
    struct stage stage = {.replay = replay, .story = story};
    struct copy *copy;
    size_t chosen;

    story->count = 0;
    schedule_init_with(&rig.schedule, &rig.plan, &options, 0);
    while (!schedule_is_done(&rig.schedule)) {
        while (stage.flying_count < jobs && (copy = next(&stage)))
            send(&stage, copy);
        if (schedule_is_done(&rig.schedule))
            break;
        if (!stage.flying_count) {
            ck_assert_msg(unblock(&stage), "nobody may ever go on");
            continue;
        }
        chosen = dice() % stage.flying_count;
        copy = stage.flying[chosen];
        stage.flying[chosen] = stage.flying[--stage.flying_count];
        answer(&stage, copy);
    }
    schedule_finish(&rig.schedule);
}

static size_t ordinal_of(const struct story *story, size_t number)
{
    size_t ordinal = 0;

    while (strcmp(story->list[ordinal].name, story->list[number].name) != 0)
        ordinal++;
    return ordinal;
}

void story_write(const struct story *story, size_t count, const char *path)
{
    static const char *const kinds[] = {"dispatched", "answered",
                                        "test_finished"};
    FILE *file = fopen(path, "w");

    ck_assert_ptr_nonnull(file);
    fputs("{\"event\": \"run_started\", \"format\": 1, \"jobs\": 7, "
          "\"seed\": \"18446744073709551615\", "
          "\"suites\": [{\"path\": \"other\"}, {\"path\": \"s.json\"}]}\n",
          file);
    for (size_t i = 0; i < count; i++) {
        const struct happening *happening = &story->list[i];

        fprintf(file,
                "{\"event\": \"%s\", \"suite\": 1, \"ordinal\": %zu, "
                "\"name\": \"%s\", \"step\": %zu, \"attempt\": %zu}\n",
                kinds[happening->kind], ordinal_of(story, i), happening->name,
                happening->step, happening->attempt);
    }
    ck_assert_int_eq(fclose(file), 0);
}
