/* What is wrong, in words. Nothing of this is made unless it is told. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "assertions/path_text.h"
#include "assertions/schema/run.h"
#include "assertions/schema/set.h"
#include "assertions/tell.h"

enum { VALUE_TOLD = 120, NAME_TOLD = 80, NAME_SHORT = 3 };

const char *tell_value_of(struct run *run, const json_t *value)
{
    struct teller teller = teller_open(run->arena, VALUE_TOLD);

    tell_json(&teller, (json_t *)(uintptr_t)value); /* jansson prints so */
    return teller_finish(&teller);
}

const char *tell_name(struct run *run, const char *name)
{
    struct teller teller = teller_open(run->arena, NAME_TOLD);

    tell_quoted(&teller, text_of(name));
    return teller_finish(&teller);
}

const char *tell_nearest(const char *wrong, const char *const *names,
                         size_t count)
{
    return strlen(wrong) < NAME_SHORT ? NULL
                                      : nearest_name(wrong, names, count);
}

const char *tell_count(struct run *run, size_t count, const char *noun)
{
    if (count == 1)
        return arena_print(run->arena, "1 %s", noun);
    if (strcmp(noun, "property") == 0)
        return arena_print(run->arena, "%zu properties", count);
    return arena_print(run->arena, "%zu %ss", count, noun);
}

static const char *path_of(struct arena *arena, const struct visit *visit)
{
    const char *outer;

    if (!visit->outer)
        return "$";
    outer = path_of(arena, visit->outer);
    return visit->key ? path_member(arena, outer, visit->key)
                      : path_element(arena, outer, visit->index);
}

static const char *pointer_of(struct arena *arena, const struct visit *visit)
{
    const char *outer;

    if (!visit->outer)
        return "";
    outer = pointer_of(arena, visit->outer);
    return visit->key ? pointer_add(arena, outer, visit->key)
                      : pointer_add_index(arena, outer, visit->index);
}

static size_t depth_of(const struct visit *visit)
{
    size_t depth = 0;

    for (; visit->outer; visit = visit->outer)
        depth++;
    return depth;
}

/* "user.json#/properties/id", behind which the keyword stands; of a schema
 * that stands in a spec, only what is behind the "#". */
static const char *place_of(struct arena *arena, const struct schema *schema,
                            const char *keyword)
{
    const struct document *document = schema->resource->document;
    const char *name = "";

    if (document->is_shared)
        name = document->path ? document->path : document->uri;
    return arena_print(arena, "%s#%s%s%s", name, schema->pointer,
                       keyword ? "/" : "", keyword ? keyword : "");
}

static const char *words_of(struct run *run, const struct visit *visit,
                            const struct finding *finding)
{
    const char *text = finding->text;

    if (!text)
        text = arena_print(run->arena, "expected %s, found %s",
                           finding->expected, finding->found);
    if (visit->is_name)
        text = arena_print(run->arena, "its name is wrong: %s", text);
    return tell_short(run->arena, text, LIMIT_VALUE_TOLD - 3);
}

static void add_error(struct run *run, const struct visit *visit,
                      const struct finding *finding, const char *place)
{
    struct report *report = run->report;
    struct arena *arena = run->arena;

    report->total++;
    report->list[report->count++] = (struct schema_error){
        .path = tell_short(arena, path_of(arena, visit), LIMIT_VALUE_TOLD - 3),
        .pointer = pointer_of(arena, visit),
        .keyword = finding->keyword,
        .schema = place,
        .at = finding->at,
        .expected = finding->expected,
        .found = finding->found,
        .text = words_of(run, visit, finding),
        .depth = depth_of(visit),
    };
}

bool run_wants(struct run *run)
{
    struct report *report = run->report;

    if (!report || run->fault->raised)
        return false;
    if (report->count < report->most)
        return true;
    report->total++;
    return false;
}

bool run_tell(struct run *run, const struct check *check,
              const struct visit *visit, struct finding finding)
{
    if (!run_wants(run))
        return false;
    if (!finding.found)
        finding.found = tell_value_of(run, visit->value);
    if (!finding.keyword)
        finding.keyword = check->keyword;
    if (!finding.at.source)
        finding.at = check->at;
    add_error(run, visit, &finding,
              place_of(run->arena, check->owner, finding.keyword));
    return false;
}

bool run_expect(struct run *run, const struct check *check,
                const struct visit *visit, const char *format, ...)
{
    char expected[256];
    va_list args;

    if (!run_wants(run))
        return false;
    va_start(args, format);
    vsnprintf(expected, sizeof(expected), format, args);
    va_end(args);
    return run_tell(
        run, check, visit,
        (struct finding){.expected = arena_copy(run->arena, expected)});
}

bool run_never(struct run *run, const struct schema *schema,
               const struct visit *visit)
{
    struct finding finding = {
        .expected = "nothing", .at = schema->written.at, .keyword = "false"};

    if (!run_wants(run))
        return false;
    finding.found = tell_value_of(run, visit->value);
    finding.text = arena_print(run->arena, "nothing is allowed here, found %s",
                               finding.found);
    add_error(run, visit, &finding, place_of(run->arena, schema, NULL));
    return false;
}
