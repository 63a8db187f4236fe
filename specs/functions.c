#include "specs/functions.h"

#include <stdlib.h>
#include <string.h>

#include "specs/base/clock.h"
#include "specs/json.h"

enum {
    TEXT = 1 << JSON_KIND_STRING,
    NUMBER = 1 << JSON_KIND_NUMBER,
    ANYTHING = TEXT | NUMBER | 1 << JSON_KIND_NULL | 1 << JSON_KIND_BOOLEAN |
               1 << JSON_KIND_ARRAY | 1 << JSON_KIND_OBJECT,
};

#define ANY_VALUE                                                              \
    {                                                                          \
        ANYTHING, "a value"                                                    \
    }
#define WHOLE_NUMBER                                                           \
    {                                                                          \
        NUMBER, "a whole number"                                               \
    }

/* Sorted by name: function_named() bisects, and a test holds us to it. */
static const struct function rows[] = {
    {"base64", 1, 1, FUNCTION_PURE, {ANY_VALUE}, function_base64},
    {"default", 2, 2, FUNCTION_CHOOSES, {ANY_VALUE, ANY_VALUE}, NULL},
    {"env", 1, 1, FUNCTION_ASKS, {{TEXT, "a name"}}, function_env},
    {"file", 1, 1, FUNCTION_ASKS, {{TEXT, "a path"}}, function_file},
    {"hmac_sha256",
     2,
     2,
     FUNCTION_PURE,
     {ANY_VALUE, ANY_VALUE},
     function_hmac_sha256},
    {"json", 1, 1, FUNCTION_PURE, {ANY_VALUE}, function_json},
    {"now",
     0,
     3,
     FUNCTION_VARIES,
     {{TEXT, "a format"}, {TEXT, "an offset"}, {TEXT, "a time zone"}},
     function_now},
    {"random_int",
     2,
     2,
     FUNCTION_VARIES,
     {WHOLE_NUMBER, WHOLE_NUMBER},
     function_random_int},
    {"random_string",
     1,
     2,
     FUNCTION_VARIES,
     {WHOLE_NUMBER, {TEXT, "an alphabet"}},
     function_random_string},
    {"sha256", 1, 1, FUNCTION_PURE, {ANY_VALUE}, function_sha256},
    {"url_encode", 1, 1, FUNCTION_PURE, {ANY_VALUE}, function_url_encode},
    {"uuid", 0, 1, FUNCTION_VARIES, {{NUMBER, "4 or 7"}}, function_uuid},
};

const struct function *function_rows(size_t *count)
{
    *count = COUNT(rows);
    return rows;
}

static int by_name(const void *key, const void *row)
{
    return strcmp(key, ((const struct function *)row)->name);
}

const struct function *function_named(const char *name)
{
    return bsearch(name, rows, COUNT(rows), sizeof(*rows), by_name);
}

const char *function_near(const char *name)
{
    const char *names[COUNT(rows)];

    for (size_t i = 0; i < COUNT(rows); i++)
        names[i] = rows[i].name;
    return nearest_name(name, names, COUNT(rows));
}

void function_tell_arity(const struct function *function, struct buffer *out)
{
    size_t least = function->least, most = function->most;

    if (least == 0)
        (void)!buffer_print(out, "takes at most %zu argument", most);
    else if (least == most)
        (void)!buffer_print(out, "takes %zu argument", most);
    else
        (void)!buffer_print(out, "takes %zu or %zu argument", least, most);
    if (most != 1)
        (void)!buffer_add_text(out, "s");
}

static bool tell_kind(const struct parameter *parameter, json_t *value,
                      struct trouble *trouble)
{
    return trouble_tell(trouble, "%s is expected here, and not %s",
                        parameter->wants, json_kind_words(value));
}

/* Names and formats end at a NUL for all who use them. */
static bool holds_nul(const struct parameter *parameter, const json_t *value)
{
    return parameter->kinds == TEXT &&
           strlen(json_string_value(value)) < json_string_length(value);
}

bool function_check(const struct function *function, json_t *const *arguments,
                    size_t count, struct trouble *trouble)
{
    for (size_t i = 0; i < count; i++) {
        const struct parameter *parameter = &function->parameters[i];

        if (!arguments[i])
            continue;
        if (!(parameter->kinds & 1U << json_kind(arguments[i])))
            tell_kind(parameter, arguments[i], trouble);
        else if (holds_nul(parameter, arguments[i]))
            trouble_tell(trouble, "%s cannot hold a NUL", parameter->wants);
        else
            continue;
        trouble->element = i + 1;
        return false;
    }
    return true;
}

static const struct chance *find_chance(const struct scope *scope)
{
    while (scope && !scope->chance)
        scope = scope->outer;
    return scope ? scope->chance : NULL;
}

struct chance_stream asked_stream(const struct asked *asked)
{
    static const struct chance none;
    const struct chance *chance = find_chance(asked->scope);
    const struct source *source = asked->at.source;

    return chance_open(chance ? chance : &none, source ? source->path : "",
                       asked->at.offset);
}

int64_t asked_wall_ns(const struct asked *asked)
{
    const struct chance *chance = find_chance(asked->scope);

    return chance ? chance->wall_ns : clock_wall_ns();
}

struct buffer asked_text(const struct asked *asked, size_t argument)
{
    struct buffer text = buffer_with_ceiling(INT64_MAX);

    (void)!json_print_bare(asked->arguments[argument], &text);
    return text;
}
