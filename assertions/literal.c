#include "assertions/literal.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "assertions/arrival.h"
#include "specs/json.h"

json_t *matching_keep(struct matching *matching, json_t *value)
{
    if (matching->keep_count == 1) {
        json_t *first = matching->keep;

        matching->keep = json_array();
        json_array_append_new(matching->keep, first);
    }
    if (matching->keep_count == 0)
        matching->keep = value;
    else
        json_array_append_new(matching->keep, value);
    matching->keep_count++;
    return value;
}

bool matching_fault(struct matching *matching, struct spot spot,
                    const char *format, ...)
{
    char text[sizeof(matching->fault.text)];
    va_list args;

    va_start(args, format);
    vsnprintf(text, sizeof(text), format, args);
    va_end(args);
    if (!matching->fault.raised)
        matching->wrong = spot;
    return fault_raise(&matching->fault, spot_place(spot), "%s", text);
}

/* A number as text, for those who read units; "" when it is none. */
static const char *unit_text(const json_t *json, struct buffer *room)
{
    if (json_kind(json) == JSON_KIND_STRING)
        return json_string_value(json);
    if (json_kind(json) != JSON_KIND_NUMBER || !json_print(json, room))
        return "";
    return buffer_text(room);
}

static bool read_amount(struct literal *literal)
{
    struct buffer room = buffer_with_ceiling(LIMIT_VALUE_TOLD);
    const char *text = unit_text(literal->json, &room);
    uint64_t bytes = 0;
    bool done;

    if (literal->domain == DOMAIN_DURATION) {
        done = read_duration(text, &literal->amount);
    } else {
        done = read_size(text, &bytes) && bytes <= INT64_MAX;
        literal->amount = (int64_t)bytes;
    }
    buffer_finish(&room);
    return done;
}

/* 200, or what a template made of it, "200"; "2xx". */
static bool read_status(struct literal *literal)
{
    uint64_t status = 0;
    const char *text;

    if (json_kind(literal->json) == JSON_KIND_NUMBER) {
        double number = json_number_value(literal->json);

        if (!json_is_whole(literal->json) || number < 100 || number > 999)
            return false;
        literal->amount = (int64_t)number;
        return true;
    }
    if (json_kind(literal->json) != JSON_KIND_STRING)
        return false;
    text = json_string_value(literal->json);
    if (text[0] >= '1' && text[0] <= '5' && strcasecmp(text + 1, "xx") == 0) {
        literal->amount = text[0] - '0';
        literal->is_class = true;
        return true;
    }
    if (strlen(text) != 3 || !read_count(text, 999, &status) || status < 100)
        return false;
    literal->amount = (int64_t)status;
    return true;
}

static bool read_digest(const json_t *json, enum digest_kind kind)
{
    size_t length = digest_hex(kind);

    return json_kind(json) == JSON_KIND_STRING &&
           json_string_length(json) == length &&
           strspn(json_string_value(json), "0123456789abcdefABCDEF") == length;
}

/* As the form says or, whatever that is, as dates are known by their look. */
static bool read_date(const struct literal *literal, struct instant *instant,
                      struct trouble *trouble)
{
    CLEANUP(buffer_finish)
    struct buffer room = buffer_with_ceiling(LIMIT_VALUE_TOLD);
    const char *form = literal->form;
    struct text text = text_of(unit_text(literal->json, &room));
    struct trouble why = {0}, unheard;

    if (form && instant_read(form, text, instant, &why))
        return true;
    if (json_kind(literal->json) == JSON_KIND_STRING &&
        instant_read(NULL, text, instant, form ? &unheard : &why))
        return true;
    trouble_tell(trouble,
                 "a date is wanted here, as \"2026-11-21\" or "
                 "\"2026-11-21T09:30:00Z\"%s%.200s",
                 *why.text ? ": " : "", why.text);
    trouble->blind = "this is no date";
    return false;
}

static bool read_arrival(const json_t *json, struct trouble *trouble)
{
    enum arrival arrival;
    const char *near;

    if (json_kind(json) != JSON_KIND_STRING)
        return trouble_tell(trouble,
                            "an error is named by a text, as \"timeout\"");
    if (arrival_find(json_string_value(json), &arrival) && arrival != ARRIVED)
        return true;
    near = arrival_nearest(json_string_value(json));
    trouble_tell(trouble, "no error \"%.64s\"%s%s%s", json_string_value(json),
                 near ? "; did you mean \"" : "", near ? near : "",
                 near ? "\"?" : "");
    trouble->blind = "no error has that name";
    return false;
}

static bool read_text(const json_t *json, struct trouble *trouble)
{
    enum json_kind kind = json_kind(json);

    if (kind == JSON_KIND_STRING || kind == JSON_KIND_NUMBER)
        return true;
    if (kind == JSON_KIND_ARRAY) {
        return trouble_tell(trouble,
                            "a text is never an array; one of several is "
                            "written {\"in\": [...]}");
    }
    return trouble_tell(trouble, "a text is never %s %s",
                        kind == JSON_KIND_OBJECT ? "an" : "a",
                        json_kind_name(kind));
}

