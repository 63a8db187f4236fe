#include "runner/cli/choose.h"

#include <stdlib.h>
#include <string.h>

#include "specs/last_run.h"

/* As other programs read it. */
static bool is_ci(char **environment)
{
    static const char name[] = "CI=";

    for (char **entry = environment; *entry; entry++) {
        const char *value = *entry + strlen(name);

        if (strncmp(*entry, name, strlen(name)) == 0)
            return *value && strcmp(value, "false") != 0;
    }
    return false;
}

void choose_refuse_only(const struct settings *settings,
                        const struct plan *plan, struct faults *faults)
{
    if (is_ci(settings->telling.environment) && !settings->choice.allow_only)
        plan_refuse_only(plan, faults);
}

const char *choose_state_folder(const struct settings *settings)
{
    return settings->project.folder ? settings->project.folder : ".";
}

static struct last_ending *recall(const struct settings *settings,
                                  const struct plan *plan, struct fault *fault)
{
    const struct choice_settings *choice = &settings->choice;

    if (choice->last_failed && choice->log)
        return last_run_recall_log(plan, choice->log, fault);
    if (choice->last_failed || choice->failed_first)
        return last_run_recall(plan, choose_state_folder(settings), fault);
    return NULL;
}

/* What is told of the options has no place in a file. */
static enum status tell_usage_faults(const struct faults *faults)
{
    for (size_t i = 0; i < faults->count; i++) {
        if (!faults->faults[i].at.path)
            fputs("volley: ", stderr);
        fault_print(&faults->faults[i], stderr);
    }
    return STATUS_USAGE;
}

static enum status tell_fault(const struct fault *fault)
{
    fputs("volley: ", stderr);
    fault_print(fault, stderr);
    return STATUS_USAGE;
}

/* An order is worth less than the run. */
static void warn_of_lost(const struct fault *fault)
{
    struct fault warning = {.raised = true};

    snprintf(warning.text, sizeof(warning.text),
             "warning: --failed-first knows of no failures: %.440s",
             fault->text);
    (void)!tell_fault(&warning);
}

struct tag_check {
    struct map known; /* tags of tests */
    struct map told;
    const char *heading;
};

static void check_tag(void *visitor, const char *tag)
{
    struct tag_check *check = visitor;
    const char **names;
    const char *near;

    if (map_find(&check->known, tag) || map_set(&check->told, tag, check))
        return;
    names = must_alloc(check->known.count * sizeof(*names));
    for (size_t i = 0; i < check->known.count; i++)
        names[i] = check->known.entries[i].name;
    near = nearest_name(tag, names, check->known.count);
    free(names);
    fprintf(stderr, "volley: %sno test has the tag \"%s\"%s%s%s\n",
            check->heading, tag, near ? "; did you mean \"" : "",
            near ? near : "", near ? "\"?" : "");
}

static void tell_unknown_tags(const struct choice_settings *choice,
                              const struct plan *plan, const char *heading)
{
    struct tag_check check = {.heading = heading};

    for (size_t i = 0; i < plan->test_count; i++)
        for (size_t j = 0; j < plan->tests[i].tag_count; j++)
            map_set(&check.known, plan->tests[i].tags[j], &check);
    for (size_t i = 0; i < choice->tag_count; i++)
        tags_visit(choice->tags[i], check_tag, &check);
    map_finish(&check.known);
    map_finish(&check.told);
}

static bool any_failed(const struct plan *plan,
                       const struct last_ending *endings)
{
    for (size_t i = 0; i < plan->test_count; i++)
        if (endings[i].has_failed)
            return true;
    return false;
}

static enum status tell_empty(const struct settings *settings,
                              const struct plan *plan,
                              const struct last_ending *endings)
{
    const struct choice_settings *choice = &settings->choice;

    if (settings->allow_empty)
        return STATUS_PASSED;
    tell_unknown_tags(choice, plan, "");
    if (choice->last_failed && !endings) {
        fprintf(stderr,
                "volley: %s/.volley/last.json is not there: no run is known\n",
                choose_state_folder(settings));
    } else if (choice->last_failed && !any_failed(plan, endings)) {
        fputs("volley: no test of these failed when it ran last\n", stderr);
    }
    fprintf(stderr,
            "volley: no test was selected, of %zu; --allow-empty permits "
            "that\n",
            plan_count_selection(plan).left_out);
    return STATUS_EMPTY;
}

static enum status select_tests(const struct settings *settings,
                                struct plan *plan,
                                const struct last_ending *endings)
{
    const struct choice_settings *choice = &settings->choice;
    const struct selection_options options = {
        .tag_count = choice->tag_count,
        .tags = choice->tags,
        .wanted_count = choice->wanted.count,
        .wanted = choice->wanted.list,
        .unwanted_count = choice->unwanted.count,
        .unwanted = choice->unwanted.list,
        .id_count = choice->id_count,
        .ids = choice->ids,
        .last = endings,
        .last_failed = choice->last_failed,
        .failed_first = choice->failed_first,
    };
    CLEANUP(faults_finish) struct faults faults = {0};
    struct selection_counts counts = plan_select(plan, &options, &faults);
    struct fault fault = {0};

    if (faults.total)
        return tell_usage_faults(&faults);
    if (!name_filters_check(&choice->wanted, &fault) ||
        !name_filters_check(&choice->unwanted, &fault))
        return tell_fault(&fault);
    if (!counts.selected && counts.left_out)
        return tell_empty(settings, plan, endings);
    tell_unknown_tags(choice, plan, "warning: ");
    return STATUS_PASSED;
}

enum status choose_tests(const struct settings *settings, struct plan *plan)
{
    struct fault fault = {0};
    struct last_ending *endings = recall(settings, plan, &fault);
    enum status status;

    if (fault.raised && settings->choice.last_failed)
        return tell_fault(&fault);
    if (fault.raised)
        warn_of_lost(&fault);
    status = select_tests(settings, plan, endings);
    free(endings);
    return status;
}
