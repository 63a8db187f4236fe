#include "runner/measure.h"

#include "tests/unit/unit.h"
#include <math.h>

static void is_near(double a, double b)
{
    ck_assert_msg(fabs(a - b) < 1e-9, "%.12f is not %.12f", a, b);
}

START_TEST(samples_are_summed_up)
{
    double values[] = {4, 2, 5, 4, 4, 9, 7, 5};
    struct sample sample = sample_of(values, COUNT(values));

    ck_assert_uint_eq(sample.count, 8);
    is_near(sample.mean, 5);
    is_near(sample.deviation, sqrt(32.0 / 7));
    is_near(sample.median, 4.5);
    is_near(sample.least, 2);
    is_near(sample.most, 9);
}
END_TEST

START_TEST(one_value_has_no_deviation)
{
    double values[] = {3};
    struct sample sample = sample_of(values, 1);

    is_near(sample.mean, 3);
    is_near(sample.deviation, 0);
    is_near(sample.median, 3);
    is_near(sample.least, 3);
    is_near(sample.most, 3);
}
END_TEST

START_TEST(the_median_of_an_odd_count_is_a_value)
{
    double values[] = {9, 1, 4};

    is_near(sample_of(values, 3).median, 4);
}
END_TEST

START_TEST(ratios_carry_both_deviations)
{
    const struct sample slower = {.mean = 10, .deviation = 0.3};
    const struct sample faster = {.mean = 2, .deviation = 0.08};
    struct ratio ratio = sample_ratio(slower, faster);

    is_near(ratio.times, 5);
    is_near(ratio.deviation, 5 * 0.05); /* 3 % and 4 % make 5 % */
}
END_TEST

START_TEST(outliers_are_far_from_the_median)
{
    static const struct {
        double values[6];
        size_t count, outliers;
    } rows[] = {
        {{1.00, 1.01, 0.99, 1.02, 0.98, 1.5}, 6, 1},
        {{1.00, 1.01, 0.99, 1.02, 0.98, 1.04}, 6, 0},
        /* equal but for one: near is no outlier, far is */
        {{1, 1, 1, 1, 1.01}, 5, 0},
        {{1, 1, 1, 1, 1.2}, 5, 1},
        {{1, 1, 1, 1, 0.8}, 5, 1},
        {{1, 2, 3, 4, 5}, 5, 0},
        {{7}, 1, 0},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        double values[6];

        for (size_t j = 0; j < rows[i].count; j++)
            values[j] = rows[i].values[j];
        ck_assert_msg(outlier_count(values, rows[i].count) == rows[i].outliers,
                      "row %zu", i);
    }
}
END_TEST

UNIT("measure", samples_are_summed_up, one_value_has_no_deviation,
     the_median_of_an_odd_count_is_a_value, ratios_carry_both_deviations,
     outliers_are_far_from_the_median)
