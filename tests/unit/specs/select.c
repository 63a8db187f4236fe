/* What is chosen, and what comes with it. */
#include "specs/select.h"

#include "tests/unit/specs/choice.h"
#include "tests/unit/unit.h"
#include <string.h>

/* s1 <- s2 <- all; make -{{id}}-> read -{{etag}}-> change; read <- list; many
 * is alone; drop undoes make, bye nothing. */
static const char todos[] =
    "{\"tags\": [\"api\"],"
    " \"setup\": ["
    "{\"name\": \"s1\", \"request\": {\"url\": \"http://h/\"}},"
    "{\"name\": \"s2\", \"request\": {\"url\": \"http://h/\"}}],"
    " \"tests\": ["
    "{\"name\": \"make\", \"tags\": [\"smoke\"], "
    "\"request\": {\"url\": \"http://h/\"}, \"capture\": {\"id\": {\"json\": \"$\"}}},"
    "{\"name\": \"read\", \"id\": \"r\", \"tags\": [\"slow\"], "
    "\"request\": {\"url\": \"http://h/{{id}}\"}, "
    "\"capture\": {\"etag\": {\"json\": \"$\"}}},"
    "{\"name\": \"change\", \"request\": {\"url\": \"http://h/{{etag}}\"}},"
    "{\"name\": \"list\", \"after\": [\"r\"], \"request\": {\"url\": \"http://h/\"}},"
    "{\"name\": \"many\", \"repeat\": 3, \"tags\": [\"smoke\", \"slow\"], "
    "\"request\": {\"url\": \"http://h/\"}}],"
    " \"teardown\": ["
    "{\"name\": \"drop\", \"request\": {\"url\": \"http://h/{{id}}\"}},"
    "{\"name\": \"bye\", \"request\": {\"url\": \"http://h/\"}}]}";

static struct sketch sketch;

static struct plan *load(const char *text)
{
    sketch_load(&sketch, text);
    ck_assert_str_eq(buffer_text(&sketch.told), "");
    return sketch.plan;
}

static void choose(const struct selection_options *options, const char *wanted)
{
    choice_expect(load(todos), options, wanted);
    sketch_finish(&sketch);
}

static void choose_tags(const char *const *texts, size_t count,
                        const char *wanted)
{
    const struct tag_expression *tags[2];
    struct selection_options options = {.tag_count = count, .tags = tags};
    struct arena arena = {0};
    struct fault fault = {0};

    for (size_t i = 0; i < count; i++)
        tags[i] = tags_compile(&arena, "--tag", texts[i], &fault);
    choose(&options, wanted);
    arena_finish(&arena);
}

START_TEST(without_filters_all_are_selected)
{
    struct selection_options options = {0};

    choose(&options, "+s1 +s2 +make +read +change +list +many +drop +bye");
}
END_TEST

START_TEST(tags_choose_tests_and_their_needs)
{
    static const char *const both[] = {"smoke", "not slow"};

    choose_tags((const char *[]){"smoke"}, 1, "s1 s2 +make +many drop bye");
    choose_tags((const char *[]){"slow and not smoke"}, 1,
                "s1 s2 make +read drop bye");
    choose_tags(both, 2, "s1 s2 +make drop bye");
    choose_tags((const char *[]){"not api"}, 1, "");
    choose_tags((const char *[]){"smoke and slow"}, 1, "s1 s2 +many bye");
}
END_TEST

START_TEST(names_choose_tests)
{
    const struct name_filter wanted[] = {choice_filter("ma"),
                                         choice_filter("chan")};
    const struct name_filter unwanted[] = {choice_filter("any"),
                                           choice_filter("s1")};
    struct selection_options options = {.wanted_count = 2, .wanted = wanted};

    choose(&options, "s1 s2 +make read +change +many drop bye");
    options.unwanted_count = 2;
    options.unwanted = unwanted;
    choose(&options, "s1 s2 +make read +change drop bye");
    options.wanted_count = 0;
    choose(&options, "s1 s2 +make +read +change +list drop bye");
}
END_TEST

START_TEST(ids_choose_set_up_and_teardown_too)
{
    static const char *const ids[] = {"r", "s1", "drop"};
    struct selection_options options = {.id_count = 1, .ids = ids};

    choose(&options, "s1 s2 make +read drop bye");
    options.ids = ids + 1;
    choose(&options, "+s1 s2 bye");
    options.ids = ids + 2;
    choose(&options, "s1 s2 make +drop bye");
    options.ids = ids;
    options.id_count = 2;
    choose(&options, "+s1 s2 make +read drop bye");
}
END_TEST

START_TEST(filters_are_all_to_hold)
{
    static const char *const ids[] = {"make", "many"};
    const struct name_filter filter = choice_filter("any");
    struct selection_options options = {
        .id_count = 2, .ids = ids, .wanted_count = 1, .wanted = &filter};

    choose(&options, "s1 s2 +many bye");
}
END_TEST

