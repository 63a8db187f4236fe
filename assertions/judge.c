/* Looks at one answer. What holds costs no text; what does not is asked a
 * second time, and explained. */
#include <stdio.h>
#include <string.h>

#include "assertions/capture.h"
#include "assertions/judgement.h"
#include "assertions/matcher/kind.h"

/* Bytes of a message, and of the path and each value in it. */
enum { MESSAGE_MOST = 1024, VALUE_MOST = 200 };

static const char *const kind_names[] = {
    [VERDICT_ASSERTION] = "volley.assertion",
    [VERDICT_CAPTURE] = "volley.capture",
    [VERDICT_TRANSPORT] = "volley.transport",
    [VERDICT_TIMEOUT] = "volley.timeout",
    [VERDICT_SPEC] = "volley.spec",
};

const char *verdict_kind_name(enum verdict_kind kind)
{
    return kind_names[kind];
}

/* One judging: the answer, and the verdicts so far. */
struct judging {
    const struct judgement *judgement;
    const struct placed_check
        *placed; /* the check that is judged; NULL: none */
    struct answer answer;
    struct matching matching;
    struct verdict *verdicts;
    size_t verdict_count;
    size_t check_count;
    unsigned told_documents; /* what the body is not; once each is enough */
};

/* What a shared check says of its own text, said of the same text where this
 * judgement has it. */
static struct spot own_spot(const struct judging *judging, struct spot at)
{
    const struct placed_check *placed = judging->placed;
    struct spot first;

    if (!placed || !at.source)
        return at;
    first = placed->check->at;
    if (at.source != first.source)
        return at; /* in a named matcher; such a check is not shared */
    at.source = judging->judgement->at.source;
    at.offset = at.offset - first.offset + placed->offset;
    return at;
}

/* Room for a verdict on every check and capture is made with the first one, so
 * that a judging that finds nothing wrong makes none. */
static struct verdict *add_verdict(struct judging *judging,
                                   enum verdict_kind kind, struct spot at)
{
    const struct judgement *judgement = judging->judgement;
    struct verdict *verdict;

    if (!judging->verdicts) {
        judging->verdicts = arena_take(
            judging->matching.arena,
            (judgement->check_count + judgement->more->captures.count + 1) *
                sizeof(*judging->verdicts));
    }
    verdict = &judging->verdicts[judging->verdict_count++];
    verdict->kind = kind;
    verdict->at = own_spot(judging, at);
    verdict->difference = SIZE_MAX;
    return verdict;
}

static void tell_clipped(struct teller *teller, const char *words)
{
    tell(teller, tell_short(teller->arena, words, VALUE_MOST));
}

static const char *plain_message(struct judging *judging, const char *subject,
                                 const char *words)
{
    struct teller teller = teller_open(judging->matching.arena, MESSAGE_MOST);

    tell(&teller, subject);
    tell(&teller, ": ");
    tell_visibly(&teller, text_of(words));
    return teller_finish(&teller);
}

static const char *finding_message(struct judging *judging, const char *subject,
                                   const struct finding *finding)
{
    struct teller teller = teller_open(judging->matching.arena, MESSAGE_MOST);

    tell(&teller, subject);
    if (finding->path) {
        tell(&teller, " ");
        tell_clipped(&teller, finding->path);
    }
    tell_finding(&teller, finding, VALUE_MOST);
    if (finding->more)
        tell_format(&teller, " (and %zu more %s%s)", finding->more,
                    finding->noun, finding->more == 1 ? "" : "s");
    return teller_finish(&teller);
}

/* A fault ends one check, not the judging. */
static void tell_fault(struct judging *judging, const char *subject)
{
    struct verdict *verdict =
        add_verdict(judging, VERDICT_SPEC, judging->matching.wrong);

    verdict->subject = subject;
    verdict->message =
        plain_message(judging, subject, judging->matching.fault.text);
    judging->matching.fault = (struct fault){0};
}

static const char *told_path(struct judging *judging, const char *path)
{
    struct teller teller =
        teller_open(judging->matching.arena, LIMIT_VALUE_TOLD);

    if (!path)
        return NULL;
    tell_visibly(&teller, text_of(path));
    return teller_finish(&teller);
}

