#include "specs/fields.h"

#include <string.h>

#include "specs/json.h"

enum { NAMES_MOST = 32, WORDS_MOST = 128 };

static const struct {
    enum type type;
    const char *words;
} type_words[] = {
    {TYPE_OBJECT, "an object"},
    {TYPE_ARRAY, "an array"},
    {TYPE_STRING, "a string"},
    {TYPE_NUMBER, "a number"},
    {TYPE_WHOLE, "a whole number"},
    {TYPE_BOOLEAN, "true or false"},
    {TYPE_NULL, "null"},
};

static unsigned types_of(const json_t *value)
{
    switch (json_kind(value)) {
    case JSON_KIND_NULL: return TYPE_NULL;
    case JSON_KIND_BOOLEAN: return TYPE_BOOLEAN;
    case JSON_KIND_NUMBER:
        return json_is_whole(value) ? TYPE_NUMBER | TYPE_WHOLE : TYPE_NUMBER;
    case JSON_KIND_STRING: return TYPE_STRING;
    case JSON_KIND_ARRAY: return TYPE_ARRAY;
    case JSON_KIND_OBJECT: return TYPE_OBJECT;
    }
    return 0;
}

/* As exactly as a type may be asked for. */
static const char *words_of(const json_t *value)
{
    if (json_is_boolean(value))
        return json_is_true(value) ? "true" : "false";
    if (json_kind(value) == JSON_KIND_NUMBER && !json_is_whole(value))
        return "one with a fraction";
    return json_kind_words(value);
}

/* Between a type and those that follow it. */
static const char *separator(unsigned rest)
{
    if (!rest)
        return "";
    return (rest & (rest - 1)) || rest == TYPE_BOOLEAN ? ", " : " or ";
}

/* "an object, a string or a number" */
static void list_types(unsigned types, char words[static WORDS_MOST])
{
    size_t length = 0;

    for (size_t i = 0; i < COUNT(type_words) && length < WORDS_MOST; i++) {
        unsigned rest = types & ~(unsigned)type_words[i].type;

        if (!(types & type_words[i].type))
            continue;
        length += (size_t)snprintf(words + length, WORDS_MOST - length, "%s%s",
                                   type_words[i].words, separator(rest));
        types = rest;
    }
}

bool type_check(const struct node *node, const char *subject, unsigned types,
                struct faults *faults)
{
    unsigned actual = types_of(node->json);
    char words[WORDS_MOST];
    const char *instead = words_of(node->json);

    if (actual & types)
        return true;
    list_types(types, words);
    if (actual == TYPE_NUMBER && !(types & TYPE_WHOLE))
        instead = "a number";
    return node_fault(faults, node, "%s must be %s, not %s", subject, words,
                      instead);
}

const char *text_read(const struct node *node, const char *subject,
                      struct faults *faults)
{
    const char *text;

    if (!node->json || !type_check(node, subject, TYPE_STRING, faults))
        return NULL;
    text = json_string_value(node->json);
    if (json_string_length(node->json) != strlen(text)) {
        spot_fault(faults, node_inside(node, strlen(text), 1),
                   "%s cannot hold a NUL", subject);
        return NULL;
    }
    if (!*text) {
        node_fault(faults, node, "%s is empty", subject);
        return NULL;
    }
    return text;
}

static const struct key_rule *find_rule(const struct key_table *table,
                                        const char *key)
{
    for (size_t i = 0; i < table->count; i++)
        if (strcmp(table->rules[i].name, key) == 0)
            return &table->rules[i];
    return NULL;
}

/* The rule that was most likely meant, or NULL. */
static const struct key_rule *find_nearest(const struct key_table *table,
                                           const char *key)
{
    const char *names[NAMES_MOST];
    const char *near;

    for (size_t i = 0; i < table->count; i++)
        names[i] = table->rules[i].name;
    near = nearest_name(key, names, table->count);
    return near ? find_rule(table, near) : NULL;
}

static bool is_of_suites(const struct key_table *table)
{
    for (size_t i = 0; i < key_table_count; i++)
        if (key_tables[i] == table)
            return true;
    return false;
}

