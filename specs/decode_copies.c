/* How many copies of a test there are, and what they are called. */
#include <stdlib.h>
#include <string.h>

#include "specs/base/buffer.h"
#include "specs/decode.h"

static void decode_repeat(struct decoder *decoder, const struct node *written,
                          struct test *test)
{
    json_int_t copies = json_integer_value(written->json);

    if (json_is_real(written->json) && !json_exact_number(written->json) &&
        json_real_value(written->json) <= LIMIT_REPEAT)
        copies = (json_int_t)json_real_value(written->json);
    if (copies < 1 || copies > LIMIT_REPEAT) {
        node_fault(decoder->faults, written, "\"repeat\" must be from 1 to %d",
                   LIMIT_REPEAT);
        return;
    }
    test->is_repeated = true;
    test->repeat_count = (size_t)copies;
}

void copies_decode(struct decoder *decoder, const struct member *found,
                   struct test *test)
{
    const struct node *each = &found[TEST_EACH].value;

    test->repeat_count = 1;
    if (found[TEST_REPEAT].value.json)
        decode_repeat(decoder, &found[TEST_REPEAT].value, test);
    if (each->json)
        test->rows = rows_read(decoder->row_files, decoder->suite, each);
    else if (test->role == ROLE_TEST && !found[TEST_EACH].key)
        test->rows = decoder->data;
    test->copy_count = test->repeat_count;
    if (test->rows)
        test->copy_count *= test->rows->count;
}

/* The number in brackets, as it is told: no sign, no leading zero. Goes behind
 * the bracket that closes it; NULL where there is none. */
static const char *read_number(const char *text, uint64_t most,
                               uint64_t *number)
{
    size_t digits = strspn(text, "0123456789");
    char copy[24] = "";

    if (!digits || digits >= sizeof(copy) || text[digits] != ']' ||
        (*text == '0' && digits > 1))
        return NULL;
    memcpy(copy, text, digits);
    return read_count(copy, most, number) ? text + digits + 1 : NULL;
}

/* Whether "[3]" with a blank before it, which is all that there is, tells a
 * repetition of the test; of one that is not repeated, whether there is
 * nothing. */
static bool is_repetition(const struct test *test, const char *tail)
{
    uint64_t number = 0;
    const char *end;

    if (!test->is_repeated)
        return !*tail;
    if (strncmp(tail, " [", 2) != 0)
        return false;
    end = read_number(tail + 2, LIMIT_REPEAT, &number);
    return end && !*end && number < test->repeat_count;
}

/* A name that may be one of a row's copies. */
struct claim {
    const struct test *of; /* the test with the rows */
    const char *row;       /* how the copy's name goes on: " [row 1]" */
    size_t claimant;       /* the number of the test that has the name */
    struct claim *next;    /* of the same row */
};

/* The names of one suite's tests against those of their copies. */
struct claims {
    struct arena arena;
    struct map copied; /* tests with copies, by name */
    struct claim *list;
    size_t count;
    size_t capacity;
    const struct test **takers; /* of each test's name; NULL: nobody */
};

static void take(struct claims *claims, size_t claimant,
                 const struct test *taker)
{
    const struct test **known = &claims->takers[claimant];

    if (!*known || taker->index < (*known)->index)
        *known = taker;
}

/* The tail without the repetition behind it; NULL where there should be one. */
static const char *row_part(struct claims *claims, const struct test *test,
                            const char *tail)
{
    const char *last = tail + strlen(tail);

    for (const char *open = tail; test->is_repeated && open;
         open = strstr(open + 1, " ["))
        last = open;
    if (last == tail || !is_repetition(test, last))
        return NULL;
    return arena_copy_bytes(&claims->arena, tail, (size_t)(last - tail));
}

