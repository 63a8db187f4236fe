#include "runner/sink.h"

#include "tests/unit/unit.h"

START_TEST(a_chain_counts_and_holds)
{
    struct buffer body = buffer_with_ceiling(8);
    struct memory_sink memory;
    struct count_sink count;
    struct sink *chain =
        count_sink_init(&count, memory_sink_init(&memory, &body, NULL));

    ck_assert(sink_write(chain, "1234", 4));
    ck_assert(sink_write(chain, "5678", 4));
    ck_assert_uint_eq(count.count, 8);
    ck_assert_str_eq(buffer_text(&body), "12345678");
    ck_assert(!memory.overflowed);
    sink_restart(chain);
    ck_assert_uint_eq(count.count, 0);
    ck_assert_uint_eq(body.length, 0);
    buffer_finish(&body);
}
END_TEST

START_TEST(memory_refuses_one_byte_past_its_ceiling)
{
    struct buffer body = buffer_with_ceiling(8);
    struct memory_sink memory;
    struct sink *chain = memory_sink_init(&memory, &body, NULL);

    ck_assert(sink_write(chain, "12345678", 8));
    ck_assert(!sink_write(chain, "9", 1));
    ck_assert(memory.overflowed);
    buffer_finish(&body);
}
END_TEST

START_TEST(a_head_keeps_the_first_bytes_and_takes_all)
{
    struct buffer kept = buffer_with_ceiling(4);
    struct head_sink head;
    struct count_sink count;
    struct sink *chain =
        head_sink_init(&head, &kept, count_sink_init(&count, NULL));

    ck_assert(sink_write(chain, "123", 3));
    ck_assert(sink_write(chain, "456", 3));
    ck_assert(sink_write(chain, "789", 3));
    ck_assert_str_eq(buffer_text(&kept), "1234");
    ck_assert_uint_eq(count.count, 9);
    sink_restart(chain);
    ck_assert_uint_eq(kept.length, 0);
    buffer_finish(&kept);
}
END_TEST

UNIT("sink", a_chain_counts_and_holds, memory_refuses_one_byte_past_its_ceiling,
     a_head_keeps_the_first_bytes_and_takes_all)
