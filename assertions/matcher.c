/* One sorted table of all words, and the tree that is made of them. */
#include "assertions/matcher.h"

#include <string.h>

#include "assertions/assertions.h"
#include "assertions/matcher/expected.h"
#include "assertions/words.h"
#include "specs/json.h"

/* Sorted: words_find() bisects. */
#define MATCHERS(each)                                                         \
    each(age) each(all) each(all_of) each(any) each(any_of) each(base64)       \
        each(between) each(contains) each(count) each(date) each(empty) each(  \
            ends_with) each(equals) each(exists) each(expires_in) each(first)  \
            each(format) each(gt) each(gte) each(hex) each(ignore) each(in)    \
                each(includes) each(json) each(keys) each(last) each(length)   \
                    each(lower) each(lt) each(lte) each(matches) each(md5)     \
                        each(near) each(none) each(not ) each(nth)             \
                            each(number) each(parse_json) each(regex)          \
                                each(schema) each(sha256) each(sorted)         \
                                    each(split) each(starts_with) each(trim)   \
                                        each(type) each(unique)                \
                                            each(unordered) each(url_decode)   \
                                                each(use) each(xml)

#define NAME(word) #word,
#define KIND(word) &word##_matcher,

static const char *const names[] = {MATCHERS(NAME)};
static const struct matcher_kind *const kinds[] = {MATCHERS(KIND)};

/* Sorted too. */
static const char *const later[] = {
    "snapshot",
};

/* What other tools call them, where that is not near enough. */
static const char *const synonyms[][2] = {
    {"eq", "equals"},
    {"equal_to", "equals"},
    {"greater", "gt"},
    {"greater_or_equal", "gte"},
    {"greater_than", "gt"},
    {"has_length", "length"},
    {"less", "lt"},
    {"less_or_equal", "lte"},
    {"less_than", "lt"},
    {"match", "matches"},
    {"max", "lte"},
    {"min", "gte"},
    {"one_of", "in"},
    {"pattern", "matches"},
    {"prefix", "starts_with"},
    {"range", "between"},
    {"size", "length"},
    {"suffix", "ends_with"},
};

static const struct words known = {
    .noun = "matcher",
    .names = names,
    .count = COUNT(names),
    .later = later,
    .later_count = COUNT(later),
    .hint = "an object to compare with is written {\"equals\": {...}}",
};

const char *const *matcher_names(size_t *count)
{
    *count = COUNT(names);
    return names;
}

static unsigned domain_subject(enum domain domain)
{
    switch (domain) {
    case DOMAIN_ANY: return SUBJECT_ANY;
    case DOMAIN_TEXT:
    case DOMAIN_SHA256:
    case DOMAIN_MD5:
    case DOMAIN_ARRIVAL: return SUBJECT_TEXT;
    case DOMAIN_STATUS:
    case DOMAIN_COUNT:
    case DOMAIN_NUMBER:
    case DOMAIN_DURATION:
    case DOMAIN_SIZE: return SUBJECT_AMOUNT;
    case DOMAIN_DATE: return SUBJECT_AMOUNT | SUBJECT_DATE;
    }
    return SUBJECT_ANY;
}

static const char *domain_words(enum domain domain)
{
    switch (domain) {
    case DOMAIN_ANY: return "a value";
    case DOMAIN_TEXT: return "a text";
    case DOMAIN_STATUS: return "a status";
    case DOMAIN_COUNT:
    case DOMAIN_NUMBER: return "a number";
    case DOMAIN_DATE: return "a date";
    case DOMAIN_DURATION: return "a duration";
    case DOMAIN_SIZE: return "a size";
    case DOMAIN_SHA256:
    case DOMAIN_MD5: return "a digest";
    case DOMAIN_ARRIVAL: return "an error";
    }
    return "a value";
}

static bool parts_ask_existence(const struct matcher *matcher)
{
    for (size_t i = 0; i < matcher->child_count; i++) {
        if (matcher->children[i].asks_existence)
            return true;
    }
    return false;
}

static void refuse_subject(struct compiling *compiling,
                           const struct member *member, enum domain domain,
                           const struct matcher_kind *kind)
{
    if (kind->subjects == SUBJECT_DATE) {
        spot_fault(compiling->faults, member->key_at,
                   "\"%s\" is asked of dates: {\"date\": {\"%s\": ...}}",
                   member->key, member->key);
    } else {
        spot_fault(compiling->faults, member->key_at,
                   "\"%s\" cannot be asked of %s", member->key,
                   domain_words(domain));
    }
}

static void compile_word(struct compiling *compiling,
                         const struct member *member, enum domain domain,
                         struct matcher *result)
{
    size_t word = words_find(names, COUNT(names), member->key);
    struct node argument = member->value;

    argument.over = NULL;
    result->at = member->key_at;
    if (word == NO_WORD)
        return;
    result->kind = kinds[word];
    if (!(result->kind->subjects & domain_subject(domain))) {
        refuse_subject(compiling, member, domain, result->kind);
        return;
    }
    result->kind->compile(compiling, &argument, result);
    result->asks_existence |= result->kind->streaming == STREAMS_AS_PARTS &&
                              parts_ask_existence(result);
}

