/* A schema while its keywords are compiled, and how each of them is. Private
 * to assertions/schema. */
#pragma once

#include "assertions/schema/set.h"

struct build {
    struct schema_set *set;
    struct schema *schema;
    const struct dialect *dialect;
    struct members members;
    struct check *checks;
    size_t count;
    struct members_rule *members_rule; /* where there is one */
};

/* Which of its values are schemas. */
enum holding {
    HOLDS_NONE,
    HOLDS_SCHEMA,
    HOLDS_LIST,           /* an array of them */
    HOLDS_MAP,            /* an object of them */
    HOLDS_SCHEMA_OR_LIST, /* items up to 2019-09 */
    HOLDS_MAP_OR_NAMES,   /* dependencies */
};

/* Adds a check, or tells what is wrong. */
typedef void compile_fn(struct build *build, const struct member *member);

struct keyword {
    const char *name;
    unsigned drafts;
    unsigned vocabulary;
    enum holding holding;
    unsigned kinds;      /* what may be written behind it */
    compile_fn *compile; /* NULL: nothing to check */
};

/* Of that dialect; NULL where it knows none of that name. */
const struct keyword *keyword_find(const char *name,
                                   const struct dialect *dialect);
/* All of them, sorted by name, those of one name behind each other. */
const struct keyword *keywords_all(size_t *count);

/* In what order keywords are held against a value. */
enum order {
    ORDER_TYPE,
    ORDER_VALUE,
    ORDER_MEMBERS,
    ORDER_GROUPS,
    ORDER_UNEVALUATED,
};

/* A check of that keyword, to be filled in. */
struct check *build_check(struct build *build, const struct member *member,
                          check_fn *holds, unsigned kinds);

/* The sibling keyword, NULL where there is none that the dialect knows. */
const struct member *build_sibling(const struct build *build,
                                   const char *keyword);

/* The schema behind the keyword, or behind the name or index below it. */
const struct schema *build_schema(struct build *build, const char *keyword);
const struct schema *build_member_schema(struct build *build,
                                         const char *keyword, const char *name);
struct schemas build_schemas(struct build *build, const struct member *member);

/* The same value is looked at by that schema too. */
void build_beside(struct build *build, const struct schema *to, struct spot at);
void build_beside_all(struct build *build, struct schemas schemas,
                      struct spot at);

/* A whole number from 0 on; false and told. Beyond SIZE_MAX it is that. */
bool build_count(struct build *build, const struct member *member,
                 size_t *count) NODISCARD;

/* Names, none twice; false and told. */
bool build_names(struct build *build, const struct node *written,
                 struct names *names) NODISCARD;

/* Compiled and kept by the arena; NULL, and told inside of what is written. */
const struct pattern *build_pattern(struct build *build,
                                    const struct node *written,
                                    struct text text);

/* By what they look at: numbers.c, texts.c, arrays.c, objects.c, values.c,
 * logic.c, references.c, unevaluated.c. */
compile_fn compile_multiple_of, compile_maximum, compile_minimum,
    compile_exclusive_maximum, compile_exclusive_minimum;
compile_fn compile_max_length, compile_min_length, compile_text_pattern,
    compile_format;
compile_fn compile_max_items, compile_min_items, compile_unique_items,
    compile_items, compile_prefix_items, compile_items_or_list,
    compile_contains;
compile_fn compile_properties, compile_pattern_properties,
    compile_additional_properties, compile_property_names,
    compile_max_properties, compile_min_properties, compile_required,
    compile_dependent_required, compile_dependent_schemas, compile_dependencies;
compile_fn compile_type, compile_enum, compile_const;
compile_fn compile_all_of, compile_any_of, compile_one_of, compile_not,
    compile_if;
compile_fn compile_ref, compile_dynamic_ref, compile_recursive_ref;
compile_fn compile_unevaluated_properties, compile_unevaluated_items;
