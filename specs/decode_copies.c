/* How many copies of a test there are, and what they are called. */
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

/* Whether a row of the test is called what is between the brackets with which
 * the tail begins. */
static bool is_row(const struct test *test, const char *tail)
{
    struct arena arena = {0};
    struct fault unheard = {0};
    struct row_stream *stream = rows_open(test->rows, &unheard);
    bool is_found = false;
    size_t number = 0;
    json_t *row;

    while (stream && !is_found && (row = rows_next(stream, &unheard))) {
        const char *name =
            arena_print(&arena, " [%s]", rows_copy_name(&arena, number++, row));
        size_t length = strlen(name);

        is_found = strncmp(tail, name, length) == 0 &&
                   is_repetition(test, tail + length);
        json_decref(row);
        arena_reset(&arena);
    }
    rows_close(stream);
    arena_finish(&arena);
    return is_found;
}

/* The test that has a copy of this name; NULL. Rows are read again, but only
 * for a name that begins as theirs do. */
static const struct test *
find_copied(struct decoder *decoder, const struct map *copied, const char *name)
{
    for (const char *open = strstr(name, " ["); open;
         open = strstr(open + 1, " [")) {
        const struct test *test =
            map_find(copied, arena_copy_bytes(&decoder->scratch, name,
                                              (size_t)(open - name)));

        if (test &&
            (test->rows ? is_row(test, open) : is_repetition(test, open)))
            return test;
    }
    return NULL;
}

void copy_names_refuse(struct decoder *decoder, const struct test *tests,
                       size_t count)
{
    struct map copied = {0};

    for (size_t i = 0; i < count; i++) {
        if (tests[i].is_repeated ||
            (tests[i].rows && !tests[i].rows->is_broken))
            map_set(&copied, tests[i].name, (void *)(uintptr_t)&tests[i]);
    }
    for (size_t i = 0; i < count && copied.count; i++) {
        const struct test *other = find_copied(decoder, &copied, tests[i].name);

        if (other) {
            spot_fault(decoder->faults, tests[i].name_at,
                       "the name \"%s\" is taken by a copy of the test in line "
                       "%u",
                       tests[i].name, spot_place(other->name_at).line);
        }
    }
    map_finish(&copied);
}