static bool is_word(const struct member *member)
{
    return words_find(names, COUNT(names), member->key) != NO_WORD;
}

static const char *find_synonym(const char *word)
{
    for (size_t i = 0; i < COUNT(synonyms); i++)
        if (strcmp(synonyms[i][0], word) == 0)
            return synonyms[i][1];
    return NULL;
}

/* Short names are near to each other by accident: "id" is one letter from "in",
 * and more likely the member of a literal. */
static bool is_doubtful(const struct members *members,
                        const struct member *member)
{
    for (size_t i = 0; i < members->count; i++) {
        if (is_word(&members->list[i]))
            return false;
    }
    return strlen(member->key) < 4 &&
           words_find(later, COUNT(later), member->key) == NO_WORD;
}

static void doubt_word(struct compiling *compiling, const struct member *member)
{
    const char *near = find_synonym(member->key);

    if (!near)
        near = nearest_name(member->key, names, COUNT(names));
    spot_fault(compiling->faults, member->key_at,
               "unknown matcher \"%s\"; %s%s%s%s", member->key,
               near ? "did you mean \"" : "", near ? near : "",
               near ? "\"? " : "", known.hint);
}

/* An unknown word with no known word near it probably stands in a literal
 * object, where every other key is unknown too: it is told once. */
static void refuse_words(struct compiling *compiling,
                         const struct members *members)
{
    const struct member *stranger = NULL;

    for (size_t i = 0; i < members->count; i++) {
        const struct member *member = &members->list[i];
        bool is_strange =
            !is_word(member) &&
            (is_doubtful(members, member) || find_synonym(member->key) ||
             !words_explain(&known, member, compiling->faults));

        if (is_strange && !stranger)
            stranger = member;
    }
    if (stranger)
        doubt_word(compiling, stranger);
}

static const struct member *find_word(const struct members *members,
                                      const char *word)
{
    for (size_t i = 0; i < members->count; i++)
        if (strcmp(members->list[i].key, word) == 0)
            return &members->list[i];
    return NULL;
}

/* `ignore` is no matcher beside `equals`, but belongs to it: taken out of the
 * members. NULL where there is none, or where it stands alone. */
static const struct member *take_ignore(struct arena *arena,
                                        struct members *members)
{
    const struct member *ignore = find_word(members, "ignore");
    struct member *others;
    size_t count = 0;

    if (!ignore || !find_word(members, "equals"))
        return NULL;
    others = arena_take(arena, members->count * sizeof(*others));
    for (size_t i = 0; i < members->count; i++)
        if (&members->list[i] != ignore)
            others[count++] = members->list[i];
    *members = (struct members){count, others};
    return ignore;
}

static void compile_member(struct compiling *compiling,
                           const struct member *member,
                           const struct member *ignore, struct matcher *result)
{
    if (ignore && strcmp(member->key, "equals") == 0)
        compile_ignoring(compiling, member, ignore, result);
    else
        compile_word(compiling, member, result->domain, result);
}

static void compile_object(struct compiling *compiling, const struct node *node,
                           enum domain domain, struct matcher *result)
{
    struct members members =
        node_members(compiling->scratch, node, MEMBERS_SKIP_COMMENTS);
    const struct member *ignore = NULL;

    if (members.count == 0) {
        node_fault(compiling->faults, node,
                   "an object without matchers expects nothing; an empty "
                   "object is written {\"equals\": {}}");
        return;
    }
    refuse_words(compiling, &members);
    if (domain == DOMAIN_ANY)
        ignore = take_ignore(compiling->scratch, &members);
    if (members.count == 1) {
        compile_member(compiling, &members.list[0], ignore, result);
        return;
    }
    result->kind = &all_of_matcher;
    result->child_count = members.count;
    result->children =
        arena_take(compiling->arena, members.count * sizeof(*result->children));
    for (size_t i = 0; i < members.count; i++) {
        struct matcher *child = &result->children[i];

        /* A word that is not known leaves it as it is here. */
        *child = (struct matcher){
            .kind = &equals_matcher,
            .domain = domain,
            .at = members.list[i].key_at,
            .probe = NO_PROBE,
        };
        compile_member(compiling, &members.list[i], ignore, child);
    }
    result->asks_existence = parts_ask_existence(result);
}

/* Where one word is meant by a status or an error, an array is a choice. */
static bool is_choice(const struct node *node, enum domain domain)
{
    return json_is_array(node->json) &&
           (domain == DOMAIN_STATUS || domain == DOMAIN_ARRIVAL);
}

void matcher_compile(struct compiling *compiling, const struct node *node,
                     enum domain domain, struct matcher *result)
{
    struct node own = *node;

