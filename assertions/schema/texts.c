/* Validation, section 6.3 and 7. */
#include <string.h>

#include "assertions/schema/build.h"
#include "assertions/schema/formats.h"
#include "assertions/schema/run.h"

static struct text text_in(const json_t *value)
{
    return (struct text){json_string_value(value), json_string_length(value)};
}

/* Characters (RFC 8259), not bytes. */
static size_t count_characters(struct text text)
{
    size_t count = 0;

    for (size_t i = 0; i < text.length; i++)
        count += ((unsigned char)text.bytes[i] & 0xc0) != 0x80;
    return count;
}

static bool tell_length(struct run *run, const struct check *check,
                        const struct visit *visit, const char *words)
{
    struct finding finding = {0};

    if (!run_wants(run))
        return false;
    finding.expected = arena_print(run->arena, "%s %s", words,
                                   tell_count(run, check->count, "character"));
    finding.found = arena_print(run->arena, "%zu: %s",
                                count_characters(text_in(visit->value)),
                                tell_value_of(run, visit->value));
    return run_tell(run, check, visit, finding);
}

/* A text has no more characters than bytes, and a fourth of them at least. */
static bool is_short(struct run *run, const struct check *check,
                     struct visit *visit)
{
    struct text text = text_in(visit->value);

    return text.length <= check->count ||
           count_characters(text) <= check->count ||
           tell_length(run, check, visit, "at most");
}

static bool is_long(struct run *run, const struct check *check,
                    struct visit *visit)
{
    struct text text = text_in(visit->value);

    return text.length / 4 >= check->count ||
           count_characters(text) >= check->count ||
           tell_length(run, check, visit, "at least");
}

static bool has_pattern(struct run *run, const struct check *check,
                        struct visit *visit)
{
    return run_pattern(run, check->pattern, text_in(visit->value)) ||
           (run_wants(run) && run_expect(run, check, visit, "a match for %s",
                                         tell_value_of(run, check->argument)));
}

static bool has_format(struct run *run, const struct check *check,
                       struct visit *visit)
{
    struct text text = text_in(visit->value);
    const char *name = json_string_value(check->argument);

    return format_holds(name, check->owner->resource->dialect->draft,
                        text.bytes, text.length) ||
           run_expect(run, check, visit, "the format %s", name);
}

static void compile_length(struct build *build, const struct member *member,
                           check_fn *holds)
{
    size_t count;

    if (build_count(build, member, &count))
        build_check(build, member, holds, KINDS_STRING)->count = count;
}

void compile_max_length(struct build *build, const struct member *member)
{
    compile_length(build, member, is_short);
}

void compile_min_length(struct build *build, const struct member *member)
{
    compile_length(build, member, is_long);
}

void compile_text_pattern(struct build *build, const struct member *member)
{
    build_check(build, member, has_pattern, KINDS_STRING)->pattern =
        build_pattern(build, &member->value, text_in(member->value.json));
}

/* A format that nobody knows is a remark (section 7.2.3). */
void compile_format(struct build *build, const struct member *member)
{
    enum schema_formats formats = build->set->options->formats;
    bool asserts =
        formats == SCHEMA_FORMATS_ASSERT ||
        (formats == SCHEMA_FORMATS_BY_DRAFT && build->dialect->asserts_format);

    if (asserts && format_known(json_string_value(member->value.json)))
        build_check(build, member, has_format, KINDS_STRING);
}
