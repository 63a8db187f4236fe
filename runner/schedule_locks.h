/* Ready tasks in queues, one for each set of locks: which of them may begin. */
#pragma once

#include "runner/schedule_heap.h"
#include "specs/specs.h"

/* A name that a test gives in `lock`. */
struct lock {
    size_t number; /* in the order of their first use */
    bool is_held;
    struct heap aside; /* sets that stand aside until it is free */
};

/* The locks of one test and of all that name the same. Its ready tasks stand in
 * one queue: one of them may begin just when all may. */
struct lock_set {
    size_t lock_count;
    struct lock **locks;
    struct heap tasks;
    struct heap *home; /* where it stands itself; NULL while it has no tasks */
    size_t place;      /* in there */
    struct lock *lock; /* where it stands aside, or stood before it came back to
                        * the ready ones; or NULL */
};

struct locks {
    struct arena arena; /* of locks and sets */
    struct map names;
    struct map sets;            /* by the numbers of their locks */
    struct lock_set *free_set;  /* of no lock: may always begin */
    struct lock_set *alone_set; /* of "*" */
    struct heap ready;          /* sets that may begin, as far as is known */
    size_t running_count;       /* copies that began and did not end */
    bool is_alone;              /* one that runs alone is among them */
    bool is_draining;           /* one that runs alone is to begin next */
    bool keeps_order;           /* never that: who comes first is decided */
};

void locks_init(struct locks *locks);
void locks_finish(struct locks *locks);

/* The set of that test's locks, made when it is the first one. `scratch` is
 * reset. */
struct lock_set *locks_enter(struct locks *locks, const struct test *test,
                             struct arena *scratch);

/* A task is ready: item.thing. */
void locks_add(struct locks *locks, struct lock_set *set,
               struct heap_item item);

/* The set whose first task is the most urgent one that may begin, NULL when
 * none may. From the time when that is one that runs alone, none may until
 * everything else has ended and it began. */
struct lock_set *locks_pick(struct locks *locks);

/* A copy of the first task of that set begins. */
void locks_begin(struct locks *locks, struct lock_set *set);

/* All copies of its first task were given out. */
void locks_drop(struct locks *locks, struct lock_set *set);

/* A copy that began has ended. */
void locks_end(struct locks *locks, const struct lock_set *set);

/* Moves all ready tasks that want a lock to *tasks, and those that want none
 * where an order is kept; their place pointers are NULL. Nothing drains any
 * more. */
void locks_clear(struct locks *locks, struct heap *tasks);
