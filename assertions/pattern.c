#include "assertions/pattern.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "specs/base/buffer.h"

struct pattern {
    pcre2_code *code;
    pcre2_match_context *limits; /* never changed, so threads may share it */
};

/* \C could cut a character in two, which PCRE2 itself calls dangerous. */
enum {
    OPTIONS = PCRE2_UTF | PCRE2_MATCH_INVALID_UTF | PCRE2_NEVER_BACKSLASH_C
};

static pcre2_match_context *make_limits(void)
{
    pcre2_match_context *limits = pcre2_match_context_create(NULL);

    if (limits) {
        pcre2_set_match_limit(limits, LIMIT_PATTERN_STEPS);
        pcre2_set_heap_limit(limits, LIMIT_PATTERN_HEAP_KB);
    }
    return limits;
}

struct pattern *pattern_compile(const char *text, size_t length,
                                struct pattern_trouble *trouble)
{
    struct pattern *pattern;
    pcre2_code *code;
    PCRE2_SIZE offset;
    int error;

    code =
        pcre2_compile((PCRE2_SPTR)text, length, OPTIONS, &error, &offset, NULL);
    if (!code) {
        PCRE2_UCHAR message[sizeof(trouble->text)] = "";

        pcre2_get_error_message(error, message, sizeof(message));
        snprintf(trouble->text, sizeof(trouble->text), "%s",
                 (const char *)message);
        trouble->offset = offset < length ? offset : length;
        return NULL;
    }
    pattern = must_alloc(sizeof(*pattern));
    pattern->code = code;
    pattern->limits = make_limits();
    return pattern;
}

/* Where PCRE2 was built without JIT this does nothing, and the interpreter
 * matches just as well. */
void pattern_optimize(struct pattern *pattern)
{
    pcre2_jit_compile(pattern->code, PCRE2_JIT_COMPLETE);
}

void pattern_free(struct pattern *pattern)
{
    if (!pattern)
        return;
    pcre2_match_context_free(pattern->limits);
    pcre2_code_free(pattern->code);
    free(pattern);
}

static void release(void *pattern)
{
    pattern_free(pattern);
}

struct pattern *pattern_hold(struct arena *arena, struct pattern *pattern)
{
    arena_own(arena, pattern, release);
    return pattern;
}

void pattern_freep(struct pattern **pattern)
{
    pattern_free(*pattern);
    *pattern = NULL;
}

static struct text group_text(const pcre2_match_data *match, uint32_t group,
                              struct text subject)
{
    PCRE2_SIZE *offsets =
        pcre2_get_ovector_pointer((pcre2_match_data *)(uintptr_t)match);
    size_t start = offsets[2 * group], end = offsets[2 * group + 1];

    if (start == PCRE2_UNSET || end < start)
        return (struct text){subject.bytes, 0};
    return (struct text){subject.bytes + start, end - start};
}

/* Machine code works on a small fixed stack. Where that is too small, the
 * interpreter takes over: it is slower, and bounded by the heap limit. */
static int run(const struct pattern *pattern, struct text subject,
               uint32_t options, pcre2_match_data *match)
{
    PCRE2_SPTR bytes = (PCRE2_SPTR)(subject.bytes ? subject.bytes : "");
    int result;

    /* Both are only missing when memory is: see must_alloc(). */
    assert(match && pattern->limits);
    result = pcre2_match(pattern->code, bytes, subject.length, 0, options,
                         match, pattern->limits);
    if (result == PCRE2_ERROR_JIT_STACKLIMIT)
        result = pcre2_match(pattern->code, bytes, subject.length, 0,
                             options | PCRE2_NO_JIT, match, pattern->limits);
    return result;
}

static enum pattern_outcome outcome_of(int result)
{
    if (result >= 0)
        return PATTERN_FOUND;
    return result == PCRE2_ERROR_NOMATCH ? PATTERN_MISSED : PATTERN_GAVE_UP;
}

enum pattern_outcome pattern_search(const struct pattern *pattern,
                                    struct text subject, struct text *found)
{
    pcre2_match_data *match =
        pcre2_match_data_create_from_pattern(pattern->code, NULL);
    int result = run(pattern, subject, 0, match);

    if (result > 0 && found)
        *found = group_text(match, pcre2_get_ovector_count(match) > 1, subject);
    pcre2_match_data_free(match);
    return outcome_of(result);
}

void pattern_room_finish(struct pattern_room *room)
{
    pcre2_match_data_free(room->match);
    room->match = NULL;
}

enum pattern_outcome pattern_try(const struct pattern *pattern,
                                 struct text subject,
                                 enum pattern_extent extent,
                                 struct pattern_room *room)
{
    uint32_t options =
        extent == PATTERN_WHOLE ? PCRE2_ANCHORED | PCRE2_ENDANCHORED : 0;

    if (!room->match)
        room->match = pcre2_match_data_create(1, NULL);
    return outcome_of(run(pattern, subject, options, room->match));
}

/* PCRE2 knows the letters of Unicode, and changes their case in substitutes. */
static bool substitute_lower(struct text text, char *room, size_t *length)
{
    static const char all[] = "(?s).+", lower[] = "\\L$0";
    int error;
    PCRE2_SIZE offset;
    pcre2_code *code = pcre2_compile((PCRE2_SPTR)all, PCRE2_ZERO_TERMINATED,
                                     PCRE2_UTF, &error, &offset, NULL);
    int result;

    assert(code);
    result = pcre2_substitute(code, (PCRE2_SPTR)text.bytes, text.length, 0,
                              PCRE2_SUBSTITUTE_EXTENDED, NULL, NULL,
                              (PCRE2_SPTR)lower, PCRE2_ZERO_TERMINATED,
                              (PCRE2_UCHAR *)room, length);
    pcre2_code_free(code);
    return result >= 0;
}

char *pattern_lower(struct arena *arena, struct text text, size_t *length)
{
    /* The counterpart of a letter may be twice as long: U+023A, U+2C65. */
    size_t room = 2 * text.length + 1;
    char *lower = arena_take(arena, room);

    *length = room;
    if (substitute_lower(text, lower, length))
        return lower;
    for (size_t i = 0; i < text.length; i++) {
        bool is_capital = text.bytes[i] >= 'A' && text.bytes[i] <= 'Z';

        lower[i] = (char)(text.bytes[i] + (is_capital ? 'a' - 'A' : 0));
    }
    *length = text.length;
    return lower;
}
