/* Filters judge single tests; then what the chosen ones need is found along the
 * waits that require, each test being looked at once.
 *
 * A filter by tag or name means tests, not set-ups and teardowns: those come
 * with the tests that need them, and without any they would do and undo for
 * nobody. Who names one of them, by id, by line, as the one that failed or with
 * `only`, means it.
 *
 * A teardown undoes what its suite did. One that needs a test that is left out
 * has nothing to undo, and is left out too. */
#include "specs/select.h"

#include <stdlib.h>
#include <string.h>

#include "specs/graph.h"
#include "specs/select_lines.h"
#include "specs/select_order.h"
#include "specs/suggest.h"
#include "specs/warnings.h"

/* One selection, while it is made. Lists have a place for each test. */
struct selector {
    struct plan *plan;
    const struct selection_options *options;
    struct faults *faults;
    const bool *on_line; /* the paths name a line of it; NULL: no lines */
    const bool *has_id;  /* NULL: no ids */
    const bool *is_last; /* it is for --last-failed; NULL: not asked for */
    bool *is_set_up;     /* of each suite: its set-ups are taken */
    bool any_only;
    const struct test **pending; /* taken, their waits not yet looked at */
    size_t pending_count;
};

static bool takes_by_tags(const struct selection_options *options,
                          const struct test *test)
{
    for (size_t i = 0; i < options->tag_count; i++)
        if (!tags_hold(options->tags[i], test->tag_count, test->tags))
            return false;
    return true;
}

static bool is_matched(const struct name_filter *filters, size_t count,
                       const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (filters[i].matches(filters[i].pattern, name))
            return true;
    return false;
}

static bool takes_by_name(const struct selection_options *options,
                          const char *name)
{
    if (options->wanted_count &&
        !is_matched(options->wanted, options->wanted_count, name))
        return false;
    return !is_matched(options->unwanted, options->unwanted_count, name);
}

/* Whether something is asked for that is one test and no other. */
static bool is_singled_out(const struct selector *selector,
                           const struct test *test)
{
    return (selector->on_line && test->suite->line_count) || selector->has_id ||
           selector->is_last || selector->any_only;
}

static bool takes(const struct selector *selector, const struct test *test)
{
    if (test->suite->line_count && !selector->on_line[test->index])
        return false;
    if (selector->on_line && test->suite->is_by_the_way)
        return false;
    if (selector->has_id && !selector->has_id[test->index])
        return false;
    if (selector->is_last && !selector->is_last[test->index])
        return false;
    if (selector->any_only && !test->is_only)
        return false;
    if (test->role != ROLE_TEST && !is_singled_out(selector, test))
        return false;
    return takes_by_tags(selector->options, test) &&
           takes_by_name(selector->options, test->name);
}

static bool has_filters(const struct selector *selector)
{
    const struct selection_options *options = selector->options;

    return options->tag_count || options->wanted_count ||
           options->unwanted_count || selector->on_line || selector->has_id ||
           selector->is_last || selector->any_only;
}

static void take(struct selector *selector, const struct test *test,
                 enum selection selection)
{
    if (test->selection != LEFT_OUT)
        return;
    thaw_test(test)->selection = selection;
    selector->pending[selector->pending_count++] = test;
}

static void pull_required(struct selector *selector, const struct test *test)
{
    for (size_t i = 0; i < test->wait_count; i++)
        if (test->waits[i].requires)
            take(selector, test->waits[i].on, PULLED_IN);
}

static void pull_set_up(struct selector *selector, const struct suite *suite)
{
    if (selector->is_set_up[suite->index])
        return;
    selector->is_set_up[suite->index] = true;
    for (size_t i = 0; i < suite->test_count; i++)
        if (suite->tests[i].role == ROLE_SETUP)
            take(selector, &suite->tests[i], PULLED_IN);
}

static void pull_all(struct selector *selector)
{
    while (selector->pending_count) {
        const struct test *test = selector->pending[--selector->pending_count];

        pull_required(selector, test);
        pull_set_up(selector, test->suite);
    }
}

static bool lacks_nothing(const struct test *test)
{
    for (size_t i = 0; i < test->wait_count; i++)
        if (test->waits[i].requires && test->waits[i].on->selection == LEFT_OUT)
            return false;
    return true;
}

bool suite_is_left_out(const struct suite *suite)
{
    for (size_t i = 0; i < suite->test_count; i++)
        if (suite->tests[i].selection != LEFT_OUT)
            return false;
    return suite->test_count > 0;
}

/* The last one runs first, so the others may need what it captured. */
static void pull_teardown(const struct suite *suite)
{
    if (suite_is_left_out(suite))
        return;
    for (size_t i = suite->test_count; i-- > 0;) {
        struct test *test = thaw_test(&suite->tests[i]);

        if (test->role == ROLE_TEARDOWN && test->selection == LEFT_OUT &&
            lacks_nothing(test))
            test->selection = PULLED_IN;
    }
}

static void select_some(struct selector *selector)
{
    const struct plan *plan = selector->plan;

    for (size_t i = 0; i < plan->test_count; i++)
        thaw_test(&plan->tests[i])->selection = LEFT_OUT;
    for (size_t i = 0; i < plan->test_count; i++)
        if (takes(selector, &plan->tests[i]))
            take(selector, &plan->tests[i], SELECTED);
    pull_all(selector);
    for (size_t i = 0; i < plan->suite_count; i++)
        pull_teardown(&plan->suites[i]);
    graph_leave_out(selector->plan, selector->faults);
}

