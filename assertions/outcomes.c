/* What came back from a race, counted by status and by error. Every answer is
 * counted once: by its own status or error where a key names that, else by the
 * class of its status. */
#include "assertions/outcomes.h"

#include "assertions/judgement.h"
#include "assertions/matcher/kind.h"

enum { MESSAGE_MOST = 1024 };

/* One race, while it is judged. */
struct counting {
    const struct list *outcomes;
    const struct response *const *answers;
    size_t answer_count;
    size_t *counts;   /* of each outcome */
    bool *is_counted; /* of each answer */
    size_t uncounted;
    struct matching matching;
    struct verdict *verdicts;
    size_t verdict_count;
};

static bool is_same(const struct response *a, const struct response *b)
{
    return a->arrival == b->arrival &&
           (a->arrival != ARRIVED || a->status == b->status);
}

static bool is_exactly(const struct outcome *outcome,
                       const struct response *answer)
{
    if (answer->arrival != ARRIVED)
        return outcome->arrival == answer->arrival;
    return outcome->status && outcome->status == answer->status;
}

static bool is_of_class(const struct outcome *outcome,
                        const struct response *answer)
{
    return outcome->class && answer->arrival == ARRIVED &&
           answer->status / 100 == outcome->class - '0';
}

static bool count_by(struct counting *counting, const struct response *answer,
                     bool (*is_it)(const struct outcome *outcome,
                                   const struct response *answer))
{
    for (size_t i = 0; i < counting->outcomes->count; i++) {
        if (is_it(counting->outcomes->items[i], answer)) {
            counting->counts[i]++;
            return true;
        }
    }
    return false;
}

static void count_all(struct counting *counting)
{
    for (size_t i = 0; i < counting->answer_count; i++) {
        const struct response *answer = counting->answers[i];

        counting->is_counted[i] = count_by(counting, answer, is_exactly) ||
                                  count_by(counting, answer, is_of_class);
        counting->uncounted += !counting->is_counted[i];
    }
}

static struct verdict *add_verdict(struct counting *counting,
                                   enum verdict_kind kind, struct spot at)
{
    struct verdict *verdict = &counting->verdicts[counting->verdict_count++];

    *verdict = (struct verdict){.kind = kind, .at = at, .difference = SIZE_MAX};
    return verdict;
}

static void tell_outcome(struct counting *counting,
                         const struct outcome *outcome,
                         const struct value *value)
{
    struct matching *matching = &counting->matching;
    struct teller teller = teller_open(matching->arena, MESSAGE_MOST);
    struct finding finding = {0};
    struct verdict *verdict;

    if (!matching->fault.raised)
        matcher_explain(matching, &outcome->matcher, value, &finding);
    if (matching->fault.raised) {
        verdict = add_verdict(counting, VERDICT_SPEC, matching->wrong);
        tell_format(&teller, "outcome %s: ", outcome->key);
        tell_visibly(&teller, text_of(matching->fault.text));
    } else {
        verdict = add_verdict(counting, VERDICT_ASSERTION, finding.at);
        verdict->expected = finding.expected;
        verdict->actual = finding.actual;
        tell_format(&teller, "outcome %s: expected %s, got %s", outcome->key,
                    finding.expected, finding.actual);
    }
    verdict->subject = arena_print(matching->arena, "outcome %s", outcome->key);
    verdict->message = teller_finish(&teller);
    matching->fault = (struct fault){0};
}

static void judge_outcome(struct counting *counting, size_t number)
{
    const struct outcome *outcome = counting->outcomes->items[number];
    struct value value =
        value_of_number(VALUE_NUMBER, (int64_t)counting->counts[number]);

    if (!outcome->is_rest &&
        (!matcher_holds(&counting->matching, &outcome->matcher, &value) ||
         counting->matching.fault.raised))
        tell_outcome(counting, outcome, &value);
}

static size_t count_same(const struct counting *counting, size_t first)
{
    size_t count = 0;

    for (size_t i = first; i < counting->answer_count; i++)
        count += is_same(counting->answers[first], counting->answers[i]);
    return count;
}

static bool is_first(const struct counting *counting, size_t number)
{
    for (size_t i = 0; i < number; i++)
        if (is_same(counting->answers[i], counting->answers[number]))
            return false;
    return true;
}

/* "500, timeout (2 times)" */
static const char *list_uncounted(const struct counting *counting)
{
    struct teller teller =
        teller_open(counting->matching.arena, LIMIT_VALUE_TOLD);
    size_t told = 0;

    for (size_t i = 0; i < counting->answer_count; i++) {
        const struct response *answer = counting->answers[i];
        size_t times = count_same(counting, i);

        if (counting->is_counted[i] || !is_first(counting, i))
            continue;
        tell(&teller, told++ ? ", " : "");
        if (answer->arrival == ARRIVED)
            tell_format(&teller, "%ld", answer->status);
        else
            tell(&teller, arrival_name(answer->arrival));
        if (times > 1)
            tell_format(&teller, " (%zu times)", times);
    }
    return teller_finish(&teller);
}

static const char *list_keys(const struct counting *counting)
{
    struct teller teller =
        teller_open(counting->matching.arena, LIMIT_VALUE_TOLD);

    for (size_t i = 0; i < counting->outcomes->count; i++) {
        const struct outcome *outcome = counting->outcomes->items[i];

        tell(&teller, i ? " or " : "");
        tell(&teller, outcome->key);
    }
    return teller_finish(&teller);
}

/* Where one key is the rest, it is that one which is wrong. */
static void tell_uncounted(struct counting *counting)
{
    const struct outcome *rest = outcomes_find_rest(counting->outcomes);
    const struct outcome *first = counting->outcomes->items[0];
    struct arena *arena = counting->matching.arena;
    struct verdict *verdict =
        add_verdict(counting, VERDICT_ASSERTION, rest ? rest->at : first->at);

    verdict->subject =
        rest ? arena_print(arena, "outcome %s", rest->key) : "outcomes";
    verdict->expected = rest
                            ? arena_print(arena, "the rest to be %s", rest->key)
                            : list_keys(counting);
    verdict->actual = list_uncounted(counting);
    verdict->message =
        arena_print(arena, "%.200s: expected %.300s, got %.300s",
                    verdict->subject, verdict->expected, verdict->actual);
}

struct judged judge_outcomes(const struct judgement *judgement,
                             const struct response *const *answers,
                             size_t count, const struct scope *scope,
                             struct arena *arena)
{
    const struct list *outcomes = &judgement->more->outcomes;
    struct counting counting = {
        .outcomes = outcomes,
        .answers = answers,
        .answer_count = count,
        .matching = {.scope = scope,
                     .arena = arena,
                     .digests = judgement->more->digests},
    };

    if (!outcomes->count)
        return (struct judged){0};
    counting.counts =
        arena_take(arena, outcomes->count * sizeof(*counting.counts));
    counting.is_counted =
        arena_take(arena, count * sizeof(*counting.is_counted));
    counting.verdicts =
        arena_take(arena, (outcomes->count + 1) * sizeof(*counting.verdicts));
    count_all(&counting);
    for (size_t i = 0; i < outcomes->count; i++)
        judge_outcome(&counting, i);
    if (counting.uncounted)
        tell_uncounted(&counting);
    json_decref(counting.matching.keep);
    return (struct judged){
        .check_count = outcomes->count,
        .verdict_count = counting.verdict_count,
        .verdicts = counting.verdicts,
    };
}
