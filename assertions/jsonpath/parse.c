#include "assertions/jsonpath/parse.h"

#include <string.h>

#include "specs/json.h"

bool parse_deeper(struct parser *parser)
{
    if (parser->depth == LIMIT_PATH_DEPTH) {
        return lex_complain(&parser->lexer, parser->lexer.at,
                            "filters, parentheses and calls nest deeper than "
                            "%d levels here",
                            LIMIT_PATH_DEPTH);
    }
    parser->depth++;
    return true;
}

struct owned *parse_own(struct parser *parser)
{
    struct owned *owned = arena_take(parser->lexer.arena, sizeof(*owned));

    owned->next = parser->owned;
    parser->owned = owned;
    return owned;
}

/* Behind the start of a slice, at its first colon. */
static bool read_slice(struct lexer *lexer, struct slice *slice)
{
    slice->step = 1;
    (void)lex_accept(lexer, ":");
    lex_skip_blanks(lexer);
    if (lex_is_digit(lex_peek(lexer)) || lex_peek(lexer) == '-') {
        slice->has_end = true;
        if (!lex_integer(lexer, &slice->end))
            return false;
        lex_skip_blanks(lexer);
    }
    if (!lex_accept(lexer, ":"))
        return true;
    lex_skip_blanks(lexer);
    if (lex_is_digit(lex_peek(lexer)) || lex_peek(lexer) == '-')
        return lex_integer(lexer, &slice->step);
    return true;
}

static bool read_index_or_slice(struct lexer *lexer, struct selector *selector)
{
    struct slice slice = {0};
    struct slice *kept;

    if (lex_peek(lexer) != ':') {
        slice.has_start = true;
        if (!lex_integer(lexer, &slice.start))
            return false;
        lex_skip_blanks(lexer);
        if (lex_peek(lexer) != ':') {
            selector->kind = SELECTOR_INDEX;
            selector->index = slice.start;
            return true;
        }
    }
    selector->kind = SELECTOR_SLICE;
    if (!read_slice(lexer, &slice))
        return false;
    kept = arena_take(lexer->arena, sizeof(*kept));
    *kept = slice;
    selector->slice = kept;
    return true;
}

static bool read_filter(struct parser *parser, struct selector *selector)
{
    selector->kind = SELECTOR_FILTER;
    if (!parse_deeper(parser) || !parse_filter(parser, &selector->filter))
        return false;
    parser->depth--;
    return true;
}

static bool read_selector(struct parser *parser, struct selector *selector)
{
    struct lexer *lexer = &parser->lexer;
    char c = lex_peek(lexer);

    if (c == '\'' || c == '"') {
        selector->kind = SELECTOR_NAME;
        return lex_string(lexer, &selector->name);
    }
    if (lex_is_digit(c) || c == '-' || c == ':')
        return read_index_or_slice(lexer, selector);
    if (lex_accept(lexer, "?"))
        return read_filter(parser, selector);
    if (lex_accept(lexer, "*")) {
        selector->kind = SELECTOR_WILDCARD;
        return true;
    }
    return lex_expected(lexer, "a quoted name, an index, a slice, `*` or "
                               "`?` with a filter");
}

/* Behind its "[". */
static bool read_bracketed(struct parser *parser, const struct selector **list)
{
    struct lexer *lexer = &parser->lexer;

    do {
        struct selector *selector = arena_take(lexer->arena, sizeof(*selector));

        *list = selector;
        list = &selector->next;
        lex_skip_blanks(lexer);
        if (!read_selector(parser, selector))
            return false;
        lex_skip_blanks(lexer);
    } while (lex_accept(lexer, ","));
    return lex_accept(lexer, "]") || lex_expected(lexer, "`,` or `]`");
}

/* Behind its dots. */
static bool read_shorthand(struct parser *parser, const struct selector **list,
                           const char *expected)
{
    struct lexer *lexer = &parser->lexer;
    struct selector *selector = arena_take(lexer->arena, sizeof(*selector));

    *list = selector;
    if (lex_accept(lexer, "*")) {
        selector->kind = SELECTOR_WILDCARD;
        return true;
    }
    if (!lex_begins_name(lex_peek(lexer)))
        return lex_expected(lexer, expected);
    selector->kind = SELECTOR_NAME;
    selector->name = lex_name(lexer);
    return true;
}

