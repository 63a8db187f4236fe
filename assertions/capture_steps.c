#include "assertions/capture_steps.h"

#include "assertions/assertions.h"
#include "assertions/cookie.h"
#include "assertions/matcher/kind.h"
#include "specs/json.h"

static bool miss(struct taking *taking, const char *words, struct text detail)
{
    struct teller teller =
        teller_open(taking->answer->matching->arena, LIMIT_VALUE_TOLD);

    tell(&teller, words);
    if (detail.bytes)
        tell_quoted(&teller, detail);
    taking->why = teller_finish(&teller);
    return false;
}

/* The step's own text with its templates filled; false with the fault raised.
 */
static bool fill_text(struct taking *taking, const struct capture_step *step,
                      const char **text)
{
    struct matching *matching = taking->answer->matching;
    struct literal room;
    const struct literal *literal =
        literal_fill(&step->transform.literal, matching, &room);

    if (!literal)
        return false;
    *text = json_string_value(literal->json);
    return true;
}

static bool accept_text(const struct literal *literal, struct trouble *trouble)
{
    return json_kind(literal->json) == JSON_KIND_STRING ||
           trouble_tell(trouble, "a text is wanted here");
}

static bool accept_name(const struct literal *literal, struct trouble *trouble)
{
    return accept_text(literal, trouble) &&
           header_name_check(json_string_value(literal->json), trouble);
}

/* A list or an object is no text, whatever its templates become. */
static void compile_argument(struct compiling *compiling,
                             const struct node *argument, accept_fn accepts,
                             struct capture_step *step)
{
    const struct open *open;

    step->transform.literal.accepts = accepts;
    open = compile_literal(compiling, argument, &step->transform.literal);
    if (open && !json_is_string(argument->json))
        node_fault(compiling->faults, argument, "a text is wanted here");
}

static void compile_text(struct compiling *compiling,
                         const struct node *argument, struct capture_step *step)
{
    compile_argument(compiling, argument, accept_text, step);
}

/* There is nothing to choose. */
static void compile_nothing(struct compiling *compiling,
                            const struct node *argument,
                            struct capture_step *step)
{
    step->transform.literal.at = argument->at;
    if (!json_is_true(argument->json))
        node_fault(compiling->faults, argument, "true is wanted here");
}

static void compile_body(struct compiling *compiling,
                         const struct node *argument, struct capture_step *step)
{
    compiling->holds_body = true;
    compile_nothing(compiling, argument, step);
}

static bool take_body(struct taking *taking, const struct capture_step *step)
{
    (void)step;
    taking->value = value_of_text(answer_body(taking->answer->response));
    return true;
}

static bool take_status(struct taking *taking, const struct capture_step *step)
{
    (void)step;
    taking->value =
        value_of_number(VALUE_NUMBER, taking->answer->response->status);
    return true;
}

static void compile_header(struct compiling *compiling,
                           const struct node *argument,
                           struct capture_step *step)
{
    compile_argument(compiling, argument, accept_name, step);
}

static bool take_header(struct taking *taking, const struct capture_step *step)
{
    const char *name = NULL;

    if (!fill_text(taking, step, &name))
        return false;
    taking->value =
        value_of_text(answer_header(taking->answer->response, name, 0));
    return taking->value.kind != VALUE_ABSENT ||
           miss(taking, "the answer has no header ", text_of(name));
}

static bool take_cookie(struct taking *taking, const struct capture_step *step)
{
    const char *name = NULL;

    if (!fill_text(taking, step, &name))
        return false;
    taking->value =
        cookie_look(taking->answer->response, text_of(name), COOKIE_VALUE);
    return taking->value.kind != VALUE_ABSENT ||
           miss(taking, "the answer sets no cookie ", text_of(name));
}

static void compile_json(struct compiling *compiling,
                         const struct node *argument, struct capture_step *step)
{
    compiling->holds_body = true;
    transform_compile(compiling, &path_transform, argument, &step->transform);
}

static bool apply(struct taking *taking, const struct transform *transform)
{
    const struct value from = taking->value;
    struct applying applying = {
        .matching = taking->answer->matching,
        .transform = transform,
        .from = &from,
        .is_explaining = true,
    };

    if (!transform_apply(&applying)) {
        taking->why = applying.why;
        return false;
    }
    taking->value = applying.made;
    return true;
}

