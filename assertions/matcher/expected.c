#include "assertions/matcher/expected.h"

#include <string.h>

#include "specs/json.h"

/* The first bytes of what stands for something else. 0xff is taken: such a
 * text is an exact number. */
enum { PLACE_BYTE = 0xfe, GAP_BYTE = 0xfd };

static const char match_key[] = "$match";

static bool begins_with(const json_t *value, unsigned char byte)
{
    return json_is_string(value) && json_string_length(value) &&
           (unsigned char)*json_string_value(value) == byte;
}

json_t *gap_new(void)
{
    const char text[] = {(char)GAP_BYTE};

    return json_stringn_nocheck(text, sizeof(text));
}

bool is_gap(const json_t *value)
{
    return begins_with(value, GAP_BYTE);
}

size_t next_element(const json_t *array, size_t at)
{
    size_t count = json_array_size(array);

    while (at < count && is_gap(json_array_get(array, at)))
        at++;
    return at;
}

static json_t *place_new(uint32_t child)
{
    char text[1 + sizeof(child)] = {(char)PLACE_BYTE};

    memcpy(text + 1, &child, sizeof(child));
    return json_stringn_nocheck(text, sizeof(text));
}

const struct matcher *place_of(const struct comparing *comparing,
                               const json_t *expected)
{
    uint32_t child;

    if (!begins_with(expected, PLACE_BYTE))
        return NULL;
    memcpy(&child, json_string_value(expected) + 1, sizeof(child));
    return &comparing->owner->children[child];
}

/* No deeper than LIMIT_SPEC_DEPTH, or LIMIT_JSON_DEPTH of what filled it. */
static bool some_value(const json_t *value, bool (*is_it)(const json_t *value))
{
    json_t *members = (json_t *)(uintptr_t)value; /* jansson's iterators */
    json_t *member;
    const char *key;
    size_t i;

    if (is_it(value))
        return true;
    json_array_foreach (value, i, member)
        if (some_value(member, is_it))
            return true;
    json_object_foreach (members, key, member)
        if (some_value(member, is_it))
            return true;
    return false;
}

static bool is_place(const json_t *value)
{
    return begins_with(value, PLACE_BYTE);
}

bool holds_places(const struct comparing *comparing, const json_t *expected)
{
    return comparing->owner->child_count && some_value(expected, is_place);
}

/* Objects that have the key, those within each other counted once. */
static uint32_t count_places(const json_t *value)
{
    json_t *members = (json_t *)(uintptr_t)value;
    uint32_t count = 0;
    const char *key;
    json_t *member;
    size_t i;

    if (json_object_get(value, match_key))
        return 1;
    json_array_foreach (value, i, member)
        count += count_places(member);
    json_object_foreach (members, key, member)
        count += count_places(member);
    return count;
}

struct placing {
    struct compiling *compiling;
    struct matcher *matcher; /* child_count: how many are made */
};

static json_t *make_place(struct placing *placing,
                          const struct members *members)
{
    struct compiling *compiling = placing->compiling;
    uint32_t child = placing->matcher->child_count++;
    struct matcher *matcher = &placing->matcher->children[child];
    const struct member *match = &members->list[0];

    while (strcmp(match->key, match_key) != 0)
        match++;
    if (members->count > 1) {
        spot_fault(compiling->faults, match->key_at,
                   "\"$match\" stands alone in its object: it takes the place "
                   "of a value, and all that is expected of it");
    } else if (!json_is_object(match->value.json)) {
        node_fault(compiling->faults, &match->value,
                   "\"$match\" takes an object of matchers");
    } else {
        matcher_compile(compiling, &match->value, DOMAIN_ANY, matcher);
    }
    return place_new(child);
}

/* A new reference to the value with its places, member by member the same: the
 * source's text is walked beside it. */
static json_t *put_places(struct placing *placing, const struct node *node)
{
    struct arena *scratch = placing->compiling->scratch;
    struct members members;
    struct nodes nodes;
    json_t *copy;

    if (!count_places(node->json))
        return json_incref(node->json);
    if (json_is_array(node->json)) {
        copy = json_array();
        nodes = node_elements(scratch, node);
        for (size_t i = 0; i < nodes.count; i++)
            json_array_append_new(copy, put_places(placing, &nodes.list[i]));
        return copy;
    }
    members = node_members(scratch, node, 0);
    if (json_object_get(node->json, match_key))
        return make_place(placing, &members);
    copy = json_object();
    for (size_t i = 0; i < members.count; i++) {
        json_object_set_new_nocheck(
            copy, members.list[i].key,
            put_places(placing, &members.list[i].value));
    }
    return copy;
}

void compile_document(struct compiling *compiling, const struct node *argument,
                      struct matcher *matcher)
{
    struct placing placing = {compiling, matcher};
    struct node placed = *argument;
    uint32_t count = count_places(argument->json);

