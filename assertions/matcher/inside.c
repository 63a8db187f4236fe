/* Words that look inside: they make something of the value and hand it on to
 * the matcher behind them. What cannot be made does not hold, and says why. */
#include "assertions/matcher/kind.h"
#include "assertions/transform.h"
#include "specs/json.h"

struct inside {
    struct transform transform;
    struct matcher child;
};

static struct inside *add_inside(struct compiling *compiling,
                                 struct matcher *matcher)
{
    matcher->inside = arena_take(compiling->arena, sizeof(*matcher->inside));
    return matcher->inside;
}

/* Dates stand only inside of `date`, so that the form is always theirs. */
static void compile_both(struct compiling *compiling,
                         const struct node *argument, const struct node *child,
                         struct matcher *matcher)
{
    const struct transform_kind *kind = matcher->kind->transform;
    struct inside *inside = add_inside(compiling, matcher);

    transform_compile(compiling, kind, argument, &inside->transform);
    if (kind->result == DOMAIN_DATE)
        compiling->form = inside->transform.form;
    matcher_compile(compiling, child, kind->result, &inside->child);
}

/* The matcher alone, or a list of the transform's argument and the matcher. */
static void compile_inside(struct compiling *compiling,
                           const struct node *argument, struct matcher *matcher)
{
    const struct transform_kind *kind = matcher->kind->transform;
    struct nodes nodes = {0};

    if (kind->argument == ARGUMENT_NONE ||
        (kind->argument == ARGUMENT_POSSIBLE &&
         !json_is_array(argument->json))) {
        compile_both(compiling, NULL, argument, matcher);
        return;
    }
    if (json_is_array(argument->json))
        nodes = node_elements(compiling->scratch, argument);
    if (nodes.count == 2) {
        compile_both(compiling, &nodes.list[0], &nodes.list[1], matcher);
        return;
    }
    node_fault(compiling->faults, argument,
               "\"%s\" takes a list of two, %s and a matcher%s", kind->name,
               kind->wanted,
               matcher->kind == &regex_matcher
                   ? "; where only a match is wanted, write {\"matches\": "
                     "\"...\"}"
                   : "");
}

/* A path and what is expected of what it selects. */
static void compile_place(struct compiling *compiling,
                          const struct member *member,
                          const struct matcher_kind *kind,
                          struct matcher *place)
{
    json_auto_t *path = json_string(member->key);
    const struct node key = {.json = path, .at = member->key_at};

    *place = (struct matcher){
        .kind = kind,
        .at = member->key_at,
        .probe = NO_PROBE,
    };
    compile_both(compiling, &key, &member->value, place);
}

static bool are_paths(const struct members *members)
{
    for (size_t i = 0; i < members->count; i++) {
        if (members->list[i].key[0] != '$')
            return false;
    }
    return members->count > 0;
}

/* The text is read once, and then looked at in several places. */
static void compile_places(struct compiling *compiling,
                           const struct members *members,
                           const struct matcher_kind *kind,
                           struct matcher *matcher)
{
    struct inside *inside = add_inside(compiling, matcher);
    struct matcher *places =
        arena_take(compiling->arena, members->count * sizeof(*places));

    inside->transform.kind = matcher->kind->transform;
    inside->child = (struct matcher){
        .kind = &all_of_matcher,
        .at = matcher->at,
        .probe = NO_PROBE,
        .child_count = members->count,
        .children = places,
    };
    for (size_t i = 0; i < members->count; i++)
        compile_place(compiling, &members->list[i], kind, &places[i]);
}

static void compile_json(struct compiling *compiling,
                         const struct node *argument, struct matcher *matcher)
{
    struct members members = {0};

    if (json_is_object(argument->json))
        members =
            node_members(compiling->scratch, argument, MEMBERS_SKIP_COMMENTS);
    if (!are_paths(&members)) {
        node_fault(compiling->faults, argument,
                   "\"json\" takes an object of JSONPaths, and what is "
                   "expected at each; for the whole document write "
                   "{\"parse_json\": ...}");
        return;
    }
    compile_places(compiling, &members, &select_matcher, matcher);
}