static bool read_domain(struct literal *literal, struct trouble *trouble)
{
    const json_t *json = literal->json;
    struct instant instant;

    switch (literal->domain) {
    case DOMAIN_ANY: return true;
    case DOMAIN_TEXT: return read_text(json, trouble);
    case DOMAIN_STATUS:
        return read_status(literal) ||
               trouble_tell(trouble,
                            "a status is a number from 100 to 999, or a "
                            "text like \"2xx\"");
    case DOMAIN_COUNT:
        return json_kind(json) == JSON_KIND_NUMBER ||
               trouble_tell(trouble, "a count is compared with a number");
    case DOMAIN_DURATION:
        return read_amount(literal) ||
               trouble_tell(trouble,
                            "a duration is a text like \"500ms\", or a "
                            "number of milliseconds");
    case DOMAIN_SIZE:
        return read_amount(literal) ||
               trouble_tell(trouble,
                            "a size is a text like \"10MB\", or a number "
                            "of bytes");
    case DOMAIN_NUMBER:
        return json_kind(json) == JSON_KIND_NUMBER ||
               trouble_tell(trouble, "a number is compared with a number");
    case DOMAIN_DATE: return read_date(literal, &instant, trouble);
    case DOMAIN_SHA256:
        return read_digest(json, DIGEST_SHA256) ||
               trouble_tell(trouble, "a sha256 has 64 hexadecimal digits");
    case DOMAIN_MD5:
        return read_digest(json, DIGEST_MD5) ||
               trouble_tell(trouble, "an md5 has 32 hexadecimal digits");
    case DOMAIN_ARRIVAL: return read_arrival(json, trouble);
    }
    return false;
}

bool literal_read(struct literal *literal, json_t *json,
                  struct trouble *trouble)
{
    literal->json = json;
    return read_domain(literal, trouble) &&
           (!literal->accepts || literal->accepts(literal, trouble));
}

struct literal literal_element(const struct literal *list, size_t i)
{
    struct literal element = {
        .at = list->at, .domain = list->elements, .form = list->form};
    struct trouble trouble;

    (void)!literal_read(&element, json_array_get(list->json, i), &trouble);
    return element;
}

const struct literal *literal_fill(const struct literal *literal,
                                   struct matching *matching,
                                   struct literal *room)
{
    struct trouble trouble;
    json_t *json;

    if (!literal->template)
        return literal;
    if (!matching->fault.raised)
        matching->wrong = literal->at;
    json = template_fill(literal->template, matching->scope, &matching->fault);
    if (!json)
        return NULL;
    *room = (struct literal){
        .at = literal->at,
        .form = literal->form,
        .accepts = literal->accepts,
        .domain = literal->domain,
        .elements = literal->elements,
    };
    if (literal_read(room, matching_keep(matching, json), &trouble))
        return room;
    matching_fault(matching, literal->at, "%s", trouble.text);
    return NULL;
}

bool domain_is_amount(enum domain domain)
{
    return domain == DOMAIN_DURATION || domain == DOMAIN_SIZE ||
           domain == DOMAIN_STATUS;
}

static bool equals_digest(const json_t *json, const struct value *value)
{
    struct text text;

    return value_text(value, &text) &&
           text.length == json_string_length(json) &&
           strncasecmp(text.bytes, json_string_value(json), text.length) == 0;
}

static bool compare_date(const struct literal *literal,
                         const struct value *value, int *order)
{
    struct instant instant;
    struct trouble trouble;

    if (value->kind != VALUE_DATE || !read_date(literal, &instant, &trouble))
        return false;
    *order = instant_compare(value->instant, instant);
    return true;
}

struct value literal_value(const struct literal *literal)
{
    struct instant instant;
    struct trouble trouble;

    if (domain_is_amount(literal->domain))
        return value_of_number(VALUE_NUMBER, literal->amount);
    if (literal->domain == DOMAIN_DATE &&
        read_date(literal, &instant, &trouble))
        return value_of_date(instant);
    return value_of_json(literal->json, NULL);
}

bool literal_equals(const struct literal *literal, const struct value *value)
{
    int order;

    if (domain_is_amount(literal->domain))
        return literal->amount ==
               (literal->is_class ? value->number / 100 : value->number);
    if (literal->domain == DOMAIN_DATE)
        return compare_date(literal, value, &order) && order == 0;
    if (literal->domain == DOMAIN_SHA256 || literal->domain == DOMAIN_MD5)
        return equals_digest(literal->json, value);
    return value_equals(value, literal->json);
}

bool literal_compare(const struct literal *literal, const struct value *value,
                     int *order)
{
    if (literal->domain == DOMAIN_DATE)
        return compare_date(literal, value, order);
    if (!domain_is_amount(literal->domain))
        return value_compare(value, literal->json, order);
    *order =
        (value->number > literal->amount) - (value->number < literal->amount);
    return true;
}

/* "500ms" as written; a bare number with its unit. */
static void tell_amount(struct teller *teller, const struct literal *literal)
{
    bool is_number = json_kind(literal->json) == JSON_KIND_NUMBER;

    if (!is_number)
        tell(teller, json_string_value(literal->json));
    else if (literal->domain == DOMAIN_SIZE)
        tell_size(teller, literal->amount);
    else if (literal->domain == DOMAIN_DURATION)
        tell_duration(teller, literal->amount);
    else
        tell_format(teller, "%lld", (long long)literal->amount);
}

void tell_literal(struct teller *teller, const struct literal *literal)
{
    if (domain_is_amount(literal->domain))
        tell_amount(teller, literal);
    else if (literal->domain == DOMAIN_ARRIVAL)
        tell(teller, json_string_value(literal->json));
    else
        tell_json(teller, literal->json);
}
