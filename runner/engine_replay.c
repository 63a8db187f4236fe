/* The engine's side of a replay: what happens to flights is told to it, and
 * flights are held until it lets them go. */
#include "runner/engine_parts.h"

/* The step that comes next, or flies; the attempt that it is part of is counted
 * when its first step is sent. */
static struct replay_key key_of(const struct flight *flight, bool is_sent)
{
    size_t begun = flight->attempts.count;

    return (struct replay_key){
        .ordinal = flight->task->first_ordinal + flight->copy,
        .step = flight->step,
        .attempt = is_sent || flight->step > 0 ? begun - 1 : begun,
    };
}

bool replaying_may_go_on(struct engine *engine, struct flight *flight)
{
    struct replay *replay = engine->run->replay;

    return !replay || replay_may_send(replay, key_of(flight, false), flight);
}

struct flight *replaying_next(struct engine *engine)
{
    struct replay *replay = engine->run->replay;

    if (!replay)
        return NULL;
    schedule_reach(&engine->schedule, replay_place(replay));
    return replay_next(replay);
}

void replaying_sent(struct engine *engine, const struct flight *flight)
{
    if (engine->run->replay)
        replay_sent(engine->run->replay, key_of(flight, true));
}

void replaying_answered(struct engine *engine, const struct flight *flight)
{
    if (engine->run->replay)
        replay_answered(engine->run->replay, key_of(flight, true));
}

void replaying_finished(struct engine *engine, const struct flight *flight)
{
    if (engine->run->replay)
        replay_drop(engine->run->replay, key_of(flight, true).ordinal);
}

/* Nothing flies, and nothing that time or a host will let go is there. */
static bool is_blocked(const struct engine *engine)
{
    return !engine->flying && !engine->going_on && !engine->paced &&
           !engine->race_waiting && !engine->hosts.waiting_count &&
           !engine->schedule.parked.count;
}

bool replaying_unblock(struct engine *engine)
{
    struct replay *replay = engine->run->replay;
    struct flight *flight;

    if (!replay || !is_blocked(engine))
        return false;
    flight = replay_next_stray(replay);
    if (flight)
        flight_send_next(engine, flight);
    return flight || schedule_release(&engine->schedule) || replay_skip(replay);
}

void replaying_stop(struct engine *engine)
{
    if (engine->run->replay)
        replay_stop(engine->run->replay);
}
