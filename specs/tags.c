/* A node has its operands as a list, so a chain of a thousand `or` is one node
 * with a thousand operands and no deeper than a pair. What nests is
 * parentheses, and those have a limit; so the recursion has it too. */
#include "specs/tags.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "specs/base/buffer.h"

enum node_kind { NODE_TAG, NODE_AND, NODE_OR };

struct tag_expression {
    enum node_kind kind;
    bool is_negated;
    const char *tag; /* NODE_TAG only */
    struct tag_expression *first;
    struct tag_expression *next; /* beside it, in the same list */
};

enum token_kind {
    TOKEN_TAG,
    TOKEN_AND,
    TOKEN_OR,
    TOKEN_NOT,
    TOKEN_OPEN,
    TOKEN_CLOSE,
    TOKEN_END,
};

/* A piece of the text: where it begins and how long it is. */
struct token {
    enum token_kind kind;
    size_t at;
    size_t length;
};

struct reader {
    struct arena *arena;
    const char *label;
    const char *text;
    struct fault *fault;
    struct token token; /* the one that is looked at */
    size_t depth;
};

static bool refuse(const struct reader *reader, const struct token *token,
                   const char *format, ...) PRINTF_LIKE(3, 4);

static bool refuse(const struct reader *reader, const struct token *token,
                   const char *format, ...)
{
    const struct place at =
        place_in_line(reader->text, token->at, token->length);
    char said[256];
    va_list args;

    va_start(args, format);
    vsnprintf(said, sizeof(said), format, args);
    va_end(args);
    return fault_raise(reader->fault, at, "%s: column %u: %s", reader->label,
                       at.column, said);
}

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

static bool ends_word(char byte)
{
    return !byte || is_blank(byte) || byte == '(' || byte == ')' || byte == '"';
}

static bool is_word(const struct reader *reader, const struct token *token,
                    const char *word)
{
    return token->length == strlen(word) &&
           memcmp(reader->text + token->at, word, token->length) == 0;
}

/* Operators as other tools write them would be odd tags, so they are taken for
 * what they most likely are: a mistake. */
static bool check_word(const struct reader *reader, const struct token *token)
{
    static const char *const foreign[][2] = {
        {"&", "and"}, {"&&", "and"}, {"|", "or"}, {"||", "or"}, {"!", "not"}};

    for (size_t i = 0; i < COUNT(foreign); i++) {
        if (is_word(reader, token, foreign[i][0]))
            return refuse(reader, token, "write \"%s\" instead of \"%s\"",
                          foreign[i][1], foreign[i][0]);
    }
    if (reader->text[token->at] == '!') {
        return refuse(reader, token,
                      "write \"not\" instead of \"!\"; a tag that begins so is "
                      "put in quotes");
    }
    return true;
}

static bool read_word(struct reader *reader)
{
    static const struct {
        const char *word;
        enum token_kind kind;
    } operators[] = {{"and", TOKEN_AND}, {"or", TOKEN_OR}, {"not", TOKEN_NOT}};
    struct token *token = &reader->token;

    token->kind = TOKEN_TAG;
    token->length = 0;
    while (!ends_word(reader->text[token->at + token->length]))
        token->length++;
    for (size_t i = 0; i < COUNT(operators); i++)
        if (is_word(reader, token, operators[i].word))
            token->kind = operators[i].kind;
    return check_word(reader, token);
}

static bool read_quoted(struct reader *reader)
{
    struct token *token = &reader->token;
    size_t end = token->at + 1;

    while (reader->text[end] && reader->text[end] != '"')
        end += reader->text[end] == '\\' && reader->text[end + 1] ? 2 : 1;
    token->kind = TOKEN_TAG;
    token->length = end - token->at + (reader->text[end] == '"');
    if (!reader->text[end])
        return refuse(reader, token, "the quotes are not closed");
    if (token->length == 2)
        return refuse(reader, token, "a tag is never empty");
    return true;
}

/* Goes to the next token. */
static bool advance(struct reader *reader)
{
    struct token *token = &reader->token;

    token->at += token->length;
    while (is_blank(reader->text[token->at]))
        token->at++;
    token->length = 1;
    switch (reader->text[token->at]) {
    case '(': token->kind = TOKEN_OPEN; return true;
    case ')': token->kind = TOKEN_CLOSE; return true;
    case '"': return read_quoted(reader);
    case '\0':
        token->kind = TOKEN_END;
        token->length = 0;
        return true;
    default: return read_word(reader);
    }
}

static struct tag_expression *new_node(struct reader *reader,
                                       enum node_kind kind)
{
    struct tag_expression *node = arena_take(reader->arena, sizeof(*node));

    node->kind = kind;
    return node;
}

/* The tag that a token stands for: without its quotes and escapes. */
static const char *tag_of(struct reader *reader)
{
    const char *from = reader->text + reader->token.at;
    char *tag = arena_copy_bytes(reader->arena, from, reader->token.length);
    char *to = tag;

    if (*from != '"')
        return tag;
    for (from = tag + 1; *from != '"'; from++) {
        from += *from == '\\' && (from[1] == '"' || from[1] == '\\');
        *to++ = *from;
    }
    *to = '\0';
    return tag;
}