    if (!count || matcher->domain != DOMAIN_ANY) {
        compile_literal(compiling, argument, &matcher->literal);
        return;
    }
    matcher->children =
        arena_take(compiling->arena, count * sizeof(*matcher->children));
    placed.json = put_places(&placing, argument);
    compile_literal(compiling, &placed, &matcher->literal);
    json_hold(compiling->arena, placed.json);
    json_decref(placed.json);
}

static bool arrays_equal(const struct comparing *comparing,
                         const json_t *expected, const json_t *actual)
{
    size_t expected_count = json_array_size(expected);
    size_t actual_count = json_array_size(actual);
    size_t i = next_element(expected, 0), j = next_element(actual, 0);

    while (i < expected_count && j < actual_count) {
        if (!document_equals(comparing, json_array_get(expected, i),
                             json_array_get(actual, j)))
            return false;
        i = next_element(expected, i + 1);
        j = next_element(actual, j + 1);
    }
    return i == expected_count && j == actual_count;
}

static bool objects_equal(const struct comparing *comparing, json_t *expected,
                          json_t *actual)
{
    size_t met = 0;
    const char *key;
    json_t *member;

    json_object_foreach (expected, key, member) {
        json_t *there = json_object_get(actual, key);

        if (!document_equals(comparing, member, there))
            return false;
        met += there != NULL;
    }
    return met == json_object_size(actual);
}

bool document_equals(const struct comparing *comparing, json_t *expected,
                     json_t *actual)
{
    const struct matcher *place = place_of(comparing, expected);
    struct value value;

    if (place) {
        value = value_of_json(actual, NULL);
        return matcher_holds(comparing->matching, place, &value);
    }
    if (!actual)
        return false;
    if (comparing->owner->child_count || comparing->has_gaps) {
        if (json_is_array(expected) && json_is_array(actual))
            return arrays_equal(comparing, expected, actual);
        if (json_is_object(expected) && json_is_object(actual))
            return objects_equal(comparing, expected, actual);
    }
    return json_values_equal(expected, actual);
}

json_t *document_of(const struct value *value)
{
    if (value->kind == VALUE_JSON)
        return json_incref(value->json);
    return value->kind == VALUE_LIST ? value_list_json(value) : NULL;
}

static json_t *told_place(const struct comparing *comparing,
                          const struct matcher *place)
{
    struct teller teller =
        teller_open(comparing->matching->arena, LIMIT_VALUE_TOLD);

    matcher_describe(comparing->matching, &teller, place);
    return json_pack("{s: s}", match_key, teller_finish(&teller));
}

/* A new reference: what is not looked at is left out. */
static json_t *make_told(const struct comparing *comparing, json_t *value)
{
    const struct matcher *place = place_of(comparing, value);
    const char *key;
    json_t *member, *copy;
    size_t i;

    if (place)
        return told_place(comparing, place);
    if (json_is_array(value)) {
        copy = json_array();
        json_array_foreach (value, i, member)
            if (!is_gap(member))
                json_array_append_new(copy, make_told(comparing, member));
        return copy;
    }
    if (!json_is_object(value))
        return json_incref(value);
    copy = json_object();
    json_object_foreach (value, key, member)
        json_object_set_new_nocheck(copy, key, make_told(comparing, member));
    return copy;
}

void tell_document(const struct comparing *comparing, struct teller *teller,
                   json_t *expected)
{
    json_t *told = NULL;

    if (comparing->owner->child_count || comparing->has_gaps)
        told = make_told(comparing, expected);
    tell_json(teller, told ? told : expected);
    json_decref(told);
}

void describe_document(struct matching *matching, struct teller *teller,
                       const struct matcher *matcher)
{
    struct comparing comparing = {.matching = matching, .owner = matcher};
    struct literal room;
    const struct literal *literal =
        literal_fill(&matcher->literal, matching, &room);

    if (literal && matcher->child_count)
        tell_document(&comparing, teller, literal->json);
    else if (literal)
        tell_literal(teller, literal);
}

const char *told_document(const struct comparing *comparing, json_t *expected)
{
    struct teller teller =
        teller_open(comparing->matching->arena, LIMIT_VALUE_TOLD);

    tell_document(comparing, &teller, expected);
    return teller_finish(&teller);
}

bool count_steps(struct matching *matching, size_t steps, const char *word)
{
    if (matching->fault.raised)
        return false;
    if (steps <= LIMIT_INCLUDES_STEPS - matching->comparisons) {
        matching->comparisons += steps;
        return true;
    }
    return matching_fault(matching, matching->wrong,
                          "\"%s\" gave up after %d comparisons", word,
                          LIMIT_INCLUDES_STEPS);
}