START_TEST(unknown_ids_are_told_with_the_nearest)
{
    static const char *const ids[] = {"maek", "read", "list", "nothing like it",
                                      "maek"};
    struct selection_options options = {.id_count = COUNT(ids), .ids = ids};

    choice_tell(load(todos), &options,
                "--id: no test has the id \"maek\"; did you mean \"make\"?\n"
                "--id: no test has the id \"read\"\n"
                "--id: no test has the id \"nothing like it\"\n");
    sketch_finish(&sketch);
}
END_TEST

START_TEST(only_is_a_filter_that_is_warned_of)
{
    struct plan *plan = load(todos);
    struct selection_options options = {0};
    struct faults faults = {0};

    choice_test(plan, "list")->is_only = true;
    choice_test(plan, "s1")->is_only = true;
    choice_expect(plan, &options, "+s1 s2 make read +list drop bye");
    ck_assert_uint_eq(plan->warning_count, 1);
    ck_assert_str_eq(plan->warnings[0].text,
                     "only 2 of 11 tests are selected, because of \"only\" "
                     "(-:1)");
    plan_refuse_only(plan, &faults);
    ck_assert_uint_eq(faults.total, 2);
    ck_assert_uint_eq(faults.faults[0].at.line, 1);
    ck_assert_msg(strstr(faults.faults[0].text, "--allow-only"), "%s",
                  faults.faults[0].text);
    faults_finish(&faults);
    sketch_finish(&sketch);
}
END_TEST

START_TEST(nobody_is_only_unless_he_says_so)
{
    struct faults faults = {0};

    plan_refuse_only(load(todos), &faults);
    ck_assert_uint_eq(faults.total, 0);
    sketch_finish(&sketch);
}
END_TEST

/* By name; the rest passed. */
static struct last_ending *endings(const struct plan *plan, const char *failed,
                                   const char *skipped)
{
    struct last_ending *last = must_alloc(plan->test_count * sizeof(*last));

    for (size_t i = 0; i < plan->test_count; i++) {
        last[i].has_failed = strstr(failed, plan->tests[i].name) != NULL;
        last[i].was_skipped = strstr(skipped, plan->tests[i].name) != NULL;
    }
    return last;
}

static void choose_last(const char *failed, const char *skipped,
                        const char *wanted)
{
    struct plan *plan = load(todos);
    struct last_ending *last = endings(plan, failed, skipped);
    struct selection_options options = {.last = last, .last_failed = true};

    choice_expect(plan, &options, wanted);
    free(last);
    sketch_finish(&sketch);
}

START_TEST(what_failed_is_chosen_with_what_it_kept_from_running)
{
    choose_last("many", "", "s1 s2 +many bye");
    choose_last("make", "read,change", "s1 s2 +make +read +change drop bye");
    choose_last("make", "change", "s1 s2 +make drop bye");
    choose_last("s2", "many,list", "s1 +s2 make read +list +many drop bye");
    choose_last("bye", "", "s1 s2 +bye");
    choose_last("", "many", "");
}
END_TEST

START_TEST(nothing_known_means_that_nothing_failed)
{
    struct selection_options options = {.last_failed = true};

    choose(&options, "");
}
END_TEST

START_TEST(what_failed_goes_first_with_its_needs)
{
    struct plan *plan = load(todos);
    struct last_ending *last = endings(plan, "read", "");
    struct selection_options options = {.last = last, .failed_first = true};

    choice_expect(plan, &options,
                  "+s1! +s2! +make! +read! +change +list +many +drop +bye");
    free(last);
    sketch_finish(&sketch);
}
END_TEST

START_TEST(copies_are_counted)
{
    static const char *const id = "many";
    struct selection_options options = {.id_count = 1, .ids = &id};
    struct faults faults = {0};
    struct selection_counts counts =
        plan_select(load(todos), &options, &faults);

    ck_assert_uint_eq(counts.selected, 3);
    ck_assert_uint_eq(counts.pulled_in, 3);
    ck_assert_uint_eq(counts.left_out, 5);
    sketch_finish(&sketch);
}
END_TEST

UNIT("select", without_filters_all_are_selected,
     tags_choose_tests_and_their_needs, names_choose_tests,
     ids_choose_set_up_and_teardown_too, filters_are_all_to_hold,
     unknown_ids_are_told_with_the_nearest, only_is_a_filter_that_is_warned_of,
     nobody_is_only_unless_he_says_so,
     what_failed_is_chosen_with_what_it_kept_from_running,
     nothing_known_means_that_nothing_failed,
     what_failed_goes_first_with_its_needs, copies_are_counted)