static void add_claim(struct claims *claims, struct claim claim)
{
    if (!claim.row)
        return;
    if (claims->count == claims->capacity) {
        claims->capacity = claims->capacity ? claims->capacity * 2 : 16;
        claims->list =
            must_resize(claims->list, claims->capacity * sizeof(*claims->list));
    }
    claims->list[claims->count++] = claim;
}

/* Each part of a name before a bracket may be the name of a test with copies,
 * as long as the rest is short enough to be that of a copy. */
static void look_at(struct claims *claims, const struct test *named,
                    size_t number)
{
    CLEANUP(freep) char *part = must_copy(named->name);
    size_t length = strlen(part);
    size_t least = length > COPY_WORDS_MOST ? length - COPY_WORDS_MOST : 0;

    for (const char *open = strstr(named->name + least, " ["); open;
         open = strstr(open + 1, " [")) {
        char *end = part + (open - named->name);
        const struct test *test;

        *end = '\0';
        test = map_find(&claims->copied, part);
        *end = ' ';
        if (test && test->rows) {
            add_claim(claims,
                      (struct claim){.of = test,
                                     .row = row_part(claims, test, open),
                                     .claimant = number});
        } else if (test && is_repetition(test, open)) {
            take(claims, number, test);
        }
    }
}

static int compare_rows(const void *a, const void *b)
{
    uintptr_t one = (uintptr_t)((const struct claim *)a)->of->rows;
    uintptr_t other = (uintptr_t)((const struct claim *)b)->of->rows;

    return (one > other) - (one < other);
}

/* Judges claims to copies that are all made of the same rows, which are read
 * once. */
static void read_rows(struct claims *claims, struct claim *list, size_t count)
{
    struct arena arena = {0};
    struct fault unheard = {0};
    struct row_stream *stream = rows_open(list->of->rows, &unheard);
    struct map by_row = {0};
    size_t number = 0;
    json_t *row;

    for (size_t i = 0; i < count; i++)
        list[i].next = map_set(&by_row, list[i].row, &list[i]);
    while (stream && (row = rows_next(stream, &unheard))) {
        const char *name =
            arena_print(&arena, " [%s]", rows_copy_name(&arena, number++, row));

        for (const struct claim *claim = map_find(&by_row, name); claim;
             claim = claim->next)
            take(claims, claim->claimant, claim->of);
        json_decref(row);
        arena_reset(&arena);
    }
    map_finish(&by_row);
    rows_close(stream);
    arena_finish(&arena);
}

static void judge_claims(struct claims *claims)
{
    size_t first = 0, end;

    if (claims->count)
        qsort(claims->list, claims->count, sizeof(*claims->list), compare_rows);
    for (; first < claims->count; first = end) {
        end = first + 1;
        while (end < claims->count &&
               claims->list[end].of->rows == claims->list[first].of->rows)
            end++;
        read_rows(claims, claims->list + first, end - first);
    }
}

static void tell_taken(struct decoder *decoder, const struct claims *claims,
                       const struct test *tests, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (claims->takers[i]) {
            spot_fault(decoder->faults, tests[i].name_at,
                       "the name \"%s\" is taken by a copy of the test in line "
                       "%u",
                       tests[i].name,
                       spot_place(claims->takers[i]->name_at).line);
        }
    }
}

void copy_names_refuse(struct decoder *decoder, const struct test *tests,
                       size_t count)
{
    struct claims claims = {0};

    for (size_t i = 0; i < count; i++) {
        if (tests[i].is_repeated ||
            (tests[i].rows && !tests[i].rows->is_broken))
            map_set(&claims.copied, tests[i].name,
                    (void *)(uintptr_t)&tests[i]);
    }
    if (claims.copied.count) {
        claims.takers = must_alloc(count * sizeof(*claims.takers));
        for (size_t i = 0; i < count; i++)
            look_at(&claims, &tests[i], i);
        judge_claims(&claims);
        tell_taken(decoder, &claims, tests, count);
    }
    free(claims.takers);
    free(claims.list);
    map_finish(&claims.copied);
    arena_finish(&claims.arena);
}
