/* The whole body as an XML Schema or a RELAX NG says. */
#include <string.h>

#include "assertions/extract.h"
#include "assertions/matcher/kind.h"
#include "assertions/sharing.h"

enum { EXPECTED_MOST = 300 };

static const struct grammar *known_grammar(const struct compiling *compiling,
                                           enum grammar_kind kind,
                                           const char *path)
{
    const struct sharing *sharing = compiling->sharing;
    const struct shared_grammar *known = sharing ? sharing->grammars : NULL;

    while (known && (known->kind != kind || strcmp(known->path, path) != 0))
        known = known->next;
    return known ? known->grammar : NULL;
}

static void keep_grammar(struct compiling *compiling, enum grammar_kind kind,
                         const char *path, const struct grammar *grammar)
{
    struct shared_grammar *shared;

    if (!compiling->sharing)
        return;
    shared = arena_take(compiling->arena, sizeof(*shared));
    *shared = (struct shared_grammar){.kind = kind,
                                      .path = path,
                                      .grammar = grammar,
                                      .next = compiling->sharing->grammars};
    compiling->sharing->grammars = shared;
}

/* As the user reached the suite, where the file is below its folder. */
static const char *told_path(struct compiling *compiling, const char *real)
{
    const struct suite *suite = compiling->suite;
    size_t length = strlen(suite->folder);
    const char *slash = suite->path ? strrchr(suite->path, '/') : NULL;

    if (strncmp(real, suite->folder, length) != 0 || real[length] != '/')
        return real;
    real += length + 1;
    return slash ? arena_print(compiling->arena, "%.*s/%s",
                               (int)(slash - suite->path), suite->path, real)
                 : real;
}

/* It is in another file, of which a line is known at most. */
static void tell_mistake(struct compiling *compiling,
                         const struct grammar_trouble *trouble)
{
    struct place place = {.path = told_path(compiling, trouble->path),
                          .line = trouble->line};

    if (place.line)
        place.column = trouble->column ? trouble->column : 1;
    faults_add(compiling->faults, place, "%s", trouble->text);
}

static const struct grammar *read_grammar(struct compiling *compiling,
                                          enum grammar_kind kind,
                                          const struct node *argument)
{
    const struct suite *suite = compiling->suite;
    const char *name = json_string_value(argument->json);
    struct fault fault = {0};
    const char *path = suite_file(suite, compiling->arena, name, &fault);
    const struct grammar *grammar =
        path ? known_grammar(compiling, kind, path) : NULL;
    struct grammar_trouble trouble;

    if (!path) {
        node_fault(compiling->faults, argument, "%s", fault.text);
        return NULL;
    }
    if (grammar)
        return grammar;
    grammar =
        grammar_read(kind, compiling->arena, path, suite->file_root, &trouble);
    if (grammar)
        keep_grammar(compiling, kind, path, grammar);
    else
        tell_mistake(compiling, &trouble);
    return grammar;
}

static void compile(struct compiling *compiling, const struct node *argument,
                    enum grammar_kind kind, struct matcher *matcher)
{
    const char *name = json_string_value(argument->json);

    if (!name) {
        node_fault(compiling->faults, argument,
                   "the path of a file that holds a schema is wanted here");
    } else if (strstr(name, "{{")) {
        node_fault(compiling->faults, argument,
                   "a schema is compiled before the run: its file cannot be "
                   "the value of a template");
    } else {
        matcher->grammar = read_grammar(compiling, kind, argument);
        matcher->literal.json = json_share(compiling->arena, argument->json);
    }
}

static void compile_xsd(struct compiling *compiling,
                        const struct node *argument, struct matcher *matcher)
{
    compile(compiling, argument, GRAMMAR_XSD, matcher);
}

static void compile_rng(struct compiling *compiling,
                        const struct node *argument, struct matcher *matcher)
{
    compile(compiling, argument, GRAMMAR_RNG, matcher);
}

static bool check(struct matching *matching, const struct matcher *matcher,
                  const struct value *value, struct grammar_finding *finding)
{
    if (grammar_check(matcher->grammar, value->markup, matching->arena, finding,
                      &matching->fault))
        return finding->count == 0;
    matching->wrong = matcher->at;
    return false;
}

static bool holds(struct matching *matching, const struct matcher *matcher,
                  const struct value *value)
{
    struct grammar_finding finding;

    return check(matching, matcher, value, &finding);
}

static void describe(struct matching *matching, struct teller *teller,
                     const struct matcher *matcher)
{
    (void)matching;
    tell(teller, "what ");
    tell_json(teller, matcher->literal.json);
    tell(teller, " says");
}

static void explain(struct matching *matching, const struct matcher *matcher,
                    const struct value *value, struct finding *finding)
{
    struct grammar_finding found;
    struct teller expected = teller_open(matching->arena, EXPECTED_MOST);
    struct teller actual = teller_open(matching->arena, LIMIT_VALUE_TOLD);

    if (check(matching, matcher, value, &found) || !found.count)
        return;
    describe(matching, &expected, matcher);
    tell_visibly(&actual, text_of(found.text));
    finding->path = found.path;
    finding->expected = teller_finish(&expected);
    finding->actual = teller_finish(&actual);
    finding->more = found.count - 1;
    finding->noun = "mistake";
}

static const struct matcher_kind xsd_kind = {
    .compile = compile_xsd,
    .holds = holds,
    .describe = describe,
    .explain = explain,
};

static const struct matcher_kind rng_kind = {
    .compile = compile_rng,
    .holds = holds,
    .describe = describe,
    .explain = explain,
};

static void add(struct compiling *compiling, const struct extractor *extractor,
                const struct member *member, const struct matcher_kind *kind)
{
    struct member own = *member;

    own.value.over = NULL;
    compiling->holds_body = true;
    check_add_kind(compiling, extractor, &own, kind);
}

static void xsd_compile(struct compiling *compiling,
                        const struct extractor *extractor,
                        const struct member *member)
{
    add(compiling, extractor, member, &xsd_kind);
}

static void rng_compile(struct compiling *compiling,
                        const struct extractor *extractor,
                        const struct member *member)
{
    add(compiling, extractor, member, &rng_kind);
}

static bool look(struct answer *answer, const struct check *check,
                 size_t number, struct value *value)
{
    (void)check;
    *value = (struct value){.kind = VALUE_MARKUP,
                            .markup = answer_markup(answer, MARKUP_XML)};
    return number == 0;
}

const struct extractor xsd_extractor = {
    .of_document = DOCUMENT_XML,
    .compile = xsd_compile,
    .look = look,
};

const struct extractor rng_extractor = {
    .of_document = DOCUMENT_XML,
    .compile = rng_compile,
    .look = look,
};
