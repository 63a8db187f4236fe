/* Compiles an `expect` and a `capture`. */
#include "assertions/judgement.h"

#include <string.h>

#include "assertions/capture.h"
#include "assertions/extract.h"
#include "assertions/matcher/kind.h"
#include "assertions/sharing.h"
#include "specs/json.h"

/* "2xx" where neither a status nor an error is expected. */
static const struct check *make_implied(struct compiling *compiling,
                                        const struct step *step)
{
    struct check *check = arena_take(compiling->arena, sizeof(*check));
    json_auto_t *json = json_string("2xx");
    json_t *shared = json_share(compiling->arena, json);

    check->extractor = &status_extractor;
    check->at = step->at;
    check->subject = "status";
    check->matcher = (struct matcher){
        .kind = &equals_matcher,
        .domain = DOMAIN_STATUS,
        .at = step->at,
        .literal = {.domain = DOMAIN_STATUS,
                    .at = step->at,
                    .json = shared,
                    .amount = 2,
                    .is_class = true},
        .probe = NO_PROBE,
    };
    return check;
}

static void imply_status(struct compiling *compiling, const struct step *step)
{
    struct sharing *sharing = compiling->sharing;
    const struct check *check = sharing ? sharing->implied : NULL;

    if (!check)
        check = make_implied(compiling, step);
    if (sharing)
        sharing->implied = check;
    check_ask(compiling, check, step->at);
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
    return !step->expects_defaults && step->expect &&
           json_object_get(step->expect->json, key);
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

/* The defaults may count outcomes, which means something to races only. */
static bool is_idle(const struct step *step, const struct member *member)
{
    return strcmp(member->key, "outcomes") == 0 && !step->race &&
           !is_own(step, member->key);
}

static void compile_expect(struct compiling *compiling, const struct step *step,
                           bool *expects_error)
{
    struct members members = {0};

    if (step->expect && !json_is_object(step->expect->json)) {
        node_fault(compiling->faults, step->expect,
                   "\"expect\" takes an object");
    } else if (step->expect) {
        members = node_members(compiling->scratch, step->expect,
                               MEMBERS_SKIP_COMMENTS);
    }
    *expects_error = find_member(&members, "error");
    if (!*expects_error && !find_member(&members, "status") &&
        !(step->race && find_member(&members, "outcomes")))
        imply_status(compiling, step);
    for (size_t i = 0; i < members.count; i++) {
        const struct member *member = &members.list[i];
        const struct extractor *extractor = extractor_find(member->key);

        if (!extractor)
            extractor_refuse(member, compiling->faults);
        else if (!extractor_refuse_null(compiling, member) &&
                 !is_idle(step, member) &&
                 !(*expects_error && gives_way(compiling, step, member)))
            extractor->compile(compiling, extractor, member);
    }
}

static void compile_captures(struct compiling *compiling,
                             const struct step *step, bool expects_error)
{
    struct members members = {0};

    if (step->capture && !json_is_object(step->capture->json)) {
        node_fault(compiling->faults, step->capture,
                   "\"capture\" takes an object: names, and where the value of "
                   "each is found");
    } else if (step->capture) {
        members = node_members(compiling->scratch, step->capture,
                               MEMBERS_SKIP_COMMENTS);
    }
    if (members.count && expects_error) {
        node_fault(compiling->faults, step->capture,
                   "\"capture\" cannot stand beside \"error\": without an "
                   "answer there is nothing to keep");
    }
    for (size_t i = 0; i < members.count; i++)
        capture_compile(compiling, &members.list[i]);
}

static struct needs make_needs(struct arena *arena, const struct list *list)
{
    struct need *needs = arena_take(arena, list->count * sizeof(*needs));

    for (size_t i = 0; i < list->count; i++)
        needs[i] = *(const struct need *)list->items[i];
    return (struct needs){list->count, needs};
}

static bool has_more(const struct compiling *compiling)
{
    return compiling->captures.count || compiling->outcomes.count ||
           compiling->watchers.count || compiling->open.count ||
           compiling->needs.count || compiling->digests;
}

static const struct judgement_more *make_more(const struct compiling *compiling)
{
    static const struct judgement_more nothing;
    struct judgement_more *more;

    if (!has_more(compiling))
        return &nothing;
    more = arena_take(compiling->arena, sizeof(*more));
    *more = (struct judgement_more){
        .captures = compiling->captures,
        .outcomes = compiling->outcomes,
        .watchers = compiling->watchers,
        .open = compiling->open,
        .needs = make_needs(compiling->arena, &compiling->needs),
        .digests = compiling->digests,
    };
    return more;
}

static const struct placed_check *make_checks(const struct compiling *compiling)
{
    const struct list *list = &compiling->checks;
    struct placed_check *checks =
        arena_take(compiling->arena, list->count * sizeof(*checks));

    for (size_t i = 0; i < list->count; i++)
        checks[i] = *(const struct placed_check *)list->items[i];
    return checks;
}

void judgement_settle(struct judgement *judgement,
                      const struct compiling *compiling)
{
    judgement->check_count = compiling->checks.count;
    judgement->checks = make_checks(compiling);
    judgement->more = make_more(compiling);
    judgement->holds_body = compiling->holds_body;
    judgement->streams_body = compiling->streams_body && !compiling->holds_body;
}

const struct judgement *judgement_compile(struct arena *arena,
                                          const struct step *step,
                                          const struct suite *suite,
                                          struct sharing *sharing,
                                          struct faults *faults)
{
    struct judgement *judgement = arena_take(arena, sizeof(*judgement));
    struct faults found = {0};
    CLEANUP(arena_finish) struct arena scratch = {0};
    struct compiling compiling = {.arena = arena,
                                  .scratch = &scratch,
                                  .faults = &found,
                                  .suite = suite,
                                  .sharing = sharing,
                                  .race = step->race};

    compile_expect(&compiling, step, &judgement->expects_error);
    compile_captures(&compiling, step, judgement->expects_error);
    faults_add_new(faults, &found); /* defaults are met in every test */
    faults_finish(&found);

    judgement->at = step->request.url_at.source == step->at.source
                        ? step->request.url_at
                        : step->at; /* of a request of another file, or none */
    judgement_settle(judgement, &compiling);
    return judgement;
}

struct needs judgement_needs(const struct judgement *judgement)
{
    return judgement->more->needs;
}

bool judgement_holds_body(const struct judgement *judgement)
{
    return judgement->holds_body;
}

bool judgement_checks_anything(const struct judgement *judgement)
{
    return judgement->check_count > 0 || judgement->more->outcomes.count > 0;
}
