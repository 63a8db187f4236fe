/* Numbers with their doubt. Pure. */
#pragma once

#include "specs/base/base.h"

struct sample {
    size_t count;
    double mean;
    double deviation; /* of the sample, n - 1; 0 for fewer than two values */
    double median;
    double least, most;
};

/* Sorts the values; there must be one at least. */
struct sample sample_of(double *values, size_t count);

/* How many of the values lie so far from the median, counted in median absolute
 * deviations, that something disturbed them. Sorts the values. */
size_t outlier_count(double *values, size_t count);

struct ratio {
    double times;
    double deviation;
};

/* How many times faster; the mean of `faster` must not be 0. */
struct ratio sample_ratio(struct sample slower, struct sample faster);
