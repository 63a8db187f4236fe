#include "runner/transport/transport.h"

#include "tests/unit/unit.h"

/* A transport that carries nothing; while it cancels, signals come. */
struct rig {
    struct transport base;
    struct interrupt interrupt;
    sig_atomic_t to_come; /* during the next cancel() */
    size_t cancels;
    bool was_teardown_too; /* of the last cancel() */
};

static void rig_cancel(struct transport *base, bool teardown_too)
{
    struct rig *rig = container_of(base, struct rig, base);

    rig->interrupt.count += rig->to_come;
    rig->to_come = 0;
    rig->cancels++;
    rig->was_teardown_too = teardown_too;
}

static struct rig rig;

static void begin(sig_atomic_t count, sig_atomic_t to_come)
{
    rig = (struct rig){
        .base = {.interrupt = &rig.interrupt, .cancel = rig_cancel},
        .interrupt = {SIGINT, count},
        .to_come = to_come,
    };
}

START_TEST(an_interrupt_is_heeded_once)
{
    begin(0, 0);
    ck_assert(!transport_is_interrupted(&rig.base));
    rig.interrupt.count = 1;
    ck_assert(transport_is_interrupted(&rig.base));
    ck_assert(!transport_heed(&rig.base));
    ck_assert(!rig.was_teardown_too);
    ck_assert(!transport_is_interrupted(&rig.base));
}
END_TEST

START_TEST(two_at_once_are_a_second_one)
{
    begin(2, 0);
    ck_assert(transport_heed(&rig.base));
    ck_assert(rig.was_teardown_too);
    ck_assert(!transport_is_interrupted(&rig.base));
}
END_TEST

START_TEST(one_that_comes_while_the_first_is_heeded_is_not_lost)
{
    begin(1, 1);
    ck_assert(!transport_heed(&rig.base));
    ck_assert(!rig.was_teardown_too);
    ck_assert(transport_is_interrupted(&rig.base));
    ck_assert(transport_heed(&rig.base));
    ck_assert(rig.was_teardown_too);
    ck_assert_uint_eq(rig.cancels, 2);
    ck_assert(!transport_is_interrupted(&rig.base));
}
END_TEST

START_TEST(the_first_one_spares_teardown)
{
    struct exchange test = {.is_teardown = false};
    struct exchange teardown = {.is_teardown = true};

    begin(1, 0);
    ck_assert(transport_cuts_off(&rig.base, &test));
    ck_assert(!transport_cuts_off(&rig.base, &teardown));
    rig.interrupt.count = 2;
    ck_assert(transport_cuts_off(&rig.base, &teardown));
}
END_TEST

UNIT("transport", an_interrupt_is_heeded_once, two_at_once_are_a_second_one,
     one_that_comes_while_the_first_is_heeded_is_not_lost,
     the_first_one_spares_teardown)