/* Several headers of a name, and none is as expected. */
static void explain_several(struct judging *judging, const struct check *check,
                            struct finding *finding)
{
    struct teller expected =
        teller_open(judging->matching.arena, LIMIT_VALUE_TOLD);
    struct teller actual =
        teller_open(judging->matching.arena, LIMIT_VALUE_TOLD);
    struct value value;

    matcher_describe(&judging->matching, &expected, &check->matcher);
    for (size_t i = 0;
         check->extractor->look(&judging->answer, check, i, &value); i++) {
        if (i)
            tell(&actual, " and ");
        tell_value(&actual, &value);
    }
    *finding = (struct finding){
        .at = check->matcher.at,
        .expected = teller_finish(&expected),
        .actual = teller_finish(&actual),
        .difference = SIZE_MAX,
    };
}

/* What came instead of the error that was expected. */
static void explain_arrival(struct judging *judging, struct finding *finding)
{
    const struct response *response = judging->answer.response;

    finding->is_absent = false;
    finding->difference = SIZE_MAX;
    finding->actual =
        response->arrival == ARRIVED
            ? arena_print(judging->matching.arena, "an answer with status %ld",
                          response->status)
            : arrival_name(response->arrival);
}

static void explain_check(struct judging *judging, const struct check *check,
                          struct finding *finding)
{
    struct value first, second;

    check->extractor->look(&judging->answer, check, 0, &first);
    if (check->extractor->look(&judging->answer, check, 1, &second))
        explain_several(judging, check, finding);
    else
        matcher_explain(&judging->matching, &check->matcher, &first, finding);
    if (check->extractor == &error_extractor)
        explain_arrival(judging, finding);
}

static void tell_failure(struct judging *judging, const struct check *check)
{
    struct finding finding = {0};
    struct verdict *verdict;

    judging->answer.is_explaining = true;
    explain_check(judging, check, &finding);
    judging->answer.is_explaining = false;
    if (judging->matching.fault.raised) {
        tell_fault(judging, check->subject);
        return;
    }
    finding.path = told_path(judging, finding.path);
    verdict = add_verdict(judging, VERDICT_ASSERTION, finding.at);
    verdict->subject = check->subject;
    verdict->path = finding.path;
    verdict->expected = finding.expected;
    verdict->actual = finding.actual;
    verdict->difference = finding.difference;
    verdict->lines = finding.lines;
    verdict->message = finding_message(judging, check->subject, &finding);
}

/* The body is what the check looks into, or there is nothing to look at. */
static bool has_document(struct judging *judging, enum document_kind kind)
{
    struct answer *answer = &judging->answer;

    switch (kind) {
    case DOCUMENT_NONE: return true;
    case DOCUMENT_JSON:
        return document_root(&answer->document, answer->response,
                             &judging->matching);
    case DOCUMENT_XML: return answer_markup(answer, MARKUP_XML);
    case DOCUMENT_HTML: return answer_markup(answer, MARKUP_HTML);
    }
    return false;
}

static const char *no_document(struct judging *judging, enum document_kind kind)
{
    const struct answer *answer = &judging->answer;
    struct arena *arena = judging->matching.arena;

    if (kind == DOCUMENT_XML)
        return markup_trouble(&answer->xml, MARKUP_XML, answer->response,
                              arena);
    if (kind == DOCUMENT_HTML)
        return markup_trouble(&answer->html, MARKUP_HTML, answer->response,
                              arena);
    return document_trouble(&answer->document, answer->response, arena);
}

static void tell_no_document(struct judging *judging, const struct check *check)
{
    enum document_kind kind = check->extractor->of_document;
    struct verdict *verdict;

    if (judging->told_documents & (1U << kind))
        return;
    judging->told_documents |= 1U << kind;
    verdict = add_verdict(judging, VERDICT_ASSERTION, check->at);
    verdict->subject = check->subject;
    verdict->message =
        plain_message(judging, check->subject, no_document(judging, kind));
}

static bool check_holds(struct judging *judging, const struct check *check)
{
    struct value value;

    for (size_t i = 0;
         check->extractor->look(&judging->answer, check, i, &value) &&
         !judging->matching.fault.raised;
         i++) {
        if (matcher_holds(&judging->matching, &check->matcher, &value))
            return true;
    }
    return false;
}

