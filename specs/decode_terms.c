/* On what terms a test runs: skip, only, when, lock, quarantine. */
#include <string.h>

#include "specs/base/buffer.h"
#include "specs/decode.h"
#include "specs/warnings.h"

enum { DATE_LENGTH = 10, MONTHS = 12, FEBRUARY = 2 };

static const int64_t ns_per_day = 24 * 60 * 60 * NS_PER_S;

static const char *decode_skip(struct decoder *decoder,
                               const struct node *written)
{
    if (json_is_boolean(written->json))
        return json_is_true(written->json) ? "" : NULL;
    return text_keep(
        decoder, text_read(written, "the reason in \"skip\"", decoder->faults));
}

/* The place among the locks so far; the count where it is none of them. */
static size_t find_lock(const struct nodes *locks, size_t count,
                        const char *name)
{
    size_t i = 0;

    while (i < count &&
           strcmp(json_string_value(locks->list[i].json), name) != 0)
        i++;
    return i;
}

/* "*" is everybody's, so that others beside it say nothing more. */
static void keep_locks(struct decoder *decoder, const struct nodes *locks,
                       struct test *test)
{
    bool is_alone = find_lock(locks, locks->count, "*") < locks->count;
    const char **names =
        arena_take(&decoder->plan->arena, locks->count * sizeof(*names));

    for (size_t i = 0; i < locks->count && !is_alone; i++)
        names[i] = text_keep(decoder, json_string_value(locks->list[i].json));
    if (is_alone)
        names[0] = "*";
    test->lock_count = is_alone ? 1 : locks->count;
    test->locks = names;
}

static void decode_locks(struct decoder *decoder, const struct node *written,
                         struct test *test)
{
    static const char subject[] = "the name of a lock";
    struct nodes locks = {1, written};

    if (json_is_array(written->json)) {
        locks = strings_decode(decoder, written, subject);
        if (!json_array_size(written->json))
            node_fault(decoder->faults, written,
                       "\"lock\" needs at least one name");
    } else if (!text_read(written, subject, decoder->faults)) {
        return;
    }
    if (locks.count > LIMIT_LOCKS) {
        node_fault(decoder->faults, written, "a test has at most %d locks",
                   LIMIT_LOCKS);
        return;
    }
    for (size_t i = 0; i < locks.count; i++) {
        const char *name = json_string_value(locks.list[i].json);

        if (find_lock(&locks, i, name) < i)
            node_fault(decoder->faults, &locks.list[i],
                       "the lock \"%s\" is here twice", name);
    }
    keep_locks(decoder, &locks, test);
}

static bool read_digits(const char *text, size_t count, int *number)
{
    *number = 0;
    for (size_t i = 0; i < count; i++) {
        if (text[i] < '0' || text[i] > '9')
            return false;
        *number = *number * 10 + (text[i] - '0');
    }
    return true;
}

static int days_of_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    return days[month - 1] + (month == FEBRUARY && is_leap);
}

/* "2026-12-31", a day that there is; its number, counted from 1970-01-01. */
static bool read_day(const char *text, int64_t *day)
{
    int year, month, of_month;
    int64_t before;

    if (strlen(text) != DATE_LENGTH || text[4] != '-' || text[7] != '-' ||
        !read_digits(text, 4, &year) || !read_digits(text + 5, 2, &month) ||
        !read_digits(text + 8, 2, &of_month) || year < 1 || month < 1 ||
        month > MONTHS || of_month < 1 || of_month > days_of_month(year, month))
        return false;
    before = year - 1;
    *day = before * 365 + before / 4 - before / 100 + before / 400 - 719162;
    for (int i = 1; i < month; i++)
        *day += days_of_month(year, i);
    *day += of_month - 1;
    return true;
}

static void judge_quarantine(struct decoder *decoder, const struct node *until,
                             const struct test *test,
                             struct quarantine *quarantine)
{
    int64_t day;

    if (!read_day(quarantine->until, &day)) {
        node_fault(decoder->faults, until,
                   "\"until\" must be a day that there is: \"2026-12-31\"");
        return;
    }
    quarantine->is_over = decoder->now_ns && decoder->now_ns / ns_per_day > day;
    if (quarantine->is_over) {
        plan_warn(decoder->plan, spot_place(until->at),
                  "the quarantine of \"%s\" ended on %s", test->name,
                  quarantine->until);
    }
}

static void decode_quarantine(struct decoder *decoder,
                              const struct node *written, struct test *test)
{
    struct quarantine *quarantine =
        arena_take(&decoder->plan->arena, sizeof(*quarantine));
    struct member found[QUARANTINE_RULES] = {0};
    const struct node *until = &found[QUARANTINE_UNTIL].value;

    fields_read(&decoder->scratch, written, &quarantine_table, found,
                decoder->faults);
    quarantine->at = written->at;
    quarantine->reason =
        text_keep(decoder, text_read(&found[QUARANTINE_REASON].value,
                                     "\"reason\"", decoder->faults));
    quarantine->until =
        text_keep(decoder, text_read(until, "\"until\"", decoder->faults));
    if (quarantine->until)
        judge_quarantine(decoder, until, test, quarantine);
    test->quarantine = quarantine;
}

static void decode_when(struct decoder *decoder, const struct node *written,
                        struct test *test)
{
    struct node *kept;

    if (!json_object_size(written->json)) {
        node_fault(decoder->faults, written,
                   "\"when\" needs at least one condition");
        return;
    }
    kept = arena_take(&decoder->plan->arena, sizeof(*kept));
    *kept = *written;
    test->when_written = kept;
}

void terms_decode(struct decoder *decoder, const struct member *found,
                  struct test *test)
{
    test->skip = decode_skip(decoder, &found[TEST_SKIP].value);
    test->is_only = json_is_true(found[TEST_ONLY].value.json);
    if (found[TEST_WHEN].value.json)
        decode_when(decoder, &found[TEST_WHEN].value, test);
    if (found[TEST_LOCK].value.json)
        decode_locks(decoder, &found[TEST_LOCK].value, test);
    if (found[TEST_QUARANTINE].value.json)
        decode_quarantine(decoder, &found[TEST_QUARANTINE].value, test);
}
