#include "assertions/value.h"

#include <string.h>

#include "assertions/path_text.h"
#include "assertions/probe.h"
#include "specs/json.h"

struct value value_of_json(json_t *json, const char *path)
{
    return (struct value){
        .kind = json ? VALUE_JSON : VALUE_ABSENT, .path = path, .json = json};
}

struct value value_of_text(struct text text)
{
    return (struct value){.kind = text.bytes ? VALUE_TEXT : VALUE_ABSENT,
                          .text = text};
}

struct value value_of_number(enum value_kind kind, int64_t number)
{
    return (struct value){.kind = kind, .number = number};
}

struct value value_of_date(struct instant instant)
{
    return (struct value){.kind = VALUE_DATE, .instant = instant};
}

static struct text text_of_json(const json_t *json)
{
    return (struct text){json_string_value(json), json_string_length(json)};
}

static bool is_single(const struct value *value)
{
    return value->kind == VALUE_LIST && value->is_selected &&
           value->list.count == 1;
}

bool value_text(const struct value *value, struct text *text)
{
    if (is_single(value)) {
        *text = text_of_json(value->list.list[0].value);
        return true;
    }
    if (value->kind == VALUE_TEXT) {
        *text = value->text;
        return true;
    }
    if (value->kind != VALUE_JSON || json_kind(value->json) != JSON_KIND_STRING)
        return false;
    *text = (struct text){json_string_value(value->json),
                          json_string_length(value->json)};
    return true;
}

bool value_is_list(const struct value *value)
{
    return value->kind == VALUE_LIST ||
           (value->kind == VALUE_JSON && json_is_array(value->json));
}

size_t value_count(const struct value *value)
{
    return value->kind == VALUE_LIST ? value->list.count
                                     : json_array_size(value->json);
}

struct value value_element(const struct value *value, size_t index,
                           struct arena *arena)
{
    const struct jsonpath_node *node;

    if (value->kind == VALUE_JSON) {
        return value_of_json(
            json_array_get(value->json, index),
            value->path ? path_element(arena, value->path, index) : NULL);
    }
    node = &value->list.list[index];
    if (value->is_selected) {
        struct value element = value_of_text(text_of_json(node->value));

        element.path = node->normalized;
        return element;
    }
    return value_of_json(node->value, node->normalized
                                          ? path_short(arena, node->normalized)
                                          : NULL);
}

json_t *value_list_json(const struct value *list)
{
    json_t *array = json_array();

    for (size_t i = 0; i < list->list.count; i++)
        json_array_append(array, list->list.list[i].value);
    return array;
}

json_t *number_read(struct text text)
{
    struct json_trouble trouble;
    json_t *number;

    if (!text.length || !strchr("-0123456789", text.bytes[0]))
        return NULL;
    number = json_read(text.bytes, text.length, 1, 0, &trouble);
    if (number && json_kind(number) == JSON_KIND_NUMBER)
        return number;
    json_decref(number);
    return NULL;
}

static int compare_texts(struct text a, struct text b)
{
    size_t shorter = a.length < b.length ? a.length : b.length;
    int order = shorter ? memcmp(a.bytes, b.bytes, shorter) : 0;

    if (order)
        return order < 0 ? -1 : 1;
    return (a.length > b.length) - (a.length < b.length);
}

static bool compare_number(json_t *number, const json_t *literal, int *order)
{
    if (!number)
        return false;
    *order = json_number_compare(number, literal);
    json_decref(number);
    return true;
}

bool value_compare(const struct value *value, const json_t *literal, int *order)
{
    enum json_kind kind = json_kind(literal);
    struct text text;

    if (kind == JSON_KIND_STRING && value_text(value, &text)) {
        *order =
            compare_texts(text, (struct text){json_string_value(literal),
                                              json_string_length(literal)});
        return true;
    }
    if (kind != JSON_KIND_NUMBER)
        return false;
    if (value->kind == VALUE_NUMBER)
        return compare_number(json_integer(value->number), literal, order);
    if (value->kind == VALUE_TEXT || is_single(value))
        return value_text(value, &text) &&
               compare_number(number_read(text), literal, order);
    if (value->kind != VALUE_JSON || json_kind(value->json) != kind)
        return false;
    *order = json_number_compare(value->json, literal);
    return true;
}

bool value_element_equals(const struct value *list, size_t index,
                          const json_t *literal)
{
    json_t *element = list->list.list[index].value;
    struct value text;

    if (!list->is_selected)
        return json_values_equal(element, literal);
    text = value_of_text(text_of_json(element));
    return literal && value_equals(&text, literal);
}

static bool list_equals(const struct value *list, const json_t *literal)
{
    if (!json_is_array(literal) || json_array_size(literal) != list->list.count)
        return false;
    for (size_t i = 0; i < list->list.count; i++) {
        if (!value_element_equals(list, i, json_array_get(literal, i)))
            return false;
    }
    return true;
}

bool value_equals(const struct value *value, const json_t *literal)
{
    int order;

    if (value->kind == VALUE_JSON)
        return json_values_equal(value->json, literal);
    if (value->kind == VALUE_LIST &&
        (json_is_array(literal) || !is_single(value)))
        return list_equals(value, literal);
    return value_compare(value, literal, &order) && order == 0;
}

static void tell_list(struct teller *teller, const struct jsonpath_nodes *list)
{
    tell(teller, "[");
    for (size_t i = 0; i < list->count && !teller->is_cut; i++) {
        if (i)
            tell(teller, ",");
        tell_json(teller, list->list[i].value);
    }
    tell(teller, "]");
}

/* Less than nothing is a time that has passed. */
static void tell_time(struct teller *teller, int64_t ns)
{
    if (ns < 0)
        tell(teller, "-");
    tell_duration(teller, ns < 0 ? -ns : ns);
}

static void tell_date(struct teller *teller, struct instant instant)
{
    char text[INSTANT_TEXT];

    instant_print(instant, text);
    tell(teller, text);
}

void tell_value(struct teller *teller, const struct value *value)
{
    struct text text;

    switch (value->kind) {
    case VALUE_ABSENT: tell(teller, "nothing there"); break;
    case VALUE_JSON: tell_json(teller, value->json); break;
    case VALUE_TEXT: tell_quoted(teller, value->text); break;
    case VALUE_NUMBER:
        tell_format(teller, "%lld", (long long)value->number);
        break;
    case VALUE_DURATION: tell_time(teller, value->number); break;
    case VALUE_SIZE: tell_size(teller, value->number); break;
    case VALUE_DATE: tell_date(teller, value->instant); break;
    case VALUE_LIST:
        if (value_text(value, &text))
            tell_quoted(teller, text);
        else
            tell_list(teller, &value->list);
        break;
    case VALUE_STREAM: probes_tell(value->probes, teller); break;
    case VALUE_MARKUP: tell(teller, "an XML document"); break;
    }
}
