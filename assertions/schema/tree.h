/* A compiled schema, as the set builds it and run.c walks it. All of it is in
 * the arena of the set. Private to assertions/schema. */
#pragma once

#include "assertions/pattern.h"
#include "assertions/schema/schema.h"
#include "specs/base/map.h"
#include "specs/json.h"

struct run;
struct visit;
struct document;

/* Bits of enum schema_draft: which drafts know a keyword. */
enum drafts {
    DRAFTS_4 = 1 << SCHEMA_DRAFT_4,
    DRAFTS_6 = 1 << SCHEMA_DRAFT_6,
    DRAFTS_7 = 1 << SCHEMA_DRAFT_7,
    DRAFTS_2019 = 1 << SCHEMA_DRAFT_2019,
    DRAFTS_2020 = 1 << SCHEMA_DRAFT_2020,
    DRAFTS_UP_TO_6 = DRAFTS_4 | DRAFTS_6,
    DRAFTS_UP_TO_7 = DRAFTS_UP_TO_6 | DRAFTS_7,
    DRAFTS_UP_TO_2019 = DRAFTS_UP_TO_7 | DRAFTS_2019,
    DRAFTS_SINCE_2019 = DRAFTS_2019 | DRAFTS_2020,
    DRAFTS_SINCE_7 = DRAFTS_7 | DRAFTS_SINCE_2019,
    DRAFTS_SINCE_6 = DRAFTS_6 | DRAFTS_SINCE_7,
    DRAFTS_ALL = DRAFTS_4 | DRAFTS_SINCE_6,
};

/* Groups of keywords, as $vocabulary turns them on (core, section 8.1.2). */
enum vocabulary {
    VOCABULARY_CORE = 1 << 0,
    VOCABULARY_APPLICATOR = 1 << 1,
    VOCABULARY_UNEVALUATED = 1 << 2,
    VOCABULARY_VALIDATION = 1 << 3,
    VOCABULARY_META_DATA = 1 << 4,
    VOCABULARY_FORMAT = 1 << 5,
    VOCABULARY_CONTENT = 1 << 6,
    VOCABULARY_ALL = (1 << 7) - 1,
};

/* What `$schema` decides. */
struct dialect {
    enum schema_draft draft;
    unsigned vocabularies; /* of enum vocabulary */
    bool asserts_format;
};

/* Bits of enum json_kind. */
enum kinds {
    KINDS_NULL = 1 << JSON_KIND_NULL,
    KINDS_BOOLEAN = 1 << JSON_KIND_BOOLEAN,
    KINDS_NUMBER = 1 << JSON_KIND_NUMBER,
    KINDS_STRING = 1 << JSON_KIND_STRING,
    KINDS_ARRAY = 1 << JSON_KIND_ARRAY,
    KINDS_OBJECT = 1 << JSON_KIND_OBJECT,
    KINDS_SCHEMA = KINDS_BOOLEAN | KINDS_OBJECT,
    KINDS_ALL = (1 << 6) - 1,
};

/* A schema that has a URI, and what can be found below it by name (core,
 * section 8.2). */
struct resource {
    const char *uri; /* without fragment */
    struct document *document;
    const struct dialect *dialect;
    struct schema *root;
    struct map *anchors;         /* names to schemas, dynamic ones too */
    struct map *dynamic_anchors; /* those of $dynamicAnchor alone */
    bool is_recursive;           /* $recursiveAnchor of its root */
};

/* That a schema looks at the very value that another one looks at. */
struct beside {
    struct beside *next;
    struct schema *to;
    struct spot at; /* where that is said */
};

enum schema_kind { SCHEMA_CHECKS, SCHEMA_ALWAYS, SCHEMA_NEVER };

struct schema {
    enum schema_kind kind;
    bool collects; /* has unevaluatedProperties or unevaluatedItems */
    bool compiled; /* or about to be */
    size_t check_count;
    const struct check *checks;
    const struct resource *resource;
    struct node written;
    const char *pointer;  /* in its document */
    struct schema *later; /* also to be compiled */
    /* For circle.c. */
    struct beside *beside;
    struct beside *next_beside;
    struct schema *came_from;
    enum { CIRCLE_NEW, CIRCLE_OPEN, CIRCLE_DONE } circle;
};

struct schemas {
    size_t count;
    const struct schema **list;
};

struct names {
    size_t count;
    const char **list;
};

struct pattern_member {
    const struct pattern *pattern;
    const struct schema *schema;
};

/* properties, patternProperties and additionalProperties: they look at the
 * same members in one go. */
struct members_rule {
    struct map *properties; /* names to schemas */
    size_t pattern_count;
    struct pattern_member *patterns;
    const struct schema *additional; /* NULL: any */
    struct spot additional_at;
};

/* items, prefixItems and additionalItems. */
struct items_rule {
    struct schemas prefix;
    const struct schema *rest; /* NULL: any */
    const char *rest_keyword;
    struct spot rest_at;
};

struct contains_rule {
    const struct schema *schema;
    size_t least;
    size_t most;
    bool evaluates; /* unevaluatedItems passes over what it found */
};

struct condition_rule {
    const struct schema *when;
    const struct schema *then; /* NULL: none */
    const struct schema *otherwise;
};

/* What a member's presence asks for: a schema, or other members. */
struct dependent {
    const char *name;
    const struct schema *schema;
    struct names names;
};

struct dependents_rule {
    size_t count;
    struct dependent *list;
};

/* $dynamicRef and $recursiveRef: where they lead unless an outer resource of
 * the path taken knows better. */
struct dynamic_rule {
    const struct schema *schema;
    const char *anchor; /* NULL: recursive */
};

struct values_rule {
    size_t count;
    const json_t **list;
    uint64_t *hashes;
};

struct check;
typedef bool check_fn(struct run *run, const struct check *check,
                      struct visit *visit);

/* One keyword of a schema, to be held against a value. */
struct check {
    check_fn *holds;
    unsigned kinds; /* of the values that it looks at; others pass */
    int order;
    size_t number; /* as written, among those of the same order */
    const char *keyword;
    const struct schema *owner;
    struct spot at;
    json_t *argument; /* what is written behind the keyword */
    union {
        size_t count;
        unsigned types;
        struct names names;
        struct schemas schemas;
        const struct schema *schema;
        const struct pattern *pattern;
        struct members_rule *members;
        struct items_rule *items;
        const struct contains_rule *contains;
        const struct condition_rule *condition;
        const struct dependents_rule *dependents;
        const struct dynamic_rule *dynamic;
        const struct values_rule *values;
    };
};
