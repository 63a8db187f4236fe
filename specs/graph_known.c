/* What templates become is known at load where all that they name is constant:
 * then it is looked at as if it had been written. */
#include <string.h>

#include "specs/graph.h"
#include "specs/variables.h"

enum { WRITTEN_MOST = 100, VALUE_MOST = 200 }; /* bytes that are shown */

bool known_is_kept(const struct known *known, const char *name)
{
    for (size_t i = 0; i < known->kept_count; i++)
        if (strcmp(known->kept[i].name, name) == 0)
            return true;
    return false;
}

/* What cannot be found was told when its name was resolved. */
static bool is_known(const struct known *known, struct needs needs)
{
    const struct suite *suite = known->graph->suite;

    for (size_t i = 0; i < needs.count; i++) {
        const struct need *need = &needs.list[i];
        json_t *value = json_object_get(suite->constants, need->name);
        struct fault fault = {0};

        if (known_is_kept(known, need->name))
            return false;
        if ((!value || !template_follow(need, value, &fault)) &&
            !need->may_be_missing)
            return false;
    }
    return !suite_stands_in(suite, needs);
}

/* Whether a mistake was told of the text there, or of a part of it: one is
 * enough. */
static bool is_told(const struct faults *faults, struct place at)
{
    for (size_t i = 0; i < faults->count; i++) {
        const struct place *other = &faults->faults[i].at;

        if (other->path == at.path && other->line == at.line &&
            other->column >= at.column && other->column < at.column + at.width)
            return true;
    }
    return false;
}

static void tell(const struct known *known, struct spot at, const char *text)
{
    struct faults *faults = known->graph->faults;
    struct place place = spot_place(at);

    if (graph_is_news(known->graph, at, text) && !is_told(faults, place))
        faults_add(faults, place, "%s", text);
}

/* That it is too long, or that a function cannot do with what it is given. */
static void tell_unfilled(const struct known *known,
                          const struct template *template,
                          const struct fault *fault)
{
    struct needs needs = template_needs(template);
    const struct suite *suite = known->graph->suite;
    struct faults *faults = known->graph->faults;
    const char *text = fault->text;

    if (suite_hides(suite, text, strlen(text)))
        text = "this cannot be filled with what it names";
    if (!fault->at.path && needs.count)
        tell(known, needs.list->at, text);
    else if (fault->at.path && !is_told(faults, fault->at))
        faults_add(faults, fault->at, "%s", text);
}

/* What is known before the run. */
static struct scope known_scope(const struct known *known)
{
    const struct suite *suite = known->graph->suite;

    return (struct scope){.values = suite->constants, .suite = suite};
}

json_t *known_value(const struct known *known, const struct template *template)
{
    struct scope scope = known_scope(known);
    struct fault fault = {0};
    json_auto_t *value = NULL;

    if (!is_known(known, template_needs(template)))
        return NULL;
    value = template_fill(template, &scope, &fault);
    if (!value)
        tell_unfilled(known, template, &fault);
    return template_varies(template) ? NULL : TAKE(value);
}

bool known_pattern(const struct known *known, const struct template *template,
                   struct buffer *out)
{
    struct scope scope = known_scope(known);
    struct fault fault = {0};

    if (!is_known(known, template_needs(template)))
        return false;
    if (template_fill_pattern(template, &scope, out, &fault))
        return !template_varies(template);
    tell_unfilled(known, template, &fault);
    return false;
}

static bool hides(const struct suite *suite, const json_t *value)
{
    const char *key;
    json_t *member;
    size_t i;

    if (json_is_string(value))
        return suite_hides(suite, json_string_value(value),
                           json_string_length(value));
    json_array_foreach (value, i, member)
        if (hides(suite, member))
            return true;
    json_object_foreach ((json_t *)(uintptr_t)value, key, member)
        if (hides(suite, member))
            return true;
    return false;
}

/* "{{status}}" with its quotes; of what is no text, "this". */
static const char *tell_written(struct arena *arena, const json_t *written)
{
    return json_is_string(written)
               ? json_print_short(arena, written, WRITTEN_MOST)
               : "this";
}

void known_tell(const struct known *known, const struct template *template,
                struct spot at, const json_t *value,
                const struct trouble *trouble)
{
    const struct suite *suite = known->graph->suite;
    struct arena *arena = &known->graph->scratch;
    const struct template *element = NULL;
    const char *written;

    if (trouble->element)
        element = template_element(template, trouble->element - 1);
    if (element && template_spot(element).source) {
        template = element;
        value = json_array_get(value, trouble->element - 1);
        at = template_spot(element);
    }
    written = tell_written(arena, template_written(template));
    if (hides(suite, value)) {
        tell(known, at,
             arena_print(arena, "%s is wrong once it is filled; %s", written,
                         trouble->blind ? trouble->blind : trouble->text));
    } else {
        tell(known, at,
             arena_print(arena, "%s is %s here; %s", written,
                         json_print_short(arena, value, VALUE_MOST),
                         trouble->text));
    }
}

/* As a text, since a text is what will be sent. */
static void check_text(const struct known *known,
                       const struct template *template, enum text_use use,
                       const struct buffer *text)
{
    struct trouble trouble;
    json_auto_t *value = NULL;

    if (text_check(use, buffer_text(text), text->length,
                   known->home ? known->home : known->graph->suite, &trouble))
        return;
    value = json_stringn_nocheck(buffer_text(text), text->length);
    known_tell(known, template, template_spot(template), value, &trouble);
}

/* What a body becomes is not looked at: it holds everything. */
static void check_calls(const struct known *known,
                        const struct template *template)
{
    struct scope scope = known_scope(known);
    struct fault fault = {0};
    json_auto_t *value = NULL;

    if (!template_holds_calls(template) ||
        !is_known(known, template_needs(template)))
        return;
    value = template_fill(template, &scope, &fault);
    if (!value)
        tell_unfilled(known, template, &fault);
}

void known_check(const struct known *known, const struct template *template,
                 enum text_use use)
{
    CLEANUP(buffer_finish)
    struct buffer text = buffer_with_ceiling(LIMIT_TEMPLATE_BYTES);
    struct scope scope = known_scope(known);
    struct fault fault = {0};

    if (use == TEXT_ANY) {
        check_calls(known, template);
        return;
    }
    if (!is_known(known, template_needs(template)) ||
        !template_look_once(template))
        return;
    if (!template_fill_text(template, &scope, &text, &fault))
        tell_unfilled(known, template, &fault);
    else if (!template_varies(template))
        check_text(known, template, use, &text);
}
