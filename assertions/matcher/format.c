/* Texts of a known format: what `format` of JSON Schema names. */
#include <string.h>

#include "assertions/matcher/kind.h"
#include "assertions/schema/formats.h"
#include "assertions/words.h"
#include "specs/json.h"

static void compile_format(struct compiling *compiling,
                           const struct node *argument, struct matcher *matcher)
{
    const char *name = json_string_value(argument->json);
    size_t count;
    const char *const *names = format_names(&count);
    const char *near;

    if (!name) {
        node_fault(compiling->faults, argument,
                   "\"format\" takes a name, as \"uuid\" or \"date-time\"");
        return;
    }
    for (size_t i = 0; i < count; i++)
        if (strcmp(names[i], name) == 0)
            matcher->format = names[i];
    if (matcher->format)
        return;
    near = nearest_name(name, names, count);
    node_fault(compiling->faults, argument, "unknown format \"%s\"%s%s%s", name,
               near ? "; did you mean \"" : "", near ? near : "",
               near ? "\"?" : "");
}

static bool is_utf8(struct text text)
{
    size_t length;

    while (text.length) {
        length = json_character_length(text.bytes, text.length);
        if (!length)
            return false;
        text.bytes += length;
        text.length -= length;
    }
    return true;
}

static bool format_matches(struct matching *matching,
                           const struct matcher *matcher,
                           const struct value *value)
{
    struct text text;

    (void)matching;
    return value_text(value, &text) && is_utf8(text) &&
           format_holds(matcher->format, SCHEMA_DRAFT_UNSET, text.bytes,
                        text.length);
}

static void describe_format(struct matching *matching, struct teller *teller,
                            const struct matcher *matcher)
{
    (void)matching;
    tell(teller, "of the format ");
    tell(teller, matcher->format);
}

const struct matcher_kind format_matcher = {
    .subjects = SUBJECT_TEXT,
    .compile = compile_format,
    .holds = format_matches,
    .describe = describe_format,
};
