#include "specs/select_lines.h"

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

static bool mark_holding(const struct suite *suite, unsigned line, bool *marked)
{
    bool any = false;

    for (size_t i = 0; i < suite->test_count; i++) {
        const struct test *test = &suite->tests[i];

        if (line < spot_line(test->at) || line > last_line(test))
            continue;
        marked[test->index] = true;
        any = true;
    }
    return any;
}

static bool mark_role(const struct suite *suite, enum test_role role,
                      bool *marked)
{
    bool any = false;

    for (size_t i = 0; i < suite->test_count; i++) {
        if (suite->tests[i].role != role)
            continue;
        marked[suite->tests[i].index] = true;
        any = true;
    }
    return any;
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

/* The list whose name, or bracket, stands in the line. */
static bool mark_list(const struct suite *suite, unsigned line, bool *marked)
{
    const struct source *source = suite->source;
    size_t at = source_begin(source) + 1;
    struct written member;
    enum test_role role;

    for (; next_member(source, at, &member); at = member.value_end) {
        if (line < line_at(source, member.key) ||
            line > line_at(source, member.value) ||
            !is_list(source, &member, &role))
            continue;
        return mark_role(suite, role, marked);
    }
    return false;
}

/* The first test below, or all that begin in its line. */
static bool mark_next(const struct suite *suite, unsigned line, bool *marked)
{
    unsigned next = UINT32_MAX;

    for (size_t i = 0; i < suite->test_count; i++) {
        unsigned begin = spot_line(suite->tests[i].at);

        if (begin > line && begin < next)
            next = begin;
    }
    return next != UINT32_MAX && mark_holding(suite, next, marked);
}

static void tell_behind(const struct suite *suite,
                        const struct suite_line *line, struct faults *faults)
{
    struct place place = {.path = line->argument};
    unsigned last = 0;

    for (size_t i = 0; i < suite->test_count; i++) {
        unsigned end = last_line(&suite->tests[i]);

        last = end > last ? end : last;
    }
    if (last) {
        faults_add(faults, place,
                   "no test stands there or below; the last one ends in line "
                   "%u",
                   last);
    } else {
        faults_add(faults, place, "this suite has no tests");
    }
}

static void find_in_suite(const struct suite *suite, bool *marked,
                          struct faults *faults)
{
    for (size_t i = 0; i < suite->line_count; i++) {
        unsigned line = suite->lines[i].line;

        if (!mark_holding(suite, line, marked) &&
            !mark_list(suite, line, marked) && !mark_next(suite, line, marked))
            tell_behind(suite, &suite->lines[i], faults);
    }
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
