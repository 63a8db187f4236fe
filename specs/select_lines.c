#include "specs/select_lines.h"

#include <stdlib.h>
#include <string.h>

#include "specs/walk.h"

size_t line_split(const char *argument, size_t length, unsigned *line)
{
    enum { DIGITS_MOST = 9 };
    char digits[DIGITS_MOST + 1] = "";
    size_t at = length;
    uint64_t number;

    while (at > 0 && argument[at - 1] >= '0' && argument[at - 1] <= '9')
        at--;
    if (at < 2 || argument[at - 1] != ':' || length - at > DIGITS_MOST)
        return 0;
    memcpy(digits, argument + at, length - at);
    if (!read_count(digits, UINT32_MAX, &number))
        return 0;
    *line = (unsigned)number;
    return at - 1;
}

static unsigned line_at(const struct source *source, size_t offset)
{
    return spot_line((struct spot){source, (uint32_t)offset, 0});
}

static unsigned last_line(const struct test *test)
{
    const struct source *source = test->at.source;

    return line_at(source, walk_value(source, test->at.offset) - 1);
}

/* The lines of a test's text. Texts of tests do not overlap, so in the order of
 * the file neither number ever becomes less. */
struct extent {
    unsigned begin, end;
    const struct test *test;
    size_t done; /* behind the last extent that was marked from here on */
};

/* Where a list of tests has its name and its bracket. */
struct heading {
    unsigned begin, end;
    enum test_role role;
    bool is_done;
};

/* A suite's lines. Many of them may be named, so that each part of the suite is
 * found by bisection and marked only once. */
struct lines {
    size_t count;
    struct extent *extents;
    size_t heading_count;
    struct heading headings[ROLE_TEARDOWN + 1]; /* as written */
    bool *marked;                               /* by test->index */
};

static int by_place(const void *a, const void *b)
{
    const struct extent *one = a, *other = b;
    uint32_t i = one->test->at.offset, j = other->test->at.offset;

    return (i > j) - (i < j);
}

static void find_extents(const struct suite *suite, struct lines *lines)
{
    size_t count = suite->test_count;

    lines->count = count;
    lines->extents = must_alloc(count * sizeof(*lines->extents));
    for (size_t i = 0; i < count; i++) {
        const struct test *test = &suite->tests[i];

        lines->extents[i] = (struct extent){
            .begin = spot_line(test->at), .end = last_line(test), .test = test};
    }
    if (count)
        qsort(lines->extents, count, sizeof(*lines->extents), by_place);
}

/* The first test that ends in the line or below. */
static size_t first_ending(const struct lines *lines, unsigned line)
{
    size_t low = 0, high = lines->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (lines->extents[middle].end < line)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool mark_holding(struct lines *lines, unsigned line)
{
    size_t first = first_ending(lines, line);
    size_t i = first;

    if (first == lines->count || lines->extents[first].begin > line)
        return false;
    if (lines->extents[first].done > i)
        i = lines->extents[first].done;
    for (; i < lines->count && lines->extents[i].begin <= line; i++)
        lines->marked[lines->extents[i].test->index] = true;
    lines->extents[first].done = i;
    return true;
}

/* One member of the suite's object, as its text has it. */
struct written {
    size_t key, key_end; /* quotes included */
    size_t value, value_end;
};

/* The member that begins at or behind `at`; false at the object's end. */
static bool next_member(const struct source *source, size_t at,
                        struct written *member)
{
    at = walk_blanks(source, at);
    if (source->text[at] == ',')
        at = walk_blanks(source, at + 1);
    if (source->text[at] != '"')
        return false;
    member->key = at;
    member->key_end = walk_string(source, at);
    at = walk_blanks(source, member->key_end);
    member->value = walk_blanks(source, at + 1);
    member->value_end = walk_value(source, member->value);
    return true;
}

static bool is_list(const struct source *source, const struct written *member,
                    enum test_role *role)
{
    static const char *const names[] = {[ROLE_SETUP] = "\"setup\"",
                                        [ROLE_TEST] = "\"tests\"",
                                        [ROLE_TEARDOWN] = "\"teardown\""};

    for (size_t i = 0; i < COUNT(names); i++) {
        *role = (enum test_role)i;
        if (member->key_end - member->key == strlen(names[i]) &&
            strncmp(source->text + member->key, names[i], strlen(names[i])) ==
                0)
            return true;
    }
    return false;
}

static void find_headings(const struct suite *suite, struct lines *lines)
{
    const struct source *source = suite->source;
    size_t at = source_begin(source) + 1;
    struct written member;
    enum test_role role;

    for (; next_member(source, at, &member); at = member.value_end) {
        if (is_list(source, &member, &role)) {
            lines->headings[lines->heading_count++] =
                (struct heading){.begin = line_at(source, member.key),
                                 .end = line_at(source, member.value),
                                 .role = role};
        }
    }
}

static bool mark_role(struct lines *lines, struct heading *heading)
{
    bool any = false;

    for (size_t i = 0; i < lines->count && !heading->is_done; i++) {
        const struct test *test = lines->extents[i].test;

        if (test->role != heading->role)
            continue;
        lines->marked[test->index] = true;
        any = true;
    }
    heading->is_done |= any;
    return heading->is_done;
}

/* The list whose name, or bracket, stands in the line. */
static bool mark_list(struct lines *lines, unsigned line)
{
    for (size_t i = 0; i < lines->heading_count; i++) {
        struct heading *heading = &lines->headings[i];

        if (line >= heading->begin && line <= heading->end)
            return mark_role(lines, heading);
    }
    return false;
}

/* The first test below, or all that begin in its line. */
static bool mark_next(struct lines *lines, unsigned line)
{
    size_t next = first_ending(lines, line);

    return next < lines->count &&
           mark_holding(lines, lines->extents[next].begin);
}

static void tell_behind(const struct lines *lines,
                        const struct suite_line *line, struct faults *faults)
{
    struct place place = {.path = line->argument};

    if (lines->count) {
        faults_add(faults, place,
                   "no test stands there or below; the last one ends in line "
                   "%u",
                   lines->extents[lines->count - 1].end);
    } else {
        faults_add(faults, place, "this suite has no tests");
    }
}

static void find_in_suite(const struct suite *suite, bool *marked,
                          struct faults *faults)
{
    struct lines lines = {.marked = marked};

    find_extents(suite, &lines);
    find_headings(suite, &lines);
    for (size_t i = 0; i < suite->line_count; i++) {
        unsigned line = suite->lines[i].line;

        if (!mark_holding(&lines, line) && !mark_list(&lines, line) &&
            !mark_next(&lines, line))
            tell_behind(&lines, &suite->lines[i], faults);
    }
    free(lines.extents);
}

bool *lines_find(const struct plan *plan, struct faults *faults)
{
    bool *marked = NULL;

    for (size_t i = 0; i < plan->suite_count; i++) {
        if (!plan->suites[i].line_count)
            continue;
        if (!marked)
            marked = must_alloc(plan->test_count * sizeof(*marked));
        find_in_suite(&plan->suites[i], marked, faults);
    }
    return marked;
}
