#include "runner/hosts.h"

#include "tests/unit/unit.h"
#include <stdio.h>

static struct call calls[2];
static struct exchange exchanges[6];

/* Exchanges 0 to 3 go to one host, 4 and 5 to another. */
static void build(void)
{
    for (size_t i = 0; i < COUNT(calls); i++)
        snprintf(calls[i].address.host_key, sizeof(calls[i].address.host_key),
                 "http://h%zu:80", i);
    for (size_t i = 0; i < COUNT(exchanges); i++)
        exchanges[i].call = &calls[i / 4];
}

START_TEST(no_more_fly_to_a_host_than_may)
{
    struct hosts hosts = {.most = 2};

    build();
    ck_assert(hosts_enter(&hosts, &exchanges[0]));
    ck_assert(hosts_enter(&hosts, &exchanges[1]));
    ck_assert(!hosts_enter(&hosts, &exchanges[2]));
    ck_assert(!hosts_enter(&hosts, &exchanges[3]));
    ck_assert(hosts_enter(&hosts, &exchanges[4]));
    ck_assert_uint_eq(hosts.waiting_count, 2);
    ck_assert_ptr_null(hosts_next(&hosts));
    hosts_leave(&hosts, &exchanges[4]);
    ck_assert_ptr_null(hosts_next(&hosts));
    hosts_leave(&hosts, &exchanges[0]);
    ck_assert_ptr_eq(hosts_next(&hosts), &exchanges[2]);
    hosts_leave(&hosts, &exchanges[1]);
    hosts_leave(&hosts, &exchanges[2]);
    ck_assert_ptr_eq(hosts_next(&hosts), &exchanges[3]);
    ck_assert_ptr_null(hosts_next(&hosts));
    ck_assert_uint_eq(hosts.waiting_count, 0);
    hosts_leave(&hosts, &exchanges[3]);
    ck_assert(hosts_enter(&hosts, &exchanges[0]));
    hosts_finish(&hosts);
}
END_TEST

static bool is_any(const struct exchange *exchange)
{
    return exchange != NULL;
}

static bool is_third(const struct exchange *exchange)
{
    return exchange == &exchanges[2];
}

START_TEST(what_waits_can_be_withdrawn)
{
    struct hosts hosts = {.most = 1};

    build();
    for (size_t i = 0; i < COUNT(exchanges); i++)
        (void)hosts_enter(&hosts, &exchanges[i]);
    ck_assert_uint_eq(hosts.waiting_count, 4);
    ck_assert_ptr_eq(hosts_withdraw(&hosts, is_third), &exchanges[2]);
    ck_assert_ptr_null(hosts_withdraw(&hosts, is_third));
    ck_assert_ptr_eq(hosts_withdraw(&hosts, is_any), &exchanges[1]);
    ck_assert_ptr_eq(hosts_withdraw(&hosts, is_any), &exchanges[3]);
    ck_assert_ptr_eq(hosts_withdraw(&hosts, is_any), &exchanges[5]);
    ck_assert_ptr_null(hosts_withdraw(&hosts, is_any));
    ck_assert_uint_eq(hosts.waiting_count, 0);
    hosts_finish(&hosts);
}
END_TEST

START_TEST(a_place_that_was_given_and_withdrawn_is_free)
{
    struct hosts hosts = {.most = 1};

    build();
    ck_assert(hosts_enter(&hosts, &exchanges[0]));
    ck_assert(!hosts_enter(&hosts, &exchanges[1]));
    ck_assert(!hosts_enter(&hosts, &exchanges[2]));
    hosts_leave(&hosts, &exchanges[0]);
    ck_assert_ptr_eq(hosts_withdraw(&hosts, is_any), &exchanges[1]);
    ck_assert_ptr_eq(hosts_next(&hosts), &exchanges[2]);
    hosts_leave(&hosts, &exchanges[2]);
    ck_assert(hosts_enter(&hosts, &exchanges[3]));
    hosts_finish(&hosts);
}
END_TEST

START_TEST(racers_are_counted_beyond_what_may_fly)
{
    struct hosts hosts = {.most = 1};

    build();
    ck_assert(hosts_enter(&hosts, &exchanges[0]));
    ck_assert(!hosts_enter(&hosts, &exchanges[1]));
    hosts_add(&hosts, &exchanges[2]);
    hosts_add(&hosts, &exchanges[3]);
    hosts_leave(&hosts, &exchanges[0]);
    hosts_leave(&hosts, &exchanges[2]);
    ck_assert_ptr_null(hosts_next(&hosts));
    hosts_leave(&hosts, &exchanges[3]);
    ck_assert_ptr_eq(hosts_next(&hosts), &exchanges[1]);
    hosts_leave(&hosts, &exchanges[1]);
    ck_assert(hosts_enter(&hosts, &exchanges[0]));
    hosts_finish(&hosts);
}
END_TEST

UNIT("hosts", no_more_fly_to_a_host_than_may, what_waits_can_be_withdrawn,
     a_place_that_was_given_and_withdrawn_is_free,
     racers_are_counted_beyond_what_may_fly)
