/* RFC 9535, sections 2.3.5 and 2.4: logical expressions, comparisons and
 * function calls, and the rules of section 2.4.3 about what may stand where. */
#include <string.h>

#include "assertions/jsonpath/functions.h"
#include "assertions/jsonpath/iregexp.h"
#include "assertions/jsonpath/parse.h"
#include "specs/json.h"

static bool read_any(struct parser *parser, struct test *test);
static bool read_call(struct parser *parser, struct name name,
                      struct operand *operand);

static bool own_literal(struct parser *parser, struct operand *operand,
                        json_t *literal)
{
    parse_own(parser)->literal = literal;
    operand->kind = OPERAND_LITERAL;
    operand->literal = literal;
    return literal;
}

static bool read_string(struct parser *parser, struct operand *operand)
{
    struct name text;

    if (!lex_string(&parser->lexer, &text))
        return false;
    return own_literal(parser, operand,
                       json_stringn_nocheck(text.bytes, text.length));
}

static bool read_query(struct parser *parser, struct operand *operand)
{
    struct query *query = arena_take(parser->lexer.arena, sizeof(*query));

    query->relative = lex_accept(&parser->lexer, "@");
    if (!query->relative)
        (void)lex_accept(&parser->lexer, "$");
    operand->kind = OPERAND_QUERY;
    operand->query = query;
    return parse_segments(parser, query);
}

static bool is_word(struct name word, const char *text)
{
    return strcmp(word.bytes, text) == 0;
}

/* true, false, null, or the call of a function */
static bool read_word(struct parser *parser, struct operand *operand)
{
    struct lexer *lexer = &parser->lexer;
    struct name word = lex_word(lexer);

    if (word.length && lex_accept(lexer, "("))
        return read_call(parser, word, operand);
    if (!lex_begins_name(lex_peek(lexer))) {
        if (is_word(word, "true"))
            return own_literal(parser, operand, json_true());
        if (is_word(word, "false"))
            return own_literal(parser, operand, json_false());
        if (is_word(word, "null"))
            return own_literal(parser, operand, json_null());
    }
    lexer->at = operand->offset;
    if (word.length) {
        return lex_complain(lexer, lexer->at,
                            "`%.40s` is neither true, false nor null, nor "
                            "does `(` follow; names in a filter are written "
                            "as @.name",
                            word.bytes);
    }
    return lex_expected(lexer, "`@`, `$`, a literal, a function, `!` or `(`");
}

static bool read_operand(struct parser *parser, struct operand *operand)
{
    struct lexer *lexer = &parser->lexer;
    char c = lex_peek(lexer);

    operand->offset = lexer->at;
    if (c == '@' || c == '$')
        return read_query(parser, operand);
    if (c == '\'' || c == '"')
        return read_string(parser, operand);
    if (lex_is_digit(c) || c == '-')
        return own_literal(parser, operand, lex_number(lexer));
    return read_word(parser, operand);
}

/* Whether the operand is one value at most. */
static bool check_value(struct lexer *lexer, const struct operand *operand)
{
    if (operand->kind == OPERAND_QUERY && !operand->query->singular) {
        return lex_complain(lexer, operand->offset,
                            "this may select several nodes; only a query of "
                            "single names and indexes has a value");
    }
    if (operand->kind == OPERAND_CALL &&
        operand->call->function->result != TYPE_VALUE) {
        return lex_complain(lexer, operand->offset,
                            "%s() is true or false by itself and has no value",
                            operand->call->function->name);
    }
    return true;
}

static bool check_argument(struct lexer *lexer, const struct operand *argument,
                           const struct function *function, size_t index)
{
    if (function->parameters[index] == TYPE_VALUE)
        return check_value(lexer, argument);
    if (argument->kind == OPERAND_QUERY)
        return true;
    return lex_complain(lexer, argument->offset,
                        "%s() takes a query here, such as @.name or $..name",
                        function->name);
}

static bool read_argument(struct parser *parser, struct call *call,
                          size_t index)
{
    struct lexer *lexer = &parser->lexer;
    struct operand *argument = &call->arguments[index];

    lex_skip_blanks(lexer);
    if (!read_operand(parser, argument) ||
        !check_argument(lexer, argument, call->function, index))
        return false;
    lex_skip_blanks(lexer);
    if (index + 1 < call->function->parameter_count) {
        return lex_accept(lexer, ",") ||
               lex_complain(lexer, lexer->at, "%s() takes %zu arguments",
                            call->function->name,
                            call->function->parameter_count);
    }
    return true;
}

/* A literal pattern is compiled once. One that is no I-Regexp is allowed, and
 * matches nothing (section 2.4.6). */
static void keep_pattern(struct parser *parser, struct call *call)
{
    const struct operand *pattern = &call->arguments[1];

    if (!function_takes_pattern(call->function) ||
        pattern->kind != OPERAND_LITERAL)
        return;
    call->pattern_is_known = true;
    if (json_kind(pattern->literal) != JSON_KIND_STRING)
        return;
    call->pattern = iregexp_compile(json_string_value(pattern->literal),
                                    json_string_length(pattern->literal));
    parse_own(parser)->pattern = call->pattern;
}

/* Behind the "(". */
static bool read_call(struct parser *parser, struct name name,
                      struct operand *operand)
{
    struct lexer *lexer = &parser->lexer;
    struct call *call = arena_take(lexer->arena, sizeof(*call));

