#include "specs/chance.h"

#include "tests/unit/unit.h"

/* The first numbers from this state are published with the generator. */
START_TEST(numbers_are_those_of_the_generator)
{
    static const uint64_t wanted[] = {
        UINT64_C(11520),
        UINT64_C(0),
        UINT64_C(1509978240),
        UINT64_C(1215971899390074240),
        UINT64_C(1216172134540287360),
        UINT64_C(607988272756665600),
    };
    struct chance_stream stream = {{1, 2, 3, 4}};

    for (size_t i = 0; i < COUNT(wanted); i++)
        ck_assert_uint_eq(chance_next(&stream), wanted[i]);
}
END_TEST

static const struct chance first = {
    .seed = 1, .suite = "a.json", .test = "one"};

static uint64_t draw(const struct chance *chance, const char *path,
                     size_t offset)
{
    struct chance_stream stream = chance_open(chance, path, offset);

    return chance_next(&stream);
}

START_TEST(the_same_name_draws_the_same_number)
{
    const struct chance again = {
        .seed = 1, .suite = "a.json", .test = "one", .wall_ns = 5};
    uint64_t drawn = draw(&first, "a.json", 7);

    ck_assert_uint_eq(draw(&again, "a.json", 7), drawn);
    /* Written down, so that seeds mean the same in the next version. */
    ck_assert_uint_eq(drawn, UINT64_C(8642927398890190060));
}
END_TEST

START_TEST(each_part_of_the_name_makes_another_number)
{
    const struct chance others[] = {
        {.seed = 2, .suite = "a.json", .test = "one"},
        {.seed = 1, .suite = "b.json", .test = "one"},
        {.seed = 1, .suite = "a.json", .test = "two"},
        {.seed = 1, .suite = "a.jsono", .test = "ne"},
        {.seed = 1, .suite = "a.json", .test = "one", .copy = 1},
        {.seed = 1, .suite = "a.json", .test = "one", .step = 1},
        {.seed = 1, .suite = "a.json", .test = "one", .attempt = 1},
        {.seed = 1, .suite = "a.json", .test = "one", .racer = 1},
        {.seed = 1, .suite = "a.json", .test = "one", .round = 1},
        {.seed = 1},
    };
    uint64_t drawn[COUNT(others) + 3];
    size_t count = 0;

    drawn[count++] = draw(&first, "a.json", 7);
    drawn[count++] = draw(&first, "a.json", 8);
    drawn[count++] = draw(&first, "b.json", 7);
    for (size_t i = 0; i < COUNT(others); i++)
        drawn[count++] = draw(&others[i], "a.json", 7);
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < i; j++)
            ck_assert_msg(drawn[i] != drawn[j], "%zu and %zu", i, j);
}
END_TEST

/* One draw of each of many streams, and many of one: the chi-squared statistic
 * of 9 degrees of freedom passes 27.9 once in a thousand times. */
START_TEST(each_number_below_a_bound_is_as_likely)
{
    enum { BOUND = 10, DRAWS = 100000 };
    struct chance_stream one = chance_open(&first, "", 0);

    for (int many = 0; many < 2; many++) {
        size_t counts[BOUND] = {0};
        double sum = 0;

        for (size_t i = 0; i < DRAWS; i++) {
            struct chance_stream other = chance_open(&first, "", i);
            uint64_t drawn = chance_below(many ? &other : &one, BOUND);

            ck_assert_uint_lt(drawn, BOUND);
            counts[drawn]++;
        }
        for (size_t i = 0; i < BOUND; i++) {
            double off = (double)counts[i] - (double)DRAWS / BOUND;

            sum += off * off * BOUND / DRAWS;
        }
        ck_assert_msg(sum < 27.9, "%f", sum);
    }
}
END_TEST

/* With a bound of three quarters of all numbers, taking the remainder alone
 * would draw a third of them twice as often. */
START_TEST(large_bounds_are_not_biased)
{
    enum { DRAWS = 30000 };
    const uint64_t quarter = UINT64_C(1) << 62;
    struct chance_stream stream = chance_open(&first, "", 0);
    size_t low = 0;

    for (size_t i = 0; i < DRAWS; i++)
        low += chance_below(&stream, 3 * quarter) < quarter;
    ck_assert_uint_gt(low, DRAWS / 3 - 500);
    ck_assert_uint_lt(low, DRAWS / 3 + 500);
    ck_assert_uint_eq(chance_below(&stream, 1), 0);
}
END_TEST

START_TEST(fractions_are_below_one)
{
    enum { DRAWS = 10000 };
    struct chance_stream stream = chance_open(&first, "", 0);
    double sum = 0;

    for (size_t i = 0; i < DRAWS; i++) {
        double drawn = chance_fraction(&stream);

        ck_assert(drawn >= 0 && drawn < 1);
        sum += drawn;
    }
    ck_assert(sum / DRAWS > 0.48 && sum / DRAWS < 0.52);
}
END_TEST

START_TEST(seeds_of_the_system_differ)
{
    ck_assert_uint_ne(chance_seed(), chance_seed());
}
END_TEST

UNIT("chance", numbers_are_those_of_the_generator,
     the_same_name_draws_the_same_number,
     each_part_of_the_name_makes_another_number,
     each_number_below_a_bound_is_as_likely, large_bounds_are_not_biased,
     fractions_are_below_one, seeds_of_the_system_differ)
