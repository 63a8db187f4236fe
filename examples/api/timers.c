#include "examples/api/timers.h"

#include <stdlib.h>

struct timer {
    int64_t until_ns;
    struct MHD_Connection *connection;
};

static void swap(struct timer *a, struct timer *b)
{
    struct timer kept = *a;

    *a = *b;
    *b = kept;
}

static void rise(struct timer *heap, size_t index)
{
    while (index && heap[index].until_ns < heap[(index - 1) / 2].until_ns) {
        swap(&heap[index], &heap[(index - 1) / 2]);
        index = (index - 1) / 2;
    }
}

static void sink(struct timer *heap, size_t count)
{
    size_t index = 0;

    for (;;) {
        size_t child = 2 * index + 1;

        if (child >= count)
            return;
        if (child + 1 < count &&
            heap[child + 1].until_ns < heap[child].until_ns)
            child++;
        if (heap[index].until_ns <= heap[child].until_ns)
            return;
        swap(&heap[index], &heap[child]);
        index = child;
    }
}

void timers_sleep(struct timers *timers, struct MHD_Connection *connection,
                  int64_t until_ns)
{
    if (timers->count == timers->capacity) {
        timers->capacity = timers->capacity ? 2 * timers->capacity : 64;
        timers->heap =
            must_resize(timers->heap, timers->capacity * sizeof(*timers->heap));
    }
    timers->heap[timers->count] = (struct timer){until_ns, connection};
    rise(timers->heap, timers->count++);
    MHD_suspend_connection(connection);
}

int64_t timers_next(const struct timers *timers)
{
    return timers->count ? timers->heap[0].until_ns : INT64_MAX;
}

void timers_wake(struct timers *timers, int64_t now_ns)
{
    while (timers->count && timers->heap[0].until_ns <= now_ns) {
        struct MHD_Connection *connection = timers->heap[0].connection;

        timers->heap[0] = timers->heap[--timers->count];
        sink(timers->heap, timers->count);
        MHD_resume_connection(connection);
    }
}

void timers_finish(struct timers *timers)
{
    free(timers->heap);
    *timers = (struct timers){0};
}
