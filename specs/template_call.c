/* Calls in templates: reading them, and their values. */
#include <string.h>

#include "specs/json.h"
#include "specs/template_parts.h"

/* Which ones there are instead: the nearest, or all of them. */
static bool refuse_name(const struct template_text *text, const char *name)
{
    CLEANUP(buffer_finish)
    struct buffer others =
        buffer_with_ceiling(sizeof(((struct fault *)NULL)->text));
    const char *near = function_near(name);
    size_t count;
    const struct function *functions = function_rows(&count);

    if (near)
        (void)!buffer_print(&others, "did you mean \"%s\"?", near);
    for (size_t i = 0; !near && i < count; i++)
        (void)!buffer_print(&others, "%s%s", i ? ", " : "there are ",
                            functions[i].name);
    return template_refuse(text, text->at, strlen(name),
                           "no function \"%s\"; %s", name,
                           buffer_text(&others));
}

static bool refuse_arity(const struct template_text *text,
                         const struct function *function, size_t from,
                         size_t length)
{
    CLEANUP(buffer_finish)
    struct buffer arity =
        buffer_with_ceiling(sizeof(((struct fault *)NULL)->text));

    function_tell_arity(function, &arity);
    return template_refuse(text, from, length, "%s %s", function->name,
                           buffer_text(&arity));
}

/* One more argument, and the comma behind it. */
static bool read_argument(struct template_text *text, struct invocation *call,
                          const struct expression **arguments)
{
    size_t start = text->at;
    const struct expression *argument = template_read_expression(
        text, "here stands a variable, a JSON value, or a call of a function");

    if (!argument)
        return false;
    if (call->count == call->function->most)
        return refuse_arity(text, call->function, start, text->at - start);
    arguments[call->count++] = argument;
    template_skip_blanks(text);
    if (*template_here(text) == ')')
        return true;
    if (*template_here(text) != ',')
        return template_refuse_here(text, "\",\" or \")\" is missing here");
    text->at++;
    template_skip_blanks(text);
    if (*template_here(text) == ')')
        return template_refuse_here(text, "an argument is missing here");
    return true;
}

static bool read_arguments(struct template_text *text, struct invocation *call)
{
    const struct expression **arguments =
        arena_take(text->arena, FUNCTION_ARGUMENTS * sizeof(*arguments));
    size_t open = text->at++;

    call->arguments = arguments;
    template_skip_blanks(text);
    while (*template_here(text) != ')') {
        if (!*template_here(text) || strncmp(template_here(text), "}}", 2) == 0)
            return template_refuse(text, open, 1, "this \"(\" is never closed");
        if (!read_argument(text, call, arguments))
            return false;
    }
    text->at++;
    return true;
}

/* Whatever is in the first argument of default() may be missing, however deep
 * in calls; what the first argument of another default() holds may be already.
 */
static void permit_missing(const struct expression *expression)
{
    struct expression *thawed = (struct expression *)(uintptr_t)expression;
    struct invocation *call = &thawed->call;
    bool chooses;

    if (thawed->kind == EXPRESSION_VARIABLE)
        thawed->variable.may_be_missing = true;
    if (thawed->kind != EXPRESSION_CALL)
        return;
    chooses = call->function->nature == FUNCTION_CHOOSES;
    call->is_optional = call->function->evaluate == function_env;
    for (size_t i = chooses; i < call->count; i++)
        permit_missing(call->arguments[i]);
}

bool template_read_call(struct template_text *text, size_t name_length,
                        struct expression *expression)
{
    struct invocation *call = &expression->call;
    const char *name =
        arena_copy_bytes(text->arena, template_here(text), name_length);
    size_t start = text->at;

    call->function = function_named(name);
    if (!call->function)
        return refuse_name(text, name);
    if (text->depth == LIMIT_CALL_DEPTH) {
        return template_refuse(text, start, name_length,
                               "calls stand in calls more than %d deep here",
                               LIMIT_CALL_DEPTH);
    }
    expression->at = node_inside(text->node, start, name_length);
    text->at += name_length;
    template_skip_blanks(text);
    text->depth++;
    if (!read_arguments(text, call))
        return false;
    text->depth--;
    if (call->count < call->function->least)
        return refuse_arity(text, call->function, start, text->at - start);
    if (call->function->nature == FUNCTION_CHOOSES)
        permit_missing(call->arguments[0]);
    return expression_settle(expression, text->arena, text->faults);
}

