#include "runner/measure.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

/* A MAD times this estimates the standard deviation of normal values. */
static const double mad_scale = 1.4826;
/* Beyond this many of those a value is an outlier... */
static const double outlier_from = 5.0;
/* ...unless it is this near to the median: a run that is a hundredth slower
 * disturbs nothing, however equal the others are. */
static const double outlier_share = 0.05;

static int compare(const void *a, const void *b)
{
    const double *left = a, *right = b;

    return (*left > *right) - (*left < *right);
}

static double middle(const double *sorted, size_t count)
{
    size_t half = count / 2;

    return count % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

static double mean_of(const double *values, size_t count)
{
    double sum = 0;

    for (size_t i = 0; i < count; i++)
        sum += values[i];
    return sum / (double)count;
}

static double deviation_of(const double *values, size_t count, double mean)
{
    double squares = 0;

    if (count < 2)
        return 0;
    for (size_t i = 0; i < count; i++)
        squares += (values[i] - mean) * (values[i] - mean);
    return sqrt(squares / (double)(count - 1));
}

struct sample sample_of(double *values, size_t count)
{
    double mean;

    assert(count > 0);
    qsort(values, count, sizeof(*values), compare);
    mean = mean_of(values, count);
    return (struct sample){
        .count = count,
        .mean = mean,
        .deviation = deviation_of(values, count, mean),
        .median = middle(values, count),
        .least = values[0],
        .most = values[count - 1],
    };
}

size_t outlier_count(double *values, size_t count)
{
    double *distances = must_alloc(count * sizeof(*distances));
    size_t outliers = 0;
    double median, limit;

    assert(count > 0);
    qsort(values, count, sizeof(*values), compare);
    median = middle(values, count);
    for (size_t i = 0; i < count; i++)
        distances[i] = fabs(values[i] - median);
    qsort(distances, count, sizeof(*distances), compare);
    limit = fmax(outlier_from * mad_scale * middle(distances, count),
                 outlier_share * median);
    for (size_t i = 0; i < count; i++)
        outliers += distances[i] > limit;
    free(distances);
    return outliers;
}

/* Relative errors of independent means add in squares. */
struct ratio sample_ratio(struct sample slower, struct sample faster)
{
    double times = slower.mean / faster.mean;

    return (struct ratio){
        .times = times,
        .deviation = times * hypot(slower.deviation / slower.mean,
                                   faster.deviation / faster.mean),
    };
}
