#include "assertions/extract.h"

#include <string.h>
#include <strings.h>

#include "assertions/matcher/kind.h"
#include "assertions/sharing.h"
#include "assertions/words.h"

enum { SUBJECT_MOST = 256 }; /* bytes of a subject's name, as it is told */

/* Sorted: words_find() bisects. */
#define EXTRACTORS(each)                                                       \
    each(body) each(cookies) each(error) each(headers) each(html) each(http)   \
        each(ip) each(json) each(outcomes) each(redirects) each(rng)           \
            each(schema) each(size) each(status) each(time) each(url)          \
                each(xml) each(xsd)

#define NAME(word)      #word,
#define EXTRACTOR(word) &word##_extractor,

static const char *const names[] = {EXTRACTORS(NAME)};
static const struct extractor *const extractors[] = {EXTRACTORS(EXTRACTOR)};

/* Sorted too. */
static const char *const later[] = {
    "events",
    "openapi",
    "tls",
};

static const struct words known = {
    .noun = "key",
    .names = names,
    .count = COUNT(names),
    .later = later,
    .later_count = COUNT(later),
};

const char *const *extractor_names(size_t *count)
{
    *count = COUNT(names);
    return names;
}

const struct extractor *extractor_find(const char *name)
{
    size_t word = words_find(names, COUNT(names), name);

    return word == NO_WORD ? NULL : extractors[word];
}

void extractor_refuse(const struct member *member, struct faults *faults)
{
    words_refuse(&known, member, faults);
}

void check_ask(struct compiling *compiling, const struct check *check,
               struct spot at)
{
    struct placed_check *placed =
        arena_take(compiling->scratch, sizeof(*placed));

    *placed = (struct placed_check){check, at.offset};
    list_add(&compiling->checks, compiling->scratch, placed);
}

static struct check *ask_again(struct compiling *compiling,
                               const struct extractor *extractor,
                               const struct member *member)
{
    struct check *check =
        compiling->sharing ? sharing_find(compiling->sharing, extractor, member)
                           : NULL;

    if (check)
        check_ask(compiling, check, member->key_at);
    return check;
}

/* Grows with whatever is found in a check that is more than its own text:
 * templates, named matchers, paths of files, mistakes. */
static size_t count_findings(const struct compiling *compiling)
{
    return compiling->faults->total + compiling->needs.count +
           compiling->open.count + compiling->use_count +
           compiling->schema_count;
}

static struct check *ask_anew(struct compiling *compiling,
                              const struct extractor *extractor,
                              const struct member *member, enum domain domain,
                              const char *words)
{
    struct check *check = arena_take(compiling->arena, sizeof(*check));
    size_t before = count_findings(compiling);

    check->extractor = extractor;
    check->at = member->key_at;
    check->subject = words;
    check->name = arena_copy(compiling->arena, member->key);
    matcher_compile(compiling, &member->value, domain, &check->matcher);
    check_ask(compiling, check, member->key_at);
    if (compiling->sharing && !extractor->watches && !compiling->digests &&
        count_findings(compiling) == before)
        sharing_keep(compiling->sharing, check, member);
    return check;
}

struct check *check_add(struct compiling *compiling,
                        const struct extractor *extractor,
                        const struct member *member, enum domain domain,
                        const char *words)
{
    struct check *check = ask_again(compiling, extractor, member);

    return check ? check
                 : ask_anew(compiling, extractor, member, domain, words);
}

struct check *check_add_named(struct compiling *compiling,
                              const struct extractor *extractor,
                              const struct member *member, enum domain domain,
                              const char *words)
{
    struct check *check = ask_again(compiling, extractor, member);
    struct teller teller = teller_open(compiling->arena, SUBJECT_MOST);

    if (check)
        return check;
    tell(&teller, words);
    tell(&teller, " ");
    tell_visibly(&teller, text_of(member->key));
    return ask_anew(compiling, extractor, member, domain,
                    teller_finish(&teller));
}

struct check *check_add_kind(struct compiling *compiling,
                             const struct extractor *extractor,
                             const struct member *member,
                             const struct matcher_kind *kind)
{
    struct check *check = arena_take(compiling->arena, sizeof(*check));

    check->extractor = extractor;
    check->at = member->key_at;
    check->subject = check->name = arena_copy(compiling->arena, member->key);
    check->matcher = (struct matcher){
        .kind = kind,
        .domain = DOMAIN_ANY,
        .at = member->key_at,
        .probe = NO_PROBE,
    };
    kind->compile(compiling, &member->value, &check->matcher);
    check_ask(compiling, check, member->key_at);
    return check;
}

bool extractor_refuse_null(struct compiling *compiling,
                           const struct member *member)
{
    if (!json_is_null(member->value.json))
        return false;
    node_fault(compiling->faults, &member->value,
               "null removes what the defaults expect, and they expect "
               "nothing here; to compare with null write {\"equals\": null}");
    return true;
}

struct members extractor_members(struct compiling *compiling,
                                 const struct member *member, int flags)
{
    struct node node = member->value;

    if (!json_is_object(node.json)) {
        node_fault(compiling->faults, &node,
                   "\"%s\" takes an object: names, and what is expected of "
                   "each",
                   member->key);
        return (struct members){0};
    }
    if (node.over && !json_is_object(node.over->json))
        node.over = NULL;
    return node_members(compiling->scratch, &node,
                        flags | MEMBERS_SKIP_COMMENTS);
}

const struct xml_document *answer_markup(struct answer *answer,
                                         enum markup markup)
{
    return markup_document(markup == MARKUP_HTML ? &answer->html : &answer->xml,
                           markup, answer->response, answer->matching->arena);
}

struct text answer_body(const struct response *response)
{
    if (!response->body)
        return (struct text){"", 0};
    return (struct text){response->body, response->body_length};
}

struct text answer_header(const struct response *response, const char *name,
                          size_t number)
{
    for (size_t i = 0; i < response->header_count; i++) {
        const struct header *header = &response->headers[i];

        if (strcasecmp(header->name, name) == 0 && number-- == 0)
            return text_of(header->value);
    }
    return (struct text){0};
}