    own.over = NULL; /* matchers are replaced, never merged */
    *result = (struct matcher){
        .kind = &equals_matcher,
        .domain = domain,
        .at = node->at,
        .probe = NO_PROBE,
    };
    if (compiling->depth == LIMIT_MATCHER_DEPTH) {
        node_fault(compiling->faults, node,
                   "matchers are nested deeper than %d", LIMIT_MATCHER_DEPTH);
        return;
    }
    compiling->depth++;
    if (json_is_object(node->json)) {
        compile_object(compiling, &own, domain, result);
    } else if (is_choice(node, domain)) {
        result->kind = &any_of_matcher;
        compile_children(compiling, &own, result);
    } else {
        result->kind->compile(compiling, &own, result);
    }
    compiling->depth--;
}

void compile_child(struct compiling *compiling, const struct node *argument,
                   enum domain domain, struct matcher *matcher)
{
    matcher->child_count = 1;
    matcher->children =
        arena_take(compiling->arena, sizeof(*matcher->children));
    matcher_compile(compiling, argument, domain, matcher->children);
}

void compile_children(struct compiling *compiling, const struct node *argument,
                      struct matcher *matcher)
{
    struct nodes nodes = {0};

    if (json_is_array(argument->json))
        nodes = node_elements(compiling->scratch, argument);
    if (nodes.count == 0) {
        node_fault(compiling->faults, argument,
                   "a list of at least one is wanted here");
        return;
    }
    matcher->child_count = nodes.count;
    matcher->children =
        arena_take(compiling->arena, nodes.count * sizeof(*matcher->children));
    for (size_t i = 0; i < nodes.count; i++)
        matcher_compile(compiling, &nodes.list[i], matcher->domain,
                        &matcher->children[i]);
}

bool matcher_streams(const struct matcher *matcher)
{
    switch (matcher->kind->streaming) {
    case STREAMS_NOT: return false;
    case STREAMS_AS_PROBE:
    case STREAMS_ALWAYS: return true;
    case STREAMS_AS_PARTS: break;
    }
    for (size_t i = 0; i < matcher->child_count; i++) {
        if (!matcher_streams(&matcher->children[i]))
            return false;
    }
    return true;
}

const struct probe_kind *matcher_probe(const struct matcher *matcher)
{
    return matcher->kind->probe;
}

void matcher_watch(struct compiling *compiling, struct matcher *matcher)
{
    if (matcher->kind->streaming == STREAMS_AS_PROBE) {
        matcher->probe = compiling->watchers.count;
        list_add(&compiling->watchers, compiling->arena, matcher);
    }
    if (matcher->kind->streaming != STREAMS_AS_PARTS)
        return;
    for (size_t i = 0; i < matcher->child_count; i++)
        matcher_watch(compiling, &matcher->children[i]);
}

bool matcher_holds(struct matching *matching, const struct matcher *matcher,
                   const struct value *value)
{
    if (value->kind == VALUE_ABSENT && !matcher->asks_existence)
        return false;
    return matcher->kind->holds(matching, matcher, value);
}

void matcher_describe(struct matching *matching, struct teller *teller,
                      const struct matcher *matcher)
{
    matcher->kind->describe(matching, teller, matcher);
}

void describe_children(struct matching *matching, struct teller *teller,
                       const struct matcher *matcher, const char *between)
{
    for (size_t i = 0; i < matcher->child_count && !teller->is_cut; i++) {
        if (i)
            tell(teller, between);
        matcher_describe(matching, teller, &matcher->children[i]);
    }
}

/* A number or a word of JSON, as it is told. */
static const char *kind_of_told(const char *told)
{
    if (strcmp(told, "true") == 0 || strcmp(told, "false") == 0)
        return "a boolean";
    if (strcmp(told, "null") == 0)
        return "no text";
    return *told && strchr("-0123456789", *told) ? "a number" : NULL;
}

/* `0` and `"0"` look alike to those who do not look twice. */
static void tell_apart(struct matching *matching, const char **bare,
                       const char **quoted)
{
    const char *kind = kind_of_told(*bare);
    size_t length = strlen(*bare);

    if (!kind || length > LIMIT_VALUE_TOLD / 2 || **quoted != '"' ||
        strncmp(*quoted + 1, *bare, length) != 0 ||
        strcmp(*quoted + 1 + length, "\"") != 0)
        return;
    *bare = arena_print(matching->arena, "%s (%s)", *bare, kind);
    *quoted = arena_print(matching->arena, "%s (a text)", *quoted);
}

void matcher_explain(struct matching *matching, const struct matcher *matcher,
                     const struct value *value, struct finding *finding)
{
    finding->at = matcher->at;
    finding->path = value->path;
    finding->difference = SIZE_MAX;
    finding->is_absent = value->kind == VALUE_ABSENT;
    if (matcher->kind->explain && !finding->is_absent)
        matcher->kind->explain(matching, matcher, value, finding);
    else
        explain_plainly(matching, matcher, value, finding);
    if (!finding->is_absent) {
        tell_apart(matching, &finding->expected, &finding->actual);
        tell_apart(matching, &finding->actual, &finding->expected);
    }
}