static struct tag_expression *refuse_operand(struct reader *reader)
{
    const struct token *token = &reader->token;

    if (token->kind == TOKEN_END) {
        refuse(reader, token, "a tag is missing at the end");
    } else {
        refuse(reader, token,
               "expected a tag, \"not\" or \"(\", found \"%.*s\"",
               (int)token->length, reader->text + token->at);
    }
    return NULL;
}

static struct tag_expression *read_list(struct reader *reader,
                                        enum node_kind kind);

static struct tag_expression *read_group(struct reader *reader)
{
    const struct token open = reader->token;
    struct tag_expression *inner;

    if (reader->depth == LIMIT_TAG_DEPTH) {
        refuse(reader, &open, "nested deeper than %d levels", LIMIT_TAG_DEPTH);
        return NULL;
    }
    reader->depth++;
    inner = advance(reader) ? read_list(reader, NODE_OR) : NULL;
    reader->depth--;
    if (inner && reader->token.kind != TOKEN_CLOSE) {
        refuse(reader, &open, "this \"(\" is not closed");
        return NULL;
    }
    return inner && advance(reader) ? inner : NULL;
}

static struct tag_expression *read_operand(struct reader *reader)
{
    struct tag_expression *node = NULL;
    bool is_negated = false;

    while (reader->token.kind == TOKEN_NOT) {
        is_negated = !is_negated;
        if (!advance(reader))
            return NULL;
    }
    if (reader->token.kind == TOKEN_OPEN) {
        node = read_group(reader);
    } else if (reader->token.kind == TOKEN_TAG) {
        node = new_node(reader, NODE_TAG);
        node->tag = tag_of(reader);
        if (!advance(reader))
            return NULL;
    } else {
        return refuse_operand(reader);
    }
    if (node)
        node->is_negated ^= is_negated;
    return node;
}

/* Operands with one operator between them; a single one stands for itself. */
static struct tag_expression *read_list(struct reader *reader,
                                        enum node_kind kind)
{
    enum token_kind between = kind == NODE_OR ? TOKEN_OR : TOKEN_AND;
    struct tag_expression *list = new_node(reader, kind);
    struct tag_expression **end = &list->first;

    for (;;) {
        *end = kind == NODE_OR ? read_list(reader, NODE_AND)
                               : read_operand(reader);
        if (!*end)
            return NULL;
        if (reader->token.kind != between)
            break;
        if (!advance(reader))
            return NULL;
        end = &(*end)->next;
    }
    return list->first->next ? list : list->first;
}

static bool refuse_rest(struct reader *reader)
{
    const struct token *token = &reader->token;
    const char *found = reader->text + token->at;
    int length = (int)token->length;

    if (token->kind == TOKEN_CLOSE)
        return refuse(reader, token, "this \")\" closes nothing");
    if (token->kind == TOKEN_TAG &&
        ((length == 3 && strncasecmp(found, "and", 3) == 0) ||
         (length == 2 && strncasecmp(found, "or", 2) == 0)))
        return refuse(reader, token, "\"%.*s\" is written in small letters",
                      length, found);
    return refuse(reader, token,
                  "expected \"and\" or \"or\", found \"%.*s\"; a tag with "
                  "blanks is put in quotes",
                  length, found);
}

const struct tag_expression *tags_compile(struct arena *arena,
                                          const char *label, const char *text,
                                          struct fault *fault)
{
    struct reader reader = {arena, label, text, fault, .depth = 0};
    const struct tag_expression *expression;

    if (!advance(&reader))
        return NULL;
    expression = read_list(&reader, NODE_OR);
    if (expression && reader.token.kind != TOKEN_END) {
        refuse_rest(&reader);
        return NULL;
    }
    return expression;
}

static bool has_tag(const char *wanted, size_t count, const char *const *tags)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(tags[i], wanted) == 0)
            return true;
    return false;
}

/* The list is decided by the first operand that is what the others cannot
 * mend: a false one of `and`, a true one of `or`. */
bool tags_hold(const struct tag_expression *expression, size_t count,
               const char *const *tags)
{
    bool deciding = expression->kind == NODE_OR;
    bool holds = !deciding;

    if (expression->kind == NODE_TAG)
        return has_tag(expression->tag, count, tags) != expression->is_negated;
    for (const struct tag_expression *operand = expression->first;
         operand && holds != deciding; operand = operand->next)
        holds = tags_hold(operand, count, tags);
    return holds != expression->is_negated;
}

void tags_visit(const struct tag_expression *expression,
                void (*visit)(void *visitor, const char *tag), void *visitor)
{
    if (expression->kind == NODE_TAG)
        visit(visitor, expression->tag);
    for (const struct tag_expression *operand = expression->first; operand;
         operand = operand->next)
        tags_visit(operand, visit, visitor);
}