static bool is_nothing(const struct value *value)
{
    return value->kind == VALUE_ABSENT ||
           (value->kind == VALUE_LIST && value->list.count == 0);
}

/* One value, or a list of at least one. */
static bool take_place(struct taking *taking, const struct capture_step *step)
{
    const char *path = NULL;

    if (!apply(taking, &step->transform))
        return false;
    if (!is_nothing(&taking->value))
        return true;
    return fill_text(taking, step, &path) &&
           miss(taking, "nothing there: ", text_of(path));
}

static bool take_json(struct taking *taking, const struct capture_step *step)
{
    struct answer *answer = taking->answer;
    json_t *root =
        document_root(&answer->document, answer->response, answer->matching);

    if (!root) {
        taking->why = document_trouble(&answer->document, answer->response,
                                       answer->matching->arena);
        return false;
    }
    taking->value = value_of_json(root, NULL);
    return take_place(taking, step);
}

/* As a capture of JSON: the body is what a path leads into. */
static void compile_markup(struct compiling *compiling,
                           const struct node *argument,
                           struct capture_step *step)
{
    compiling->holds_body = true;
    transform_compile(compiling, &xpath_transform, argument, &step->transform);
}

static bool take_markup(struct taking *taking, const struct capture_step *step,
                        enum markup markup)
{
    struct answer *answer = taking->answer;
    const struct xml_document *document = answer_markup(answer, markup);

    if (!document) {
        taking->why =
            markup_trouble(markup == MARKUP_HTML ? &answer->html : &answer->xml,
                           markup, answer->response, answer->matching->arena);
        return false;
    }
    taking->value = (struct value){.kind = VALUE_MARKUP, .markup = document};
    return take_place(taking, step);
}

static bool take_xml(struct taking *taking, const struct capture_step *step)
{
    return take_markup(taking, step, MARKUP_XML);
}

static bool take_html(struct taking *taking, const struct capture_step *step)
{
    return take_markup(taking, step, MARKUP_HTML);
}

void compile_transform(struct compiling *compiling,
                       const struct transform_kind *kind,
                       const struct node *argument, struct capture_step *step)
{
    bool is_told =
        kind->argument == ARGUMENT_WANTED ||
        (kind->argument == ARGUMENT_POSSIBLE && !json_is_true(argument->json));

    if (!is_told)
        compile_nothing(compiling, argument, step);
    transform_compile(compiling, kind, is_told ? argument : NULL,
                      &step->transform);
}

bool take_step(struct taking *taking, const struct capture_step *step)
{
    if (step->subject)
        return step->subject->take(taking, step);
    if (step->transform.kind == &path_transform ||
        step->transform.kind == &xpath_transform)
        return take_place(taking, step);
    return apply(taking, &step->transform);
}

const struct capture_kind body_capture = {.compile = compile_body,
                                          .take = take_body};
const struct capture_kind cookie_capture = {.compile = compile_text,
                                            .take = take_cookie};
const struct capture_kind header_capture = {.compile = compile_header,
                                            .take = take_header};
const struct capture_kind html_capture = {.compile = compile_markup,
                                          .take = take_html};
const struct capture_kind json_capture = {
    .compile = compile_json, .take = take_json, .transform = &path_transform};
const struct capture_kind regex_capture = {.is_of_body = true,
                                           .transform = &regex_transform};
const struct capture_kind status_capture = {.compile = compile_nothing,
                                            .take = take_status};
const struct capture_kind xml_capture = {
    .compile = compile_markup, .take = take_xml, .transform = &xpath_transform};

#define TRANSFORM(word)                                                        \
    const struct capture_kind word##_capture = {.transform = &word##_transform};

TRANSFORM(base64)
TRANSFORM(count)
TRANSFORM(date)
TRANSFORM(first)
TRANSFORM(hex)
TRANSFORM(last)
TRANSFORM(length)
TRANSFORM(lower)
TRANSFORM(md5)
TRANSFORM(nth)
TRANSFORM(number)
TRANSFORM(parse_json)
TRANSFORM(sha256)
TRANSFORM(split)
TRANSFORM(trim)
TRANSFORM(url_decode)