/* At the argument that is wrong. */
static bool raise_trouble(const struct expression *expression,
                          const struct trouble *trouble, struct fault *fault)
{
    struct spot at = expression->at;

    if (trouble->element)
        at = expression->call.arguments[trouble->element - 1]->at;
    return fault_raise(fault, spot_place(at), "%s", trouble->text);
}

/* The arguments are evaluated, and there. */
static json_t *call_function(const struct expression *expression,
                             const struct asked *asked, struct fault *fault)
{
    const struct invocation *call = &expression->call;
    struct trouble trouble = {0};
    json_t *value = NULL;

    if (!function_check(call->function, asked->arguments, asked->count,
                        &trouble)) {
        raise_trouble(expression, &trouble, fault);
        return NULL;
    }
    value = call->function->evaluate(asked, &trouble);
    if (!value && !call->is_optional)
        raise_trouble(expression, &trouble, fault);
    return value;
}

/* An argument that is missing makes the call missing. */
static json_t *evaluate_call(const struct expression *expression,
                             const struct scope *scope, struct fault *fault)
{
    const struct invocation *call = &expression->call;
    json_t *arguments[FUNCTION_ARGUMENTS] = {0};
    struct asked asked = {
        .arguments = arguments, .scope = scope, .at = expression->at};
    json_t *value = NULL;

    if (call->function->nature == FUNCTION_CHOOSES) {
        value = expression_evaluate(call->arguments[0], scope, fault);
        return value || fault->raised
                   ? value
                   : expression_evaluate(call->arguments[1], scope, fault);
    }
    while (asked.count < call->count) {
        json_t *argument =
            expression_evaluate(call->arguments[asked.count], scope, fault);

        if (!argument)
            break;
        arguments[asked.count++] = argument;
    }
    if (asked.count == call->count)
        value = call_function(expression, &asked, fault);
    for (size_t i = 0; i < asked.count; i++)
        json_decref(arguments[i]);
    return value;
}

/* Calls do not nest deeper than LIMIT_CALL_DEPTH. */
json_t *expression_evaluate(const struct expression *expression,
                            const struct scope *scope, struct fault *fault)
{
    switch (expression->kind) {
    case EXPRESSION_VARIABLE:
        return json_incref(need_find(&expression->variable, scope, fault));
    case EXPRESSION_LITERAL: return json_incref(expression->literal);
    case EXPRESSION_CALL: return evaluate_call(expression, scope, fault);
    }
    return NULL;
}

/* How many of the arguments are literals, which are put into `values`. */
static size_t find_literals(const struct invocation *call,
                            json_t *values[static FUNCTION_ARGUMENTS])
{
    size_t count = 0;

    for (size_t i = 0; i < call->count; i++) {
        if (call->arguments[i]->kind != EXPRESSION_LITERAL)
            continue;
        values[i] = call->arguments[i]->literal;
        count++;
    }
    return count;
}

/* What time and chance give is looked at and forgotten. */
bool expression_settle(struct expression *expression, struct arena *arena,
                       struct faults *faults)
{
    struct invocation *call = &expression->call;
    enum function_nature nature = call->function->nature;
    json_t *literals[FUNCTION_ARGUMENTS] = {0};
    bool is_known =
        find_literals(call, literals) == call->count && nature != FUNCTION_ASKS;
    json_auto_t *value = NULL;
    struct trouble trouble;
    struct fault fault = {0};

    if (!function_check(call->function, literals, call->count, &trouble))
        raise_trouble(expression, &trouble, &fault);
    else if (is_known)
        value = evaluate_call(expression, NULL, &fault);
    if (fault.raised)
        return faults_add(faults, fault.at, "%s", fault.text);
    if (value && nature != FUNCTION_VARIES) {
        expression->kind = EXPRESSION_LITERAL;
        expression->literal = json_hold(arena, value);
    }
    return true;
}
