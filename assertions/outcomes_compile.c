/* Reads `outcomes`: keys are statuses, classes and errors. */
#include <string.h>
#include <strings.h>

#include "assertions/arrival.h"
#include "assertions/extract.h"
#include "assertions/outcomes.h"

enum { STATUS_FEWEST = 100, STATUS_DIGITS = 3 };

static bool read_key(const char *key, struct outcome *outcome)
{
    uint64_t status;

    if (*key >= '1' && *key <= '5' && strcasecmp(key + 1, "xx") == 0) {
        outcome->class = *key;
        return true;
    }
    if (strlen(key) == STATUS_DIGITS && read_count(key, 999, &status) &&
        status >= STATUS_FEWEST) {
        outcome->status = (long)status;
        return true;
    }
    return arrival_find(key, &outcome->arrival) && outcome->arrival != ARRIVED;
}

static void tell_key(struct compiling *compiling, const struct member *member)
{
    const char *near = arrival_nearest(member->key);

    spot_fault(compiling->faults, member->key_at,
               "outcomes are counted by a status like \"201\", a class like "
               "\"5xx\" or an error, and \"%.64s\" is none%s%s%s",
               member->key, near ? "; did you mean \"" : "", near ? near : "",
               near ? "\"?" : "");
}

const struct outcome *outcomes_find_rest(const struct list *outcomes)
{
    for (size_t i = 0; i < outcomes->count; i++) {
        const struct outcome *outcome = outcomes->items[i];

        if (outcome->is_rest)
            return outcome;
    }
    return NULL;
}

static void compile_rest(struct compiling *compiling,
                         const struct member *member, struct outcome *outcome)
{
    const struct outcome *first = outcomes_find_rest(&compiling->outcomes);

    outcome->is_rest = true;
    if (first)
        node_fault(compiling->faults, &member->value,
                   "\"%s\" is the rest already", first->key);
}

/* A number that no race of so many can come to is no expectation. */
static void check_number(struct compiling *compiling, const struct node *node)
{
    size_t most = compiling->race->count;

    if (most && json_number_value(node->json) > (double)most)
        node_fault(compiling->faults, node, "the race has %zu requests", most);
}

static bool is_fixed_text(const json_t *json)
{
    return json_kind(json) == JSON_KIND_STRING &&
           !strstr(json_string_value(json), "{{");
}

static void compile_count(struct compiling *compiling,
                          const struct member *member, struct outcome *outcome)
{
    const struct node *node = &member->value;
    enum json_kind kind = json_kind(node->json);

    if (is_fixed_text(node->json) &&
        strcmp(json_string_value(node->json), "rest") == 0) {
        compile_rest(compiling, member, outcome);
    } else if (is_fixed_text(node->json) ||
               (kind != JSON_KIND_NUMBER && kind != JSON_KIND_STRING &&
                kind != JSON_KIND_OBJECT)) {
        node_fault(compiling->faults, node,
                   "how many answers is a number, \"rest\" or a matcher");
    } else {
        if (kind == JSON_KIND_NUMBER)
            check_number(compiling, node);
        matcher_compile(compiling, node, DOMAIN_COUNT, &outcome->matcher);
    }
}

static void compile_outcome(struct compiling *compiling,
                            const struct member *member)
{
    struct outcome *outcome = arena_take(compiling->arena, sizeof(*outcome));

    if (extractor_refuse_null(compiling, member))
        return;
    outcome->at = member->key_at;
    outcome->key = arena_copy(compiling->arena, member->key);
    if (!read_key(member->key, outcome)) {
        tell_key(compiling, member);
        return;
    }
    compile_count(compiling, member, outcome);
    list_add(&compiling->outcomes, compiling->arena, outcome);
}

/* Numbers alone leave nothing open, so that their sum must be all. */
static void check_sum(struct compiling *compiling, const struct member *all,
                      const struct members *members)
{
    double most = (double)compiling->race->count, sum = 0;

    for (size_t i = 0; i < members->count; i++) {
        const json_t *json = members->list[i].value.json;

        if (json_kind(json) != JSON_KIND_NUMBER)
            return;
        sum += json_number_value(json);
    }
    if (sum != most) {
        spot_fault(compiling->faults, all->key_at,
                   "these are %.0f answers, and the race has %.0f requests",
                   sum, most);
    }
}

static void outcomes_compile(struct compiling *compiling,
                             const struct extractor *extractor,
                             const struct member *member)
{
    size_t told = compiling->faults->total;
    struct members members;

    (void)extractor;
    if (!compiling->race) {
        spot_fault(compiling->faults, member->key_at,
                   "\"outcomes\" counts what comes back from a \"race\", and "
                   "this test has none");
        return;
    }
    members = extractor_members(compiling, member, 0);
    if (!members.count && json_is_object(member->value.json))
        node_fault(compiling->faults, &member->value,
                   "\"outcomes\" needs at least one");
    for (size_t i = 0; i < members.count; i++)
        compile_outcome(compiling, &members.list[i]);
    if (compiling->faults->total == told && compiling->race->count)
        check_sum(compiling, member, &members);
}

const struct extractor outcomes_extractor = {
    .without_answer = true,
    .compile = outcomes_compile,
};
