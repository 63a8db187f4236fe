/* Moments, and how far they are from the time of the answer itself: there is no
 * clock here. */
#include <string.h>

#include "assertions/extract.h"
#include "assertions/instant.h"
#include "assertions/transform.h"
#include "specs/json.h"

/* A template would leave unknown what the dates beside it must look like. */
static void compile_date(struct compiling *compiling,
                         const struct node *argument,
                         struct transform *transform)
{
    struct trouble trouble;
    const char *form = argument ? json_string_value(argument->json) : NULL;

    if (!argument)
        return;
    if (!form || strlen(form) != json_string_length(argument->json)) {
        node_fault(compiling->faults, argument,
                   "the format of a date is a text, as \"%%d.%%m.%%Y\"");
    } else if (strstr(form, "{{")) {
        node_fault(compiling->faults, argument,
                   "the format of a date cannot hold a template");
    } else if (!instant_form_check(form, &trouble)) {
        node_fault(compiling->faults, argument, "%s", trouble.text);
    } else {
        transform->form = arena_copy(compiling->arena, form);
    }
}

/* Numbers count seconds where the form says so. */
static bool date_text(struct applying *applying, struct text *text)
{
    return applying->transform->form ? transform_written(applying, text)
                                     : transform_text(applying, text);
}

static bool apply_date(struct applying *applying)
{
    struct instant instant;
    struct trouble trouble;
    struct text text;

    if (!date_text(applying, &text))
        return false;
    if (!instant_read(applying->transform->form, text, &instant, &trouble))
        return transform_refuse(applying, "%s", trouble.text);
    applying->made = value_of_date(instant);
    return true;
}

/* When the answer was made, as the server says (RFC 9110, section 6.6.1). */
static bool answer_date(struct applying *applying, struct instant *date)
{
    const struct response *response = applying->matching->response;
    struct trouble trouble;
    struct text text = {0};

    if (response)
        text = answer_header(response, "date", 0);
    if (!text.bytes)
        return transform_refuse(applying,
                                "there is no Date header to measure it by");
    return instant_read("http", text, date, &trouble) ||
           transform_refuse(applying, "the Date header is no date: %s",
                            trouble.text);
}

/* As many nanoseconds as there can be where it is more than 292 years. */
static int64_t time_between(struct instant from, struct instant to)
{
    int64_t ns;

    if (__builtin_mul_overflow(to.s - from.s, NS_PER_S, &ns) ||
        __builtin_add_overflow(ns, (int64_t)(to.ns - from.ns), &ns))
        return to.s > from.s ? INT64_MAX : INT64_MIN + 1;
    return ns;
}

static bool apply_age(struct applying *applying)
{
    struct instant now = {0};

    if (!answer_date(applying, &now))
        return false;
    applying->made = value_of_number(
        VALUE_DURATION, time_between(applying->from->instant, now));
    return true;
}

static bool apply_expires_in(struct applying *applying)
{
    struct instant now = {0};

    if (!answer_date(applying, &now))
        return false;
    applying->made = value_of_number(
        VALUE_DURATION, time_between(now, applying->from->instant));
    return true;
}

static void describe_date(struct matching *matching, struct teller *teller,
                          const struct transform *transform)
{
    (void)matching;
    tell(teller, "a date ");
    if (!transform->form)
        return;
    tell(teller, "written ");
    tell_quoted(teller, text_of(transform->form));
    tell(teller, " ");
}

const struct transform_kind date_transform = {
    .name = "date",
    .result = DOMAIN_DATE,
    .argument = ARGUMENT_POSSIBLE,
    .wanted = "a format",
    .compile = compile_date,
    .apply = apply_date,
    .describe = describe_date,
};

const struct transform_kind age_transform = {
    .name = "age",
    .words = "an age of ",
    .result = DOMAIN_DURATION,
    .apply = apply_age,
};

const struct transform_kind expires_in_transform = {
    .name = "expires_in",
    .words = "expiring in ",
    .result = DOMAIN_DURATION,
    .apply = apply_expires_in,
};
