/*
 * Tasks that want the same locks can begin at the same times, so they share one
 * queue, and the queue moves as one. Queues whose locks are free, as far as
 * anybody has looked, stand in the heap `ready`, by their most urgent task; the
 * one without locks is always among them. When it is a queue's turn and one of
 * its locks is busy, it stands aside at that lock, in a heap of the lock's own.
 *
 * A lock that becomes free sends only the most urgent of those back: the others
 * would but find it taken. So what holds is this: where queues stand aside at a
 * free lock, one that came from there is in `ready`. When that one leaves, and
 * not by taking the lock, it sends the next. So whenever `ready` is empty
 * nothing could have begun, and an event costs a few steps in heaps for each
 * queue that it moves, however many tasks stand in them. It moves one for each
 * lock, and those that are more urgent than what begins but wait for another
 * lock, too.
 *
 * "*" is no lock but a state of the whole: see locks_pick().
 */
#include "runner/schedule_locks.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct lock_set *add_set(struct locks *locks, const char *key)
{
    struct lock_set *set = arena_take(&locks->arena, sizeof(*set));

    map_set(&locks->sets, arena_copy(&locks->arena, key), set);
    return set;
}

void locks_init(struct locks *locks)
{
    *locks = (struct locks){0};
    locks->free_set = add_set(locks, "");
    locks->alone_set = add_set(locks, "*");
}

void locks_finish(struct locks *locks)
{
    for (size_t i = 0; i < locks->names.count; i++) {
        struct lock *lock = locks->names.entries[i].value;

        heap_finish(&lock->aside);
    }
    for (size_t i = 0; i < locks->sets.count; i++) {
        struct lock_set *set = locks->sets.entries[i].value;

        heap_finish(&set->tasks);
    }
    heap_finish(&locks->ready);
    map_finish(&locks->names);
    map_finish(&locks->sets);
    arena_finish(&locks->arena);
}

static struct lock *lock_of(struct locks *locks, const char *name)
{
    struct lock *lock = map_find(&locks->names, name);

    if (lock)
        return lock;
    lock = arena_take(&locks->arena, sizeof(*lock));
    lock->number = locks->names.count;
    map_set(&locks->names, name, lock);
    return lock;
}

static int by_number(const void *a, const void *b)
{
    const struct lock *const *first = a, *const *second = b;

    return ((*first)->number > (*second)->number) -
           ((*first)->number < (*second)->number);
}

/* The test's locks by number, each once. */
static size_t find_locks(struct locks *locks, const struct test *test,
                         struct lock **found)
{
    size_t count = 0;

    for (size_t i = 0; i < test->lock_count; i++)
        found[i] = lock_of(locks, test->locks[i]);
    qsort(found, test->lock_count, sizeof(struct lock *), by_number);
    for (size_t i = 0; i < test->lock_count; i++) {
        if (i == 0 || found[i] != found[i - 1])
            found[count++] = found[i];
    }
    return count;
}

static char *make_key(struct arena *scratch, struct lock *const *locks,
                      size_t count)
{
    enum { LONGEST = sizeof(" 18446744073709551615") };
    char *key = arena_take(scratch, count * LONGEST + 1);
    size_t length = 0;

    for (size_t i = 0; i < count; i++)
        length +=
            (size_t)snprintf(&key[length], LONGEST, " %zu", locks[i]->number);
    return key;
}

static bool runs_alone(const struct test *test)
{
    for (size_t i = 0; i < test->lock_count; i++) {
        if (strcmp(test->locks[i], "*") == 0)
            return true;
    }
    return false;
}

struct lock_set *locks_enter(struct locks *locks, const struct test *test,
                             struct arena *scratch)
{
    struct lock_set *set;
    struct lock **found;
    size_t count;
    char *key;

