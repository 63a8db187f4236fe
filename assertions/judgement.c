/* Compiles an `expect` and a `capture`. */
#include "assertions/judgement.h"

#include <string.h>

#include "assertions/capture.h"
#include "assertions/extract.h"
#include "assertions/matcher/kind.h"

/* "2xx" where neither a status nor an error is expected. */
static void imply_status(struct compiling *compiling, const struct step *step)
{
    struct check *check = arena_take(compiling->arena, sizeof(*check));
    json_t *json = json_string("2xx");

    list_add(&compiling->values, compiling->arena, json);
    check->extractor = &status_extractor;
    check->at = step->at;
    check->subject = "status";
    check->matcher = (struct matcher){
        .kind = &equals_matcher,
        .domain = DOMAIN_STATUS,
        .at = step->at,
        .literal = {.domain = DOMAIN_STATUS,
                    .at = step->at,
                    .json = json,
                    .amount = 2,
                    .is_class = true},
        .probe = NO_PROBE,
    };
    list_add(&compiling->checks, compiling->arena, check);
}

static const struct member *find_member(const struct members *members,
                                        const char *key)
{
    for (size_t i = 0; i < members->count; i++) {
        const struct member *member = &members->list[i];

        if (strcmp(member->key, key) == 0 && !json_is_null(member->value.json))
            return member;
    }
    return NULL;
}

static bool is_own(const struct step *step, const char *key)
{
    return json_object_get(step->expect.json, key);
}

/* Beside an expected error most subjects can never be seen. Those that only
 * come from the suite's defaults give way to it; those written beside it are a
 * mistake. */
static bool gives_way(struct compiling *compiling, const struct step *step,
                      const struct member *member)
{
    const struct extractor *extractor = extractor_find(member->key);

    if (!extractor || extractor->without_answer)
        return false;
    if (is_own(step, member->key) || !is_own(step, "error")) {
        spot_fault(compiling->faults, member->key_at,
                   "\"%s\" cannot stand beside \"error\": without an answer "
                   "there is nothing to look at",
                   member->key);
    }
    return true;
}

static void compile_expect(struct compiling *compiling, const struct step *step,
                           bool *expects_error)
{
    struct members members = {0};

    if (step->expect.json && !json_is_object(step->expect.json)) {
        node_fault(compiling->faults, &step->expect,
                   "\"expect\" takes an object");
    } else if (step->expect.json) {
        members = node_members(compiling->scratch, &step->expect,
                               MEMBERS_SKIP_COMMENTS);
    }
    *expects_error = find_member(&members, "error");
    if (!*expects_error && !find_member(&members, "status"))
        imply_status(compiling, step);
    for (size_t i = 0; i < members.count; i++) {
        const struct member *member = &members.list[i];
        const struct extractor *extractor = extractor_find(member->key);

        if (!extractor)
            extractor_refuse(member, compiling->faults);
        else if (!extractor_refuse_null(compiling, member) &&
                 !(*expects_error && gives_way(compiling, step, member)))
            extractor->compile(compiling, extractor, member);
    }
}

static void compile_captures(struct compiling *compiling,
                             const struct step *step, bool expects_error)
{
    struct members members = {0};

    if (step->capture.json && !json_is_object(step->capture.json)) {
        node_fault(compiling->faults, &step->capture,
                   "\"capture\" takes an object: names, and where the value of "
                   "each is found");
    } else if (step->capture.json) {
        members = node_members(compiling->scratch, &step->capture,
                               MEMBERS_SKIP_COMMENTS);
    }
    if (members.count && expects_error) {
        node_fault(compiling->faults, &step->capture,
                   "\"capture\" cannot stand beside \"error\": without an "
                   "answer there is nothing to keep");
    }
    for (size_t i = 0; i < members.count; i++)
        capture_compile(compiling, &members.list[i]);
}

static bool is_told(const struct faults *faults, const struct fault *fault)
{
    for (size_t i = 0; i < faults->count; i++) {
        const struct fault *other = &faults->faults[i];

        if (other->at.path == fault->at.path &&
            other->at.line == fault->at.line &&
            other->at.column == fault->at.column &&
            strcmp(other->text, fault->text) == 0)
            return true;
    }
    return false;
}

/* A mistake in a suite's defaults is met again in every test, and told once. */
static void hand_on(const struct faults *found, struct faults *faults)
{
    for (size_t i = 0; i < found->count; i++) {
        if (!is_told(faults, &found->faults[i]))
            faults_add(faults, found->faults[i].at, "%s",
                       found->faults[i].text);
    }
    faults->total += found->total - found->count;
}

static struct needs make_needs(struct arena *arena, const struct list *list)
{
    struct need *needs = arena_take(arena, list->count * sizeof(*needs));

    for (size_t i = 0; i < list->count; i++)
        needs[i] = *(const struct need *)list->items[i];
    return (struct needs){list->count, needs};
}

const struct judgement *judgement_compile(struct arena *arena,
                                          const struct step *step,
                                          struct faults *faults)
{
    struct judgement *judgement = arena_take(arena, sizeof(*judgement));
    struct faults found = {0};
    CLEANUP(arena_finish) struct arena scratch = {0};
    struct compiling compiling = {
        .arena = arena, .scratch = &scratch, .faults = &found};

    compile_expect(&compiling, step, &judgement->expects_error);
    compile_captures(&compiling, step, judgement->expects_error);
    hand_on(&found, faults);
    faults_finish(&found);

    judgement->at =
        step->request.url_at.source ? step->request.url_at : step->at;
    judgement->checks = compiling.checks;
    judgement->captures = compiling.captures;
    judgement->watchers = compiling.watchers;
    judgement->patterns = compiling.patterns;
    judgement->paths = compiling.paths;
    judgement->values = compiling.values;
    judgement->needs = make_needs(arena, &compiling.needs);
    judgement->digests = compiling.digests;
    judgement->holds_body = compiling.holds_body;
    judgement->streams_body = compiling.streams_body && !compiling.holds_body;
    return judgement;
}

void judgement_release(const struct judgement *judgement)
{
    if (!judgement)
        return;
    for (size_t i = 0; i < judgement->patterns.count; i++)
        pattern_free(judgement->patterns.items[i]);
    for (size_t i = 0; i < judgement->paths.count; i++)
        jsonpath_release(
            *(const struct jsonpath *const *)judgement->paths.items[i]);
    for (size_t i = 0; i < judgement->values.count; i++)
        json_decref(judgement->values.items[i]);
    digest_method_close(judgement->digests);
}

struct needs judgement_needs(const struct judgement *judgement)
{
    return judgement->needs;
}

bool judgement_holds_body(const struct judgement *judgement)
{
    return judgement->holds_body;
}

bool judgement_checks_anything(const struct judgement *judgement)
{
    return judgement->checks.count > 0;
}