    operand->kind = OPERAND_CALL;
    operand->call = call;
    call->function = function_find(name);
    if (!call->function) {
        return lex_complain(lexer, operand->offset,
                            "there is no function `%.40s`; known are %s",
                            name.bytes, function_names());
    }
    if (!parse_deeper(parser))
        return false;
    for (size_t i = 0; i < call->function->parameter_count; i++)
        if (!read_argument(parser, call, i))
            return false;
    if (!lex_accept(lexer, ")")) {
        return lex_complain(
            lexer, lexer->at, "`)` is expected here: %s() takes %zu argument%s",
            call->function->name, call->function->parameter_count,
            call->function->parameter_count > 1 ? "s" : "");
    }
    parser->depth--;
    keep_pattern(parser, call);
    return true;
}

static bool accept_comparison(struct lexer *lexer, enum comparison *comparison)
{
    static const struct {
        const char *text;
        enum comparison comparison;
    } signs[] = {
        /* the longer of two that begin alike comes first */
        {"==", COMPARE_EQUAL},      {"!=", COMPARE_NOT_EQUAL},
        {"<=", COMPARE_LESS_EQUAL}, {">=", COMPARE_GREATER_EQUAL},
        {"<", COMPARE_LESS},        {">", COMPARE_GREATER},
    };

    for (size_t i = 0; i < COUNT(signs); i++) {
        if (lex_accept(lexer, signs[i].text)) {
            *comparison = signs[i].comparison;
            return true;
        }
    }
    return false;
}

static bool read_comparison(struct parser *parser, struct test *test)
{
    test->kind = TEST_COMPARE;
    if (!check_value(&parser->lexer, &test->left))
        return false;
    lex_skip_blanks(&parser->lexer);
    return read_operand(parser, &test->right) &&
           check_value(&parser->lexer, &test->right);
}

/* An operand that no comparison follows is a test by itself, if it can be. */
static bool become_test(struct lexer *lexer, struct test *test)
{
    const struct operand *operand = &test->left;

    switch (operand->kind) {
    case OPERAND_QUERY: test->kind = TEST_EXISTS; return true;
    case OPERAND_CALL:
        test->kind = TEST_CALL;
        return operand->call->function->result == TYPE_LOGICAL ||
               lex_complain(lexer, operand->offset,
                            "%s() gives a value, which must be compared",
                            operand->call->function->name);
    case OPERAND_LITERAL: break;
    }
    return lex_complain(lexer, operand->offset,
                        "a literal is no test; it must be compared with "
                        "something");
}

/* Behind its "(". */
static bool read_parentheses(struct parser *parser, struct test *test)
{
    struct lexer *lexer = &parser->lexer;
    bool negated = test->negated;

    if (!parse_deeper(parser))
        return false;
    lex_skip_blanks(lexer);
    test->negated = false;
    if (!read_any(parser, test))
        return false;
    test->negated ^= negated;
    lex_skip_blanks(lexer);
    parser->depth--;
    return lex_accept(lexer, ")") ||
           lex_expected(lexer, "`)`, `&&`, `||` or a comparison");
}

static bool read_basic(struct parser *parser, struct test *test)
{
    struct lexer *lexer = &parser->lexer;
    size_t end;

    test->negated = lex_accept(lexer, "!");
    if (test->negated)
        lex_skip_blanks(lexer);
    if (lex_accept(lexer, "("))
        return read_parentheses(parser, test);
    if (!read_operand(parser, &test->left))
        return false;
    end = lexer->at;
    lex_skip_blanks(lexer);
    if (accept_comparison(lexer, &test->comparison)) {
        if (!test->negated)
            return read_comparison(parser, test);
        return lex_complain(lexer, end,
                            "a comparison behind `!` needs parentheses");
    }
    if (lex_peek(lexer) == '=')
        return lex_complain(lexer, lexer->at,
                            "`=` is no comparison; equality is written `==`");
    lexer->at = end;
    return become_test(lexer, test);
}

typedef bool reader(struct parser *parser, struct test *test);

/* One or more, with `sign` between; two or more make a test of `kind`. */
static bool read_list(struct parser *parser, struct test *test,
                      enum test_kind kind, const char *sign, reader *read_part)
{
    struct lexer *lexer = &parser->lexer;
    struct test *part = arena_take(lexer->arena, sizeof(*part));
    const struct test *first = part;
    size_t end;

    if (!read_part(parser, part))
        return false;
    end = lexer->at;
    lex_skip_blanks(lexer);
    if (!lex_accept(lexer, sign)) {
        lexer->at = end;
        *test = *part;
        return true;
    }
    *test = (struct test){.kind = kind, .parts = first};
    do {
        struct test *next = arena_take(lexer->arena, sizeof(*next));

        part->next = next;
        part = next;
        lex_skip_blanks(lexer);
        if (!read_part(parser, part))
            return false;
        end = lexer->at;
        lex_skip_blanks(lexer);
    } while (lex_accept(lexer, sign));
    lexer->at = end;
    return true;
}

static bool read_all(struct parser *parser, struct test *test)
{
    return read_list(parser, test, TEST_ALL, "&&", read_basic);
}

static bool read_any(struct parser *parser, struct test *test)
{
    return read_list(parser, test, TEST_ANY, "||", read_all);
}

bool parse_filter(struct parser *parser, const struct test **result)
{
    struct test *test = arena_take(parser->lexer.arena, sizeof(*test));

    *result = test;
    lex_skip_blanks(&parser->lexer);
    return read_any(parser, test);
}