static void judge_check(struct judging *judging, const struct check *check)
{
    bool holds;

    judging->check_count++;
    judging->matching.comparisons = 0;
    if (!has_document(judging, check->extractor->of_document)) {
        tell_no_document(judging, check);
        return;
    }
    holds = check_holds(judging, check);
    if (judging->matching.fault.raised) {
        tell_fault(judging, check->subject);
    } else if (!holds) {
        judging->matching.comparisons = 0;
        tell_failure(judging, check);
    }
}

static void judge_checks(struct judging *judging)
{
    const struct judgement *judgement = judging->judgement;
    bool has_answer = judging->answer.response->arrival == ARRIVED;

    for (size_t i = 0; i < judgement->check_count; i++) {
        const struct check *check = judgement->checks[i].check;

        judging->placed = &judgement->checks[i];
        if (has_answer || check->extractor->without_answer)
            judge_check(judging, check);
    }
    judging->placed = NULL;
}

static void tell_transport(struct judging *judging)
{
    const struct response *response = judging->answer.response;
    const char *name = arrival_name(response->arrival);
    bool is_late = response->arrival == ARRIVAL_TIMEOUT;
    struct verdict *verdict =
        add_verdict(judging, is_late ? VERDICT_TIMEOUT : VERDICT_TRANSPORT,
                    judging->judgement->at);

    verdict->subject = name;
    verdict->message = plain_message(
        judging, name, response->trouble ? response->trouble : "no answer");
}

static void tell_capture(struct judging *judging, const struct capture *capture,
                         const char *why)
{
    const char *subject =
        arena_print(judging->matching.arena, "capture %.128s", capture->name);
    struct verdict *verdict;

    if (judging->matching.fault.raised) {
        tell_fault(judging, subject);
        return;
    }
    verdict = add_verdict(judging, VERDICT_CAPTURE, capture->at);
    verdict->subject = subject;
    verdict->message = plain_message(judging, subject, why);
}

static void take_captures(struct judging *judging, struct judged *result)
{
    const struct list *captures = &judging->judgement->more->captures;
    struct capture_value *values =
        arena_take(judging->matching.arena, captures->count * sizeof(*values));
    size_t count = 0;

    for (size_t i = 0; i < captures->count; i++) {
        const struct capture *capture = captures->items[i];
        const char *why = "there is no answer";
        json_t *value = NULL;

        if (judging->answer.response->arrival == ARRIVED)
            value = capture_take(capture, &judging->answer, &why);
        if (value) {
            values[count++] = (struct capture_value){capture->name, value,
                                                     capture->is_secret};
        } else {
            tell_capture(judging, capture, why);
        }
    }
    result->captures = values;
    result->capture_count = judging->verdict_count ? 0 : count;
}

/* Of an exchange that was broken off nothing can be said, not even that it
 * failed as it should. */
static bool is_judged(const struct judgement *judgement,
                      const struct response *response)
{
    return response->arrival == ARRIVED ||
           (judgement->expects_error && !response->is_cut_off &&
            response->arrival != ARRIVAL_INTERRUPTED);
}

struct judged judge(const struct judgement *judgement,
                    const struct response *response,
                    const struct probes *probes, const struct scope *scope,
                    struct arena *arena)
{
    struct judged result = {0};
    struct judging judging = {
        .judgement = judgement,
        .answer = {.response = response, .probes = probes},
        .matching = {.scope = scope,
                     .response = response,
                     .arena = arena,
                     .digests = judgement->more->digests},
    };

    judging.answer.matching = &judging.matching;
    if (is_judged(judgement, response))
        judge_checks(&judging);
    else if (!judgement->more->outcomes.count)
        tell_transport(&judging);
    if (!judging.verdict_count && judgement->more->captures.count &&
        (response->arrival == ARRIVED || !judgement->more->outcomes.count))
        take_captures(&judging, &result);
    markup_finish(&judging.answer.xml);
    markup_finish(&judging.answer.html);
    result.check_count = judging.check_count;
    result.verdict_count = judging.verdict_count;
    result.verdicts = judging.verdicts;
    result.keep = judging.matching.keep;
    if (!result.capture_count)
        judged_finish(&result);
    return result;
}

void judged_finish(struct judged *judged)
{
    json_decref(judged->keep);
    judged->keep = NULL;
}
