#include "tests/unit/unit.h"
#include <string.h>

#include "specs/base/arena.h"
#include "specs/base/buffer.h"
#include "specs/base/fault.h"
#include "specs/base/map.h"

START_TEST(arena_memory_is_zeroed_and_aligned)
{
    struct arena arena = {0};

    for (size_t size = 1; size < 20000; size = size * 3 + 1) {
        char *memory = arena_take(&arena, size);

        ck_assert_uint_eq((uintptr_t)memory % 8, 0);
        for (size_t i = 0; i < size; i++)
            ck_assert_int_eq(memory[i], 0);
        memset(memory, 'x', size);
    }
    arena_reset(&arena);
    ck_assert_str_eq(arena_take(&arena, 64), "");
    arena_finish(&arena);
}
END_TEST

START_TEST(arena_prints_and_copies)
{
    struct arena arena = {0};

    ck_assert_str_eq(arena_print(&arena, "%s-%d", "a", 7), "a-7");
    ck_assert_str_eq(arena_copy(&arena, "text"), "text");
    ck_assert_int_eq(memcmp(arena_copy_bytes(&arena, "a\0b", 3), "a\0b", 4), 0);
    arena_finish(&arena);
}
END_TEST

START_TEST(buffers_stop_at_their_ceiling)
{
    struct buffer buffer = buffer_with_ceiling(8);

    ck_assert_str_eq(buffer_text(&buffer), "");
    ck_assert(buffer_add_text(&buffer, "12345678"));
    ck_assert(!buffer_add_text(&buffer, "9"));
    ck_assert(!buffer_print(&buffer, "%d", 9));
    ck_assert_str_eq(buffer_text(&buffer), "12345678");
    buffer_clear(&buffer);
    ck_assert(buffer_print(&buffer, "%08d", 42));
    ck_assert_str_eq(buffer_text(&buffer), "00000042");
    buffer_finish(&buffer);
}
END_TEST

START_TEST(maps_find_what_was_entered_in_order)
{
    static char names[1000][8];
    struct map map = {0};

    for (size_t i = 0; i < COUNT(names); i++) {
        snprintf(names[i], sizeof(names[i]), "n%zu", i);
        ck_assert_ptr_null(map_find(&map, names[i]));
        ck_assert_ptr_null(map_set(&map, names[i], names[i]));
    }
    for (size_t i = 0; i < COUNT(names); i++) {
        ck_assert_ptr_eq(map_find(&map, names[i]), names[i]);
        ck_assert_str_eq(map.entries[i].name, names[i]);
    }
    ck_assert_ptr_eq(map_set(&map, "n7", &map), names[7]);
    ck_assert_ptr_eq(map_find(&map, "n7"), &map);
    map_finish(&map);
}
END_TEST

START_TEST(the_nearest_name_is_the_likely_one)
{
    static const char *const names[] = {"method", "url", "headers", "header"};
    static const struct {
        const char *wrong, *meant;
    } rows[] = {
        {"methd", "method"},   {"mehtod", "method"}, {"ulr", "url"},
        {"headrs", "headers"}, {"xyz", NULL},        {"u", NULL},
        {"METHOD", "method"},  {"Url", "url"},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        const char *near = nearest_name(rows[i].wrong, names, COUNT(names));

        if (rows[i].meant) {
            ck_assert_msg(near && strcmp(near, rows[i].meant) == 0, "%s",
                          rows[i].wrong);
        } else {
            ck_assert_msg(!near, "%s", rows[i].wrong);
        }
    }
}
END_TEST

START_TEST(faults_are_told_in_order_with_a_caret)
{
    struct faults faults = {0};
    struct place later = {"a.json", 4, 3, 2, "  ab\x1b", 5};
    struct place sooner = {"a.json", 2, 1, 0, NULL, 0};
    char *told = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&told, &length);

    ck_assert(!faults_add(&faults, later, "late \x1b[0m"));
    ck_assert(!faults_add(&faults, sooner, "soon"));
    faults_sort(&faults);
    faults_print(&faults, out);
    fclose(out);
    ck_assert_str_eq(told, "a.json:2:1: soon\n"
                           "a.json:4:3: late \\u001b[0m\n"
                           "    4 |   ab\\u001b\n"
                           "      |   ^^\n");
    ck_assert_uint_eq(faults_file_count(&faults), 1);
    free(told);
    faults_finish(&faults);
}
END_TEST

static char released[8];
static size_t released_count;

static void note_release(void *item)
{
    released[released_count++] = *(const char *)item;
}

START_TEST(an_arena_releases_what_it_owns)
{
    static char letters[] = "abc";
    struct arena arena = {0};

    arena_own(&arena, letters, note_release);
    arena_own(&arena, letters + 1, note_release);
    arena_reset(&arena);
    ck_assert_str_eq(released, "ba");
    arena_own(&arena, letters + 2, note_release);
    arena_finish(&arena);
    ck_assert_str_eq(released, "bac");
    arena_finish(&arena);
    ck_assert_str_eq(released, "bac");
}
END_TEST

START_TEST(faults_of_a_file_stand_together)
{
    static const struct place found[] = {
        {.path = "b.json", .line = 9},
        {.path = "a.json", .line = 2},
        {.path = "b.json", .line = 3},
        {.path = "a.json", .line = 1},
        {.path = NULL},
        {.path = "b.json", .line = 9},
        {.path = "a.json", .line = 3},
    };
    static const int wanted[] = {2, 0, 5, 3, 1, 6, 4};
    struct faults faults = {0};

    for (int i = 0; i < (int)COUNT(found); i++)
        faults_add(&faults, found[i], "%d", i);
    faults_sort(&faults);
    for (size_t i = 0; i < COUNT(wanted); i++)
        ck_assert_int_eq(faults.faults[i].text[0], '0' + wanted[i]);
    ck_assert_uint_eq(faults_file_count(&faults), 3);
    faults_finish(&faults);
}
END_TEST

START_TEST(no_more_faults_are_kept_than_the_limit)
{
    struct faults faults = {0};

    for (int i = 0; i < LIMIT_FAULTS + 1; i++)
        faults_add(&faults, (struct place){0}, "%d", i);
    ck_assert_uint_eq(faults.count, LIMIT_FAULTS);
    ck_assert_uint_eq(faults.total, LIMIT_FAULTS + 1);
    faults_finish(&faults);
}
END_TEST

START_TEST(counts_are_whole_numbers)
{
    uint64_t value;

    ck_assert(read_count("0", 10, &value) && value == 0);
    ck_assert(read_count("10", 10, &value) && value == 10);
    ck_assert(!read_count("11", 10, &value));
    ck_assert(!read_count("", 10, &value));
    ck_assert(!read_count("1x", 10, &value));
    ck_assert(!read_count("-1", 10, &value));
    ck_assert(!read_count("2", 1, &value));
    ck_assert(!read_count("18446744073709551616", 1, &value));
    ck_assert(!read_count("99999999999999999999", UINT64_MAX, &value));
    ck_assert(read_count("18446744073709551615", UINT64_MAX, &value));
}
END_TEST

UNIT("base", arena_memory_is_zeroed_and_aligned, arena_prints_and_copies,
     buffers_stop_at_their_ceiling, maps_find_what_was_entered_in_order,
     the_nearest_name_is_the_likely_one, faults_are_told_in_order_with_a_caret,
     faults_of_a_file_stand_together, an_arena_releases_what_it_owns,
     no_more_faults_are_kept_than_the_limit, counts_are_whole_numbers)