static bool read_segment(struct parser *parser, struct segment *segment)
{
    struct lexer *lexer = &parser->lexer;

    if (lex_accept(lexer, "["))
        return read_bracketed(parser, &segment->selectors);
    segment->descendant = lex_accept(lexer, "..");
    if (!segment->descendant) {
        (void)lex_accept(lexer, ".");
        return read_shorthand(parser, &segment->selectors, "a name or `*`");
    }
    if (lex_accept(lexer, "["))
        return read_bracketed(parser, &segment->selectors);
    return read_shorthand(parser, &segment->selectors, "a name, `*` or `[`");
}

static bool is_singular(const struct segment *segment)
{
    const struct selector *only = segment->selectors;

    return !segment->descendant && !only->next &&
           (only->kind == SELECTOR_NAME || only->kind == SELECTOR_INDEX);
}

/* Blanks that no segment follows are not the query's, and left. */
bool parse_segments(struct parser *parser, struct query *query)
{
    struct lexer *lexer = &parser->lexer;
    const struct segment **list = &query->segments;
    size_t end = lexer->at;

    query->singular = true;
    lex_skip_blanks(lexer);
    while (lex_peek(lexer) == '.' || lex_peek(lexer) == '[') {
        struct segment *segment = arena_take(lexer->arena, sizeof(*segment));

        if (!read_segment(parser, segment))
            return false;
        *list = segment;
        list = &segment->next;
        query->singular &= is_singular(segment);
        end = lexer->at;
        lex_skip_blanks(lexer);
    }
    lexer->at = end;
    return true;
}

static bool check_text(struct lexer *lexer)
{
    size_t length = strnlen(lexer->text, (size_t)LIMIT_PATH_BYTES + 1);
    size_t step;

    if (length > LIMIT_PATH_BYTES) {
        return lex_complain(lexer, LIMIT_PATH_BYTES,
                            "the query is longer than %d bytes",
                            LIMIT_PATH_BYTES);
    }
    for (size_t at = 0; at < length; at += step) {
        step = json_character_length(lexer->text + at, length - at);
        if (!step)
            return lex_complain(lexer, at, "this is not UTF-8");
    }
    return true;
}

static bool read_whole(struct parser *parser, struct query *query)
{
    struct lexer *lexer = &parser->lexer;
    size_t end;

    if (!check_text(lexer))
        return false;
    if (!lex_accept(lexer, "$"))
        return lex_expected(lexer, "`$`, with which every query begins,");
    if (!parse_segments(parser, query))
        return false;
    if (!lex_peek(lexer))
        return true;
    end = lexer->at;
    lex_skip_blanks(lexer);
    if (!lex_peek(lexer))
        return lex_complain(lexer, end, "no blanks may follow the query");
    return lex_expected(lexer, "`.`, `[` or the end of the query");
}

static void release(const struct owned *owned)
{
    for (; owned; owned = owned->next) {
        json_decref(owned->literal);
        pattern_free(owned->pattern);
    }
}

const struct jsonpath *jsonpath_compile(struct arena *arena, const char *text,
                                        struct jsonpath_trouble *trouble)
{
    struct jsonpath *path = arena_take(arena, sizeof(*path));
    struct parser parser = {
        .lexer = {.text = text, .arena = arena, .trouble = trouble},
    };

    if (!read_whole(&parser, &path->query)) {
        release(parser.owned);
        return NULL;
    }
    path->owned = parser.owned;
    return path;
}

void jsonpath_release(const struct jsonpath *path)
{
    if (path)
        release(path->owned);
}

static void release_item(void *owned)
{
    release(owned);
}

const struct jsonpath *jsonpath_hold(struct arena *arena,
                                     const struct jsonpath *path)
{
    if (path->owned)
        arena_own(arena, path->owned, release_item);
    return path;
}

bool jsonpath_is_singular(const struct jsonpath *path)
{
    return path->query.singular;
}
