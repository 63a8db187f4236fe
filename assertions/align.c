/* What both arrays begin and end with answers itself; of what is between, a
 * longest common subsequence does, by the classic table. Where that would be
 * too large, what is between stays as it is. */
#include "assertions/align.h"

#include <stdlib.h>

#include "specs/json.h"

enum {
    PAIRS_MOST = 1 << 18,
    MATCHED_MOST = 1 << 12, /* where matchers look at them, which costs more */
};

static bool may_be_hashed(const struct comparing *comparing,
                          const json_t *value)
{
    return !comparing->has_gaps && !holds_places(comparing, value);
}

static struct aligned *take_elements(const struct comparing *comparing,
                                     const json_t *array, size_t *count)
{
    struct aligned *list =
        must_alloc((json_array_size(array) + 1) * sizeof(*list));

    *count = 0;
    for (size_t i = next_element(array, 0); i < json_array_size(array);
         i = next_element(array, i + 1)) {
        json_t *value = json_array_get(array, i);

        list[(*count)++] = (struct aligned){
            .index = i,
            .value = value,
            .hash = json_hash(value),
            .is_plain = may_be_hashed(comparing, value),
        };
    }
    return list;
}

static bool are_equal(const struct alignment *alignment, size_t i, size_t j)
{
    const struct aligned *expected = &alignment->expected[i];
    const struct aligned *actual = &alignment->actual[j];

    return !(expected->is_plain && expected->hash != actual->hash) &&
           document_equals(alignment->comparing, expected->value,
                           actual->value);
}

static void meet(struct alignment *alignment, size_t i, size_t j,
                 enum fate fate)
{
    alignment->expected[i].fate = alignment->actual[j].fate = fate;
    alignment->expected[i].partner = j;
    alignment->actual[j].partner = i;
}

/* Between what both begin and end with. */
struct middle {
    size_t i, j;          /* where it begins */
    size_t height, width; /* how many are in it */
};

static struct middle find_middle(struct alignment *alignment)
{
    struct middle middle = {0};
    size_t m = alignment->expected_count, n = alignment->actual_count;

    while (middle.i < m && middle.j < n &&
           are_equal(alignment, middle.i, middle.j))
        meet(alignment, middle.i++, middle.j++, FATE_MET);
    while (m > middle.i && n > middle.j && are_equal(alignment, m - 1, n - 1))
        meet(alignment, --m, --n, FATE_MET);
    middle.height = m - middle.i;
    middle.width = n - middle.j;
    return middle;
}

/* table[i][j]: the longest common subsequence of what is behind i and j. No
 * more than 512 by PAIRS_MOST, since the shorter side limits it. */
static uint16_t *fill_table(const struct alignment *alignment,
                            const struct middle *middle)
{
    size_t row = middle->width + 1;
    uint16_t *table = must_alloc((middle->height + 1) * row * sizeof(*table));

    for (size_t i = middle->height; i-- > 0;) {
        for (size_t j = middle->width; j-- > 0;) {
            uint16_t below = table[(i + 1) * row + j];
            uint16_t right = table[i * row + j + 1];
            uint16_t *cell = &table[i * row + j];

            *cell = below > right ? below : right;
            if (are_equal(alignment, middle->i + i, middle->j + j) &&
                table[(i + 1) * row + j + 1] + 1 > *cell)
                *cell = (uint16_t)(table[(i + 1) * row + j + 1] + 1);
        }
    }
    return table;
}

static void meet_in_order(struct alignment *alignment,
                          const struct middle *middle)
{
    size_t row = middle->width + 1, i = 0, j = 0;
    uint16_t *table = fill_table(alignment, middle);

    while (i < middle->height && j < middle->width) {
        uint16_t here = table[i * row + j];

        if (here == table[(i + 1) * row + j])
            i++;
        else if (here == table[i * row + j + 1])
            j++;
        else
            meet(alignment, middle->i + i++, middle->j + j++, FATE_MET);
    }
    free(table);
}

static void find_moved(struct alignment *alignment, const struct middle *middle)
{
    for (size_t i = middle->i; i < middle->i + middle->height; i++) {
        for (size_t j = middle->j; j < middle->j + middle->width; j++) {
            if (alignment->expected[i].fate == FATE_NONE &&
                alignment->actual[j].fate == FATE_NONE &&
                are_equal(alignment, i, j))
                meet(alignment, i, j, FATE_MOVED);
        }
    }
}

struct alignment alignment_make(const struct comparing *comparing,
                                const json_t *expected, const json_t *actual)
{
    struct alignment alignment = {.comparing = comparing};
    size_t most = comparing->owner->child_count ? MATCHED_MOST : PAIRS_MOST;
    struct middle middle;

    alignment.expected =
        take_elements(comparing, expected, &alignment.expected_count);
    alignment.actual =
        take_elements(comparing, actual, &alignment.actual_count);
    middle = find_middle(&alignment);
    if (middle.height && middle.width <= most / middle.height) {
        meet_in_order(&alignment, &middle);
        find_moved(&alignment, &middle);
    }
    return alignment;
}

void alignment_finish(struct alignment *alignment)
{
    free(alignment->expected);
    free(alignment->actual);
}
