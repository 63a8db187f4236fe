#include "assertions/capture_steps.h"

#include "assertions/assertions.h"
#include "assertions/cookie.h"
#include "assertions/expression.h"
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
        literal_fill(&step->literal, matching, &room);

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
static struct open *compile_argument(struct compiling *compiling,
                                     const struct node *argument,
                                     accept_fn accepts,
                                     struct capture_step *step)
{
    struct open *open;

    step->literal.accepts = accepts;
    open = compile_literal(compiling, argument, &step->literal);
    if (open && !json_is_string(argument->json))
        node_fault(compiling->faults, argument, "a text is wanted here");
    return open;
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
    step->literal.at = argument->at;
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
    struct open *open =
        compile_argument(compiling, argument, accept_text, step);
    const json_t *json = step->literal.json;

    compiling->holds_body = true;
    if (open)
        open->path = &step->path;
    else if (json_is_string(json))
        step->path =
            path_compile(compiling, json_string_value(json), argument->at);
}

/* What a path selects: one value, or a list of at least one. */
static bool select_json(struct taking *taking, const struct capture_step *step,
                        const struct jsonpath *path, const char *text)
{
    struct answer *answer = taking->answer;
    struct matching *matching = answer->matching;
    struct jsonpath_nodes nodes;

    nodes = jsonpath_evaluate(path, answer->document.root, false,
                              matching->arena, &matching->fault);
    if (matching->fault.raised) {
        matching->wrong = step->literal.at;
        return false;
    }
    if (nodes.count == 0)
        return miss(taking, "nothing there: ", text_of(text));
    if (jsonpath_is_singular(path))
        taking->value = value_of_json(nodes.list[0].value, NULL);
    else
        taking->value = (struct value){.kind = VALUE_LIST, .list = nodes};
    return true;
}

static bool take_json(struct taking *taking, const struct capture_step *step)
{
    struct answer *answer = taking->answer;
    struct matching *matching = answer->matching;
    const struct jsonpath *path = step->path;
    struct jsonpath_trouble trouble;
    const char *text = NULL;
    bool done;

    if (!document_root(&answer->document, answer->response, matching)) {
        taking->why = document_trouble(&answer->document, answer->response,
                                       matching->arena);
        return false;
    }
    if (!fill_text(taking, step, &text))
        return false;
    if (path)
        return select_json(taking, step, path, text);
    path = jsonpath_compile(matching->arena, text, &trouble);
    if (!path)
        return matching_fault(matching, step->literal.at, "bad JSONPath: %s",
                              trouble.text);
    done = select_json(taking, step, path, text);
    jsonpath_release(path);
    return done;
}

static void compile_regex(struct compiling *compiling,
                          const struct node *argument,
                          struct capture_step *step)
{
    expression_compile(compiling, argument, &step->literal, &step->pattern);
}

/* What the step before gave, as text: numbers and truth as JSON writes them. */
static bool as_text(struct taking *taking, struct text *text)
{
    const struct value *value = &taking->value;
    struct teller teller =
        teller_open(taking->answer->matching->arena, LIMIT_VALUE_TOLD);
    bool is_scalar = value->kind == VALUE_NUMBER ||
                     (value->kind == VALUE_JSON &&
                      (json_kind(value->json) == JSON_KIND_NUMBER ||
                       json_kind(value->json) == JSON_KIND_BOOLEAN));

    if (value_text(value, text))
        return true;
    if (!is_scalar)
        return miss(taking, "a regular expression only looks at text",
                    (struct text){0});
    tell_value(&teller, value);
    *text = text_of(teller_finish(&teller));
    return true;
}

static bool take_regex(struct taking *taking, const struct capture_step *step)
{
    struct matching *matching = taking->answer->matching;
    struct teller teller = teller_open(matching->arena, LIMIT_VALUE_TOLD);
    struct text text, found;

    if (!as_text(taking, &text))
        return false;
    if (expression_search(matching, step->pattern, &step->literal, text,
                          &found)) {
        taking->value = value_of_text(found);
        return true;
    }
    if (matching->fault.raised)
        return false;
    expression_tell(matching, &step->literal, &teller);
    tell(&teller, " matches nothing in ");
    tell_quoted(&teller, text);
    taking->why = teller_finish(&teller);
    return false;
}

const struct capture_kind body_capture = {
    .is_subject = true, .compile = compile_body, .take = take_body};
const struct capture_kind cookie_capture = {
    .is_subject = true, .compile = compile_text, .take = take_cookie};
const struct capture_kind header_capture = {
    .is_subject = true, .compile = compile_header, .take = take_header};
const struct capture_kind json_capture = {
    .is_subject = true, .compile = compile_json, .take = take_json};
const struct capture_kind regex_capture = {
    .is_transform = true, .compile = compile_regex, .take = take_regex};
const struct capture_kind status_capture = {
    .is_subject = true, .compile = compile_nothing, .take = take_status};