    if (test->lock_count == 0)
        return locks->free_set;
    if (runs_alone(test))
        return locks->alone_set;
    arena_reset(scratch);
    found = arena_take(scratch, test->lock_count * sizeof(struct lock *));
    count = find_locks(locks, test, found);
    key = make_key(scratch, found, count);
    set = map_find(&locks->sets, key);
    if (set)
        return set;
    set = add_set(locks, key);
    set->lock_count = count;
    set->locks = arena_take(&locks->arena, count * sizeof(struct lock *));
    memcpy(set->locks, found, count * sizeof(struct lock *));
    return set;
}

static void stand(struct heap *home, struct lock_set *set)
{
    struct heap_item item = set->tasks.items[0];

    item.thing = set;
    item.place = &set->place;
    heap_add(home, item);
    set->home = home;
}

static void leave(struct lock_set *set)
{
    heap_drop(set->home, set->place);
    set->home = NULL;
}

/* One that stands aside at a free lock comes back. */
static void come_back(struct locks *locks, struct lock_set *set)
{
    leave(set);
    stand(&locks->ready, set);
}

static void call_next(struct locks *locks, const struct lock *lock)
{
    struct lock_set *set = heap_top(&lock->aside);

    if (set)
        come_back(locks, set);
}

static void stand_aside(struct locks *locks, struct lock_set *set,
                        struct lock *busy)
{
    const struct lock *before = set->lock;

    leave(set);
    set->lock = busy;
    stand(&busy->aside, set);
    if (before && !before->is_held)
        call_next(locks, before);
}

static void heed_first(struct lock_set *set)
{
    heap_move(set->home, set->place, set->tasks.items[0].rank,
              set->tasks.items[0].tie);
}

void locks_add(struct locks *locks, struct lock_set *set, struct heap_item item)
{
    heap_add(&set->tasks, item);
    if (!set->home) {
        set->lock = NULL;
        stand(&locks->ready, set);
    } else if (set->home != &locks->ready && !set->lock->is_held) {
        come_back(locks, set); /* it may be more urgent than who came for it */
    } else {
        heed_first(set);
    }
}

static struct lock *find_busy(const struct lock_set *set)
{
    for (size_t i = 0; i < set->lock_count; i++) {
        if (set->locks[i]->is_held)
            return set->locks[i];
    }
    return NULL;
}

struct lock_set *locks_pick(struct locks *locks)
{
    struct lock_set *set;
    struct lock *busy;

    if (locks->is_alone || (locks->is_draining && locks->running_count))
        return NULL;
    if (locks->is_draining)
        return locks->alone_set;
    while ((set = heap_top(&locks->ready)) && (busy = find_busy(set)))
        stand_aside(locks, set, busy);
    if (set != locks->alone_set || !locks->running_count)
        return set;
    locks->is_draining = !locks->keeps_order;
    return NULL;
}

void locks_begin(struct locks *locks, struct lock_set *set)
{
    locks->running_count++;
    if (set == locks->alone_set) {
        locks->is_alone = true;
        locks->is_draining = false;
    }
    for (size_t i = 0; i < set->lock_count; i++)
        set->locks[i]->is_held = true;
    set->lock = NULL;
}

void locks_drop(struct locks *locks, struct lock_set *set)
{
    assert(set->home == &locks->ready);
    heap_drop(&set->tasks, 0);
    if (set->tasks.count)
        heed_first(set);
    else
        leave(set);
}

void locks_end(struct locks *locks, const struct lock_set *set)
{
    assert(locks->running_count > 0);
    locks->running_count--;
    locks->is_alone = false;
    for (size_t i = 0; i < set->lock_count; i++) {
        assert(set->locks[i]->is_held);
        set->locks[i]->is_held = false;
        call_next(locks, set->locks[i]);
    }
}

void locks_clear(struct locks *locks, struct heap *tasks)
{
    for (size_t i = 0; i < locks->sets.count; i++) {
        struct lock_set *set = locks->sets.entries[i].value;

        if ((set == locks->free_set && !locks->keeps_order) || !set->home)
            continue;
        leave(set);
        for (size_t j = 0; j < set->tasks.count; j++)
            heap_add(tasks, set->tasks.items[j]);
        heap_clear(&set->tasks);
    }
    locks->is_draining = false;
}
