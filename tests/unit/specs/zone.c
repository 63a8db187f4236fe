#include "specs/zone.h"

#include "tests/unit/unit.h"
#include <string.h>
#include <unistd.h>

#include "specs/base/buffer.h"

enum { DAY_S = 86400, FILE_MOST = 4096 };

START_TEST(counts_the_days_of_the_calendar)
{
    static const struct {
        int64_t year;
        int month, day;
        int64_t days;
    } rows[] = {
        {1970, 1, 1, 0},      {1969, 12, 31, -1},   {2000, 2, 29, 11016},
        {2000, 3, 1, 11017},  {1900, 3, 1, -25508}, {2100, 2, 28, 47540},
        {2100, 3, 1, 47541},  {1, 1, 1, -719162},   {9999, 12, 31, 2932896},
        {2024, 2, 29, 19782},
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        ck_assert_int_eq(days_of(rows[i].year, rows[i].month, rows[i].day),
                         rows[i].days);
}
END_TEST

/* The C library reads the same rule, in a process of its own for each test. */
static void compare_with_library(const char *zone, const char *rule)
{
    ck_assert_int_eq(setenv("TZ", zone, 1), 0);
    tzset();
    /* From 1971 to 2100, at steps that meet every hour of the day. */
    for (int64_t at = INT64_C(366) * DAY_S; at < INT64_C(4102444800);
         at += 143999) {
        time_t moment = (time_t)at;
        struct zone_offset offset;
        struct tm local;

        localtime_r(&moment, &local);
        ck_assert(rule ? zone_rule(rule, at, &offset)
                       : zone_find(zone, at, &offset));
        ck_assert_msg(offset.seconds == local.tm_gmtoff &&
                          strcmp(offset.name, local.tm_zone) == 0,
                      "%s at %lld: %ld %s, wanted %ld %s", zone, (long long)at,
                      offset.seconds, offset.name, local.tm_gmtoff,
                      local.tm_zone);
    }
}

START_TEST(reads_rules_as_the_library_does)
{
    static const char *const rules[] = {
        "UTC0",
        "HST10",
        "<+0545>-5:45",
        "CET-1CEST,M3.5.0,M10.5.0/3",
        "EST5EDT,M3.2.0,M11.1.0",
        "AEST-10AEDT,M10.1.0,M4.1.0/3",
        "<-03>3<-02>,M3.5.0/-2,M10.5.0/-1",
        "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0",
        "XXX3YYY2:30,J60/0:30:15,J300",
        "XXX3YYY,59,299/4",
        "NZST-12NZDT,M9.5.0,M4.1.0/3",
    };

    for (size_t i = 0; i < COUNT(rules); i++)
        compare_with_library(rules[i], rules[i]);
}
END_TEST

START_TEST(refuses_what_is_no_rule)
{
    static const char *const rules[] = {
        "",
        "C-1",
        "CET",
        "CET-1CEST",
        "CET-1CEST,M3.5.0",
        "CET-1CEST,M13.5.0,M10.5.0",
        "CET-1CEST,M0.5.0,M10.5.0",
        "CET-1CEST,M3.6.0,M10.5.0",
        "CET-1CEST,M3.5.7,M10.5.0",
        "CET-1CEST,J0,J5",
        "CET-1CEST,366,J5",
        "CET-1CEST,M3.5.0,M10.5.0x",
        "CET-1CEST,M3.5.0/x,M10.5.0",
        "CET-200",
        "CET-1:60",
        "<+01-1",
        "ABCDEFGHIJKLMNOPQ3",
    };

    for (size_t i = 0; i < COUNT(rules); i++) {
        struct zone_offset offset;

        ck_assert_msg(!zone_rule(rules[i], 0, &offset), "%s", rules[i]);
    }
}
END_TEST

START_TEST(reads_the_database_as_the_library_does)
{
    static const char *const zones[] = {
        "Europe/Berlin",     "America/New_York",  "Australia/Lord_Howe",
        "Asia/Kathmandu",    "America/Sao_Paulo", "Europe/Dublin",
        "Africa/Casablanca", "Pacific/Apia",      "Etc/GMT+5",
        "America/St_Johns",  "Antarctica/Troll",  "Asia/Tehran",
    };

    if (access("/usr/share/zoneinfo/Europe/Berlin", R_OK) != 0)
        return; /* a system without the database */
    for (size_t i = 0; i < COUNT(zones); i++)
        compare_with_library(zones[i], NULL);
}
END_TEST

/* A file of version 2, as RFC 9636 has it. */
struct zone_file {
    unsigned char bytes[FILE_MOST];
    size_t length;
};

static void put(struct zone_file *file, const void *bytes, size_t length)
{
    memcpy(file->bytes + file->length, bytes, length);
    file->length += length;
}

static void put_number(struct zone_file *file, int64_t number, size_t bytes)
{
    for (size_t i = bytes; i-- > 0;)
        file->bytes[file->length++] =
            (unsigned char)((uint64_t)number >> (8 * i));
}

static void put_header(struct zone_file *file, int64_t times, int64_t types,
                       int64_t names)
{
    const int64_t counts[] = {0, 0, 0, times, types, names};

    put(file, "TZif2", 5);
    file->length += 15;
    for (size_t i = 0; i < COUNT(counts); i++)
        put_number(file, counts[i], 4);
}

/* Two changes of the clock, at 100 and 200. */
static void make_file(struct zone_file *file, const char *rule)
{
    *file = (struct zone_file){0};
    put_header(file, 0, 0, 0);
    put_header(file, 2, 2, 8);
    put_number(file, 100, 8);
    put_number(file, 200, 8);
    put(file, "\1\0", 2);
    put_number(file, 3600, 4);
    put(file, "\0\0", 2);
    put_number(file, -7200, 4);
    put(file, "\1\4", 2);
    put(file, "ONE\0TWO", 8);
    put(file, rule, strlen(rule));
}

START_TEST(finds_the_change_before_a_moment)
{
    static const struct {
        const char *rule;
        int64_t at;
        long seconds;
        const char *name;
    } rows[] = {
        {"\n\n", 99, 3600, "ONE"},        {"\n\n", 100, -7200, "TWO"},
        {"\n\n", 199, -7200, "TWO"},      {"\n\n", 200, 3600, "ONE"},
        {"\nSIX-6\n", 199, -7200, "TWO"}, {"\nSIX-6\n", 200, 21600, "SIX"},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct zone_file file;
        struct zone_offset offset;

        make_file(&file, rows[i].rule);
        ck_assert(zone_read(file.bytes, file.length, rows[i].at, &offset));
        ck_assert_int_eq(offset.seconds, rows[i].seconds);
        ck_assert_str_eq(offset.name, rows[i].name);
    }
}
END_TEST

/* Whatever is cut off or is another number, nothing is read beyond the end:
 * that is for the sanitizers to see. */
START_TEST(refuses_what_is_no_file)
{
    struct zone_file file;
    struct zone_offset offset;

    make_file(&file, "\nSIX-6\n");
    for (size_t length = 0; length < file.length; length++) {
        unsigned char *exact = must_alloc(length);

        memcpy(exact, file.bytes, length);
        ck_assert(!zone_read(exact, length, 300, &offset));
        free(exact);
    }
    for (size_t i = 0; i < file.length; i++) {
        unsigned char *exact = must_alloc(file.length);

        memcpy(exact, file.bytes, file.length);
        exact[i] = 0xff;
        (void)!zone_read(exact, file.length, 150, &offset);
        free(exact);
    }
    file.bytes[4] = '\0'; /* version 1 */
    ck_assert(!zone_read(file.bytes, file.length, 300, &offset));
}
END_TEST

START_TEST(files_have_a_limit)
{
    static struct zone_file made;
    char path[] = "/tmp/zone-XXXXXX";
    struct zone_offset offset;
    int file = mkstemp(path);

    make_file(&made, "\nSIX-6\n");
    ck_assert_int_eq(write(file, made.bytes, made.length), (int)made.length);
    ck_assert_int_eq(ftruncate(file, LIMIT_ZONE_BYTES), 0);
    ck_assert(zone_file(path, 300, &offset));
    ck_assert_str_eq(offset.name, "SIX");
    ck_assert_int_eq(ftruncate(file, LIMIT_ZONE_BYTES + 1), 0);
    ck_assert(!zone_file(path, 300, &offset));
    ck_assert_int_eq(close(file), 0);
    ck_assert_int_eq(unlink(path), 0);
    ck_assert(!zone_file(path, 300, &offset));
}
END_TEST

UNIT("zone", counts_the_days_of_the_calendar, reads_rules_as_the_library_does,
     refuses_what_is_no_rule, reads_the_database_as_the_library_does,
     finds_the_change_before_a_moment, refuses_what_is_no_file,
     files_have_a_limit)
