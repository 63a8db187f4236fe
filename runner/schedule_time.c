/* What waits for a time: flights that are parked, and the next sending. */
#include "runner/schedule.h"

/* Times as ranks: negative ones come first. */
static uint64_t rank_of(int64_t time_ns)
{
    return (uint64_t)time_ns ^ (UINT64_C(1) << 63);
}

static int64_t time_of(uint64_t rank)
{
    return (int64_t)(rank ^ (UINT64_C(1) << 63));
}

void schedule_park(struct schedule *schedule, void *flight, int64_t due_ns)
{
    heap_add(&schedule->parked, (struct heap_item){
                                    .rank = rank_of(due_ns),
                                    .tie = schedule->park_count++,
                                    .thing = flight,
                                });
}

void *schedule_unpark(struct schedule *schedule, int64_t *due_ns)
{
    void *flight = heap_top(&schedule->parked);

    if (!flight)
        return NULL;
    *due_ns = time_of(schedule->parked.items[0].rank);
    heap_drop(&schedule->parked, 0);
    return flight;
}

void *schedule_due(struct schedule *schedule, int64_t now_ns)
{
    int64_t due_ns;

    /* who wants to send asks again, and who has gone does not */
    if (now_ns >= schedule->pace.next_ns)
        schedule->pace.is_asked = false;
    if (!schedule->parked.count ||
        time_of(schedule->parked.items[0].rank) > now_ns)
        return NULL;
    return schedule_unpark(schedule, &due_ns);
}

int64_t schedule_next_due(const struct schedule *schedule)
{
    int64_t due_ns = INT64_MAX;

    if (schedule->parked.count)
        due_ns = time_of(schedule->parked.items[0].rank);
    if (schedule->pace.is_asked && schedule->pace.next_ns < due_ns)
        due_ns = schedule->pace.next_ns;
    return due_ns;
}

bool schedule_may_send(struct schedule *schedule, int64_t now_ns)
{
    struct pace *pace = &schedule->pace;

    pace->is_asked = now_ns < pace->next_ns;
    pace->is_overdue |= pace->is_asked;
    return !pace->is_asked;
}

/* The interval counts from when this one could have been sent, if somebody
 * waited for that time and the clock that wakes us was a little late; else
 * lateness would add up. It counts from now if nobody did: what was not sent in
 * idle times is not sent in a burst later. */
void schedule_sent(struct schedule *schedule, int64_t now_ns)
{
    enum { LATE_MOST_NS = 10 * 1000 * 1000 };
    struct pace *pace = &schedule->pace;
    int64_t interval_ns = schedule->options.interval_ns;

    if (!interval_ns)
        return;
    if (now_ns > pace->next_ns + (pace->is_overdue ? LATE_MOST_NS : 0))
        pace->next_ns = now_ns;
    pace->next_ns += interval_ns;
    pace->is_overdue = now_ns >= pace->next_ns;
}