/* Those whose id is wanted, and of each wanted id whether a test has it. */
static bool *find_ids(struct selector *selector)
{
    const struct selection_options *options = selector->options;
    const struct plan *plan = selector->plan;
    bool *found = must_alloc(plan->test_count * sizeof(*found));
    struct map wanted = {0}, known = {0};

    for (size_t i = 0; i < options->id_count; i++)
        map_set(&wanted, options->ids[i], selector);
    for (size_t i = 0; i < plan->test_count; i++) {
        found[i] = map_find(&wanted, plan->tests[i].id) != NULL;
        map_set(&known, plan->tests[i].id, selector);
    }
    for (size_t i = 0; i < wanted.count; i++) {
        const char *id = wanted.entries[i].name;
        const char *near =
            map_find(&known, id) ? id : suggest_name(id, NULL, &known);

        if (near != id) {
            faults_add(selector->faults, (struct place){0},
                       "--id: no test has the id \"%s\"%s%s%s", id,
                       near ? "; did you mean \"" : "", near ? near : "",
                       near ? "\"?" : "");
        }
    }
    map_finish(&wanted);
    map_finish(&known);
    return found;
}

static bool requires_test(const struct test *waiter, const struct test *on)
{
    for (size_t i = 0; i < waiter->wait_count; i++)
        if (waiter->waits[i].requires && waiter->waits[i].on == on)
            return true;
    return false;
}

/* From each of the tests that are marked to those that required it and were
 * skipped: had it passed, they would have run. */
static void mark_skipped(struct selector *selector, bool *marked)
{
    const struct last_ending *last = selector->options->last;

    while (selector->pending_count) {
        const struct test *test = selector->pending[--selector->pending_count];

        for (size_t i = 0; i < test->waiter_count; i++) {
            const struct test *waiter = test->waiters[i];

            if (marked[waiter->index] || !last[waiter->index].was_skipped ||
                !requires_test(waiter, test))
                continue;
            marked[waiter->index] = true;
            selector->pending[selector->pending_count++] = waiter;
        }
    }
}

static bool *find_last(struct selector *selector)
{
    const struct last_ending *last = selector->options->last;
    const struct plan *plan = selector->plan;
    bool *marked = must_alloc(plan->test_count * sizeof(*marked));

    for (size_t i = 0; last && i < plan->test_count; i++) {
        marked[i] = last[i].has_failed;
        if (marked[i])
            selector->pending[selector->pending_count++] = &plan->tests[i];
    }
    mark_skipped(selector, marked);
    return marked;
}

/* What failed goes first, and so does what it needs. */
static void put_first(struct selector *selector)
{
    const struct plan *plan = selector->plan;

    for (size_t i = 0; i < plan->test_count; i++) {
        struct test *test = thaw_test(&plan->tests[i]);

        if (test->selection == LEFT_OUT ||
            !selector->options->last[i].has_failed)
            continue;
        test->goes_first = true;
        selector->pending[selector->pending_count++] = test;
    }
    while (selector->pending_count) {
        const struct test *test = selector->pending[--selector->pending_count];

        for (size_t i = 0; i < test->wait_count; i++) {
            struct test *on = thaw_test(test->waits[i].on);

            if (!test->waits[i].requires || on->goes_first)
                continue;
            on->goes_first = true;
            selector->pending[selector->pending_count++] = on;
        }
    }
}

static void warn_of_only(struct plan *plan)
{
    struct selection_counts counts = plan_count_selection(plan);
    size_t all = counts.selected + counts.pulled_in + counts.left_out;
    const struct test *first = plan->tests;

    while (!first->is_only)
        first++;
    plan_warn(plan, (struct place){0},
              "only %zu of %zu tests are selected, because of \"only\" "
              "(%s:%u)",
              counts.selected, all, first->suite->path, spot_line(first->at));
}

static void open_selector(struct selector *selector)
{
    const struct plan *plan = selector->plan;

    selector->pending =
        must_alloc(plan->test_count * sizeof(const struct test *));
    selector->is_set_up =
        must_alloc(plan->suite_count * sizeof(*selector->is_set_up));
    selector->on_line = lines_find(plan, selector->faults);
    if (selector->options->id_count)
        selector->has_id = find_ids(selector);
    if (selector->options->last_failed)
        selector->is_last = find_last(selector);
    for (size_t i = 0; i < plan->test_count; i++)
        selector->any_only |= plan->tests[i].is_only;
}

static void close_selector(struct selector *selector)
{
    free((void *)(uintptr_t)selector->on_line);
    free((void *)(uintptr_t)selector->has_id);
    free((void *)(uintptr_t)selector->is_last);
    free(selector->is_set_up);
    free(selector->pending);
}

struct selection_counts plan_select(struct plan *plan,
                                    const struct selection_options *options,
                                    struct faults *faults)
{
    struct selector selector = {plan, options, faults, .pending_count = 0};

    open_selector(&selector);
    if (has_filters(&selector))
        select_some(&selector);
    if (options->failed_first && options->last)
        put_first(&selector);
    if (selector.any_only)
        warn_of_only(plan);
    close_selector(&selector);
    return plan_count_selection(plan);
}

void plan_refuse_only(const struct plan *plan, struct faults *faults)
{
    for (size_t i = 0; i < plan->test_count; i++) {
        if (plan->tests[i].is_only) {
            spot_fault(faults, plan->tests[i].name_at,
                       "\"only\" leaves out all other tests, which is refused "
                       "under CI; take it away, or give --allow-only");
        }
    }
}

struct selection_counts plan_count_selection(const struct plan *plan)
{
    struct selection_counts counts = {0};

    for (size_t i = 0; i < plan->test_count; i++) {
        const struct test *test = &plan->tests[i];

        switch (test->selection) {
        case SELECTED: counts.selected += test->copy_count; break;
        case PULLED_IN: counts.pulled_in += test->copy_count; break;
        case LEFT_OUT: counts.left_out += test->copy_count; break;
        }
    }
    return counts;
}