/* Where the key would be right, if it is a key of suites at all. */
static const struct key_table *find_home(const struct key_table *table,
                                         const char *key)
{
    for (size_t i = 0; is_of_suites(table) && i < key_table_count; i++)
        if (key_tables[i]->where && find_rule(key_tables[i], key))
            return key_tables[i];
    return NULL;
}

/* Keys that other tools have, and those that stand for them here. */
static const struct {
    const struct key_table *table;
    const char *key;
    const char *meant;
} habits[] = {
    {&suite_table, "base", "\"base_url\""},
    {&request_table, "body", "\"json\" or \"text\""},
    {&request_table, "data", "\"json\" or \"text\""},
    {&request_table, "params", "\"query\""},
};

static const char *find_habit(const struct key_table *table, const char *key)
{
    for (size_t i = 0; i < COUNT(habits); i++)
        if (habits[i].table == table && strcmp(habits[i].key, key) == 0)
            return habits[i].meant;
    return NULL;
}

static bool tell_suggestion(const struct member *member, const char *name,
                            struct faults *faults)
{
    return spot_fault(faults, member->key_at,
                      "unknown key \"%s\"; did you mean \"%s\"?", member->key,
                      name);
}

/* What is misspelt counts as written: that it is missing need not be told. */
static bool tell_unknown(const struct member *member,
                         const struct key_table *table, struct member *found,
                         struct faults *faults)
{
    static const char *const comment = "$comment";
    const struct key_rule *near = find_nearest(table, member->key);
    const struct key_table *home = find_home(table, member->key);
    const char *habit = find_habit(table, member->key);

    if (habit) {
        return spot_fault(faults, member->key_at,
                          "unknown key \"%s\"; did you mean %s?", member->key,
                          habit);
    }
    if (near && !found[near - table->rules].key)
        found[near - table->rules].key = member->key;
    if (near)
        return tell_suggestion(member, near->name, faults);
    if (nearest_name(member->key, &comment, 1))
        return tell_suggestion(member, comment, faults);
    if (home) {
        const struct key_rule *rule = find_rule(home, member->key);
        bool is_later = rule && rule->status == KEY_LATER;

        return spot_fault(faults, member->key_at,
                          "unknown key \"%s\" in %s; it belongs in \"%s\"%s",
                          member->key, table->what, home->where,
                          is_later ? ", where this version does not support it"
                                   : "");
    }
    return spot_fault(faults, member->key_at, "unknown key \"%s\" in %s",
                      member->key, table->what);
}

static bool read_member(const struct member *member,
                        const struct key_table *table, struct member *found,
                        struct faults *faults)
{
    const struct key_rule *rule = find_rule(table, member->key);
    unsigned types = table->nulls ? TYPE_NULL : 0;
    char subject[WORDS_MOST];

    if (!rule)
        return tell_unknown(member, table, found, faults);
    if (rule->status == KEY_LATER) {
        return spot_fault(faults, member->key_at,
                          "\"%s\" is not supported by this version",
                          member->key);
    }
    found[rule - table->rules] = *member;
    if (types_of(member->value.json) & (types | rule->types))
        return true;
    snprintf(subject, sizeof(subject), "\"%s\"", member->key);
    found[rule - table->rules].value.json = NULL;
    return type_check(&member->value, subject, rule->types, faults);
}

bool fields_read(struct arena *scratch, const struct node *object,
                 const struct key_table *table, struct member *found,
                 struct faults *faults)
{
    struct members members =
        node_members(scratch, object, MEMBERS_SKIP_COMMENTS);
    bool good = true;

    memset(found, 0, table->count * sizeof(*found));
    for (size_t i = 0; i < members.count; i++)
        good &= read_member(&members.list[i], table, found, faults);
    for (size_t i = 0; i < table->count; i++) {
        const struct key_rule *rule = &table->rules[i];

        if (rule->status == KEY_REQUIRED && !found[i].key)
            good = node_fault(faults, object, "%s needs \"%s\"", table->what,
                              rule->name);
    }
    return good;
}