static void compile_xml(struct compiling *compiling,
                        const struct node *argument, struct matcher *matcher)
{
    struct xml_namespaces outer = compiling->namespaces;
    struct members members = {0};
    struct inside *inside;

    if (json_is_object(argument->json))
        members =
            node_members(compiling->scratch, argument, MEMBERS_SKIP_COMMENTS);
    compiling->namespaces = namespaces_take(compiling, &members);
    if (!members.count) {
        node_fault(compiling->faults, argument,
                   "\"xml\" takes an object of XPaths, and what is expected at "
                   "each");
        return;
    }
    compile_places(compiling, &members, &xpath_select_matcher, matcher);
    compiling->namespaces = outer;
    for (size_t i = 0; i < members.count; i++) {
        inside = matcher->inside->child.children[i].inside;
        inside->transform.counts = matcher_counts(&inside->child);
    }
}

/* Where a body went by, its probe saw what is to be made of it. */
static bool look(struct applying *applying, const struct matcher *matcher)
{
    struct matching *matching = applying->matching;
    const struct probe *probe;

    applying->transform = &matcher->inside->transform;
    if (applying->from->kind != VALUE_STREAM)
        return transform_apply(applying);
    probe = probe_of(matching, matcher, applying->from);
    if (probe)
        applying->transform->kind->see(applying, probe);
    return probe;
}

static bool inside_holds(struct matching *matching,
                         const struct matcher *matcher,
                         const struct value *value)
{
    struct applying applying = {.matching = matching, .from = value};

    return look(&applying, matcher) &&
           matcher_holds(matching, &matcher->inside->child, &applying.made);
}

static void describe_inside(struct matching *matching, struct teller *teller,
                            const struct matcher *matcher)
{
    transform_describe(matching, teller, &matcher->inside->transform);
    matcher_describe(matching, teller, &matcher->inside->child);
}

static void explain_made(struct matching *matching,
                         const struct matcher *matcher,
                         const struct value *value, struct finding *finding)
{
    struct applying applying = {
        .matching = matching, .from = value, .is_explaining = true};
    struct teller teller;

    if (!look(&applying, matcher)) {
        explain_plainly(matching, matcher, value, finding);
        if (applying.why)
            finding->actual = applying.why;
        return;
    }
    matcher_explain(matching, &matcher->inside->child, &applying.made, finding);
    teller = teller_open(matching->arena, LIMIT_VALUE_TOLD);
    transform_describe(matching, &teller, &matcher->inside->transform);
    tell(&teller, finding->expected);
    finding->expected = teller_finish(&teller);
    finding->difference = SIZE_MAX;
}

#define INSIDE(word, of, ...)                                                  \
    const struct matcher_kind word##_matcher = {.subjects = (of),              \
                                                .transform =                   \
                                                    &word##_transform,         \
                                                .holds = inside_holds,         \
                                                .describe = describe_inside,   \
                                                .explain = explain_made,       \
                                                __VA_ARGS__};

#define PLAIN(word, of) INSIDE(word, of, .compile = compile_inside)
/* A probe can see it of a body that streams. */
#define WATCHED(word, of, by)                                                  \
    INSIDE(word, of, .compile = compile_inside, .streaming = STREAMS_AS_PROBE, \
           .probe = &(by))

PLAIN(age, SUBJECT_DATE)
PLAIN(base64, SUBJECT_TEXT)
PLAIN(count, SUBJECT_SHAPE)
PLAIN(date, SUBJECT_TEXT)
PLAIN(expires_in, SUBJECT_DATE)
PLAIN(first, SUBJECT_SHAPE)
PLAIN(hex, SUBJECT_TEXT)
INSIDE(json, SUBJECT_TEXT | SUBJECT_SHAPE, .compile = compile_json)
PLAIN(last, SUBJECT_SHAPE)
WATCHED(length, SUBJECT_TEXT | SUBJECT_SHAPE, length_probe)
PLAIN(lower, SUBJECT_TEXT)
PLAIN(md5, SUBJECT_TEXT)
PLAIN(nth, SUBJECT_SHAPE)
PLAIN(number, SUBJECT_TEXT)
PLAIN(parse_json, SUBJECT_TEXT)
PLAIN(regex, SUBJECT_TEXT)
/* Of a document: not a word, but what a path in `json` is. */
PLAIN(select, SUBJECT_SHAPE)
WATCHED(sha256, SUBJECT_TEXT, digest_probe)
PLAIN(split, SUBJECT_TEXT)
PLAIN(trim, SUBJECT_TEXT)
PLAIN(url_decode, SUBJECT_TEXT)
INSIDE(xml, SUBJECT_TEXT, .compile = compile_xml)
PLAIN(xpath_select, SUBJECT_SHAPE)
