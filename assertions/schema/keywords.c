#include <string.h>

#include "assertions/schema/build.h"

#define CORE        VOCABULARY_CORE
#define APPLICATOR  VOCABULARY_APPLICATOR
#define UNEVALUATED VOCABULARY_UNEVALUATED
#define VALIDATION  VOCABULARY_VALIDATION
#define META_DATA   VOCABULARY_META_DATA
#define FORMAT      VOCABULARY_FORMAT
#define CONTENT     VOCABULARY_CONTENT

/* Sorted by name: keyword_find() bisects, and a test holds us to it. Of rows
 * with the same name each is for other drafts. */
static const struct keyword keywords[] = {
    {"$anchor", DRAFTS_SINCE_2019, CORE, HOLDS_NONE, KINDS_STRING, NULL},
    {"$comment", DRAFTS_SINCE_7, CORE, HOLDS_NONE, KINDS_STRING, NULL},
    {"$defs", DRAFTS_SINCE_2019, CORE, HOLDS_MAP, KINDS_OBJECT, NULL},
    {"$dynamicAnchor", DRAFTS_2020, CORE, HOLDS_NONE, KINDS_STRING, NULL},
    {"$dynamicRef", DRAFTS_2020, CORE, HOLDS_NONE, KINDS_STRING,
     compile_dynamic_ref},
    {"$id", DRAFTS_SINCE_6, CORE, HOLDS_NONE, KINDS_STRING, NULL},
    {"$recursiveAnchor", DRAFTS_2019, CORE, HOLDS_NONE, KINDS_BOOLEAN, NULL},
    {"$recursiveRef", DRAFTS_2019, CORE, HOLDS_NONE, KINDS_STRING,
     compile_recursive_ref},
    {"$ref", DRAFTS_ALL, CORE, HOLDS_NONE, KINDS_STRING, compile_ref},
    {"$schema", DRAFTS_ALL, CORE, HOLDS_NONE, KINDS_STRING, NULL},
    {"$vocabulary", DRAFTS_SINCE_2019, CORE, HOLDS_NONE, KINDS_OBJECT, NULL},
    {"additionalItems", DRAFTS_UP_TO_2019, APPLICATOR, HOLDS_SCHEMA,
     KINDS_SCHEMA, NULL}, /* of items */
    {"additionalProperties", DRAFTS_ALL, APPLICATOR, HOLDS_SCHEMA, KINDS_SCHEMA,
     compile_additional_properties},
    {"allOf", DRAFTS_ALL, APPLICATOR, HOLDS_LIST, KINDS_ARRAY, compile_all_of},
    {"anyOf", DRAFTS_ALL, APPLICATOR, HOLDS_LIST, KINDS_ARRAY, compile_any_of},
    {"const", DRAFTS_SINCE_6, VALIDATION, HOLDS_NONE, KINDS_ALL, compile_const},
    {"contains", DRAFTS_SINCE_6, APPLICATOR, HOLDS_SCHEMA, KINDS_SCHEMA,
     compile_contains},
    {"contentEncoding", DRAFTS_SINCE_7, CONTENT, HOLDS_NONE, KINDS_STRING,
     NULL},
    {"contentMediaType", DRAFTS_SINCE_7, CONTENT, HOLDS_NONE, KINDS_STRING,
     NULL},
    {"contentSchema", DRAFTS_SINCE_2019, CONTENT, HOLDS_SCHEMA, KINDS_SCHEMA,
     NULL},
    {"default", DRAFTS_ALL, META_DATA, HOLDS_NONE, KINDS_ALL, NULL},
    {"definitions", DRAFTS_ALL, CORE, HOLDS_MAP, KINDS_OBJECT, NULL},
    {"dependencies", DRAFTS_ALL, APPLICATOR, HOLDS_MAP_OR_NAMES, KINDS_OBJECT,
     compile_dependencies},
    {"dependentRequired", DRAFTS_SINCE_2019, VALIDATION, HOLDS_NONE,
     KINDS_OBJECT, compile_dependent_required},
    {"dependentSchemas", DRAFTS_SINCE_2019, APPLICATOR, HOLDS_MAP, KINDS_OBJECT,
     compile_dependent_schemas},
    {"deprecated", DRAFTS_SINCE_2019, META_DATA, HOLDS_NONE, KINDS_BOOLEAN,
     NULL},
    {"description", DRAFTS_ALL, META_DATA, HOLDS_NONE, KINDS_STRING, NULL},
    {"else", DRAFTS_SINCE_7, APPLICATOR, HOLDS_SCHEMA, KINDS_SCHEMA,
     NULL}, /* of if */
    {"enum", DRAFTS_ALL, VALIDATION, HOLDS_NONE, KINDS_ARRAY, compile_enum},
    {"examples", DRAFTS_SINCE_6, META_DATA, HOLDS_NONE, KINDS_ARRAY, NULL},
    {"exclusiveMaximum", DRAFTS_4, VALIDATION, HOLDS_NONE, KINDS_BOOLEAN,
     NULL}, /* of maximum */
    {"exclusiveMaximum", DRAFTS_SINCE_6, VALIDATION, HOLDS_NONE, KINDS_NUMBER,
     compile_exclusive_maximum},
    {"exclusiveMinimum", DRAFTS_4, VALIDATION, HOLDS_NONE, KINDS_BOOLEAN,
     NULL}, /* of minimum */
    {"exclusiveMinimum", DRAFTS_SINCE_6, VALIDATION, HOLDS_NONE, KINDS_NUMBER,
     compile_exclusive_minimum},
    {"format", DRAFTS_ALL, FORMAT, HOLDS_NONE, KINDS_STRING, compile_format},
    {"id", DRAFTS_4, CORE, HOLDS_NONE, KINDS_STRING, NULL},
    {"if", DRAFTS_SINCE_7, APPLICATOR, HOLDS_SCHEMA, KINDS_SCHEMA, compile_if},
    {"items", DRAFTS_UP_TO_2019, APPLICATOR, HOLDS_SCHEMA_OR_LIST,
     KINDS_SCHEMA | KINDS_ARRAY, compile_items_or_list},
    {"items", DRAFTS_2020, APPLICATOR, HOLDS_SCHEMA, KINDS_SCHEMA,
     compile_items},
    {"maxContains", DRAFTS_SINCE_2019, VALIDATION, HOLDS_NONE, KINDS_NUMBER,
     NULL}, /* of contains */
    {"maxItems", DRAFTS_ALL, VALIDATION, HOLDS_NONE, KINDS_NUMBER,
     compile_max_items},
    {"maxLength", DRAFTS_ALL, VALIDATION, HOLDS_NONE, KINDS_NUMBER,
     compile_max_length},
    {"maxProperties", DRAFTS_ALL, VALIDATION, HOLDS_NONE, KINDS_NUMBER,
     compile_max_properties},
    {"maximum", DRAFTS_ALL, VALIDATION, HOLDS_NONE, KINDS_NUMBER,
     compile_maximum},
    {"minContains", DRAFTS_SINCE_2019, VALIDATION, HOLDS_NONE, KINDS_NUMBER,
     NULL}, /* of contains */
    {"minItems", DRAFTS_ALL, VALIDATION, HOLDS_NONE, KINDS_NUMBER,
     compile_min_items},
    {"minLength", DRAFTS_ALL, VALIDATION, HOLDS_NONE, KINDS_NUMBER,
     compile_min_length},
    {"minProperties", DRAFTS_ALL, VALIDATION, HOLDS_NONE, KINDS_NUMBER,
     compile_min_properties},
    {"minimum", DRAFTS_ALL, VALIDATION, HOLDS_NONE, KINDS_NUMBER,
     compile_minimum},
    {"multipleOf", DRAFTS_ALL, VALIDATION, HOLDS_NONE, KINDS_NUMBER,
     compile_multiple_of},
    {"not", DRAFTS_ALL, APPLICATOR, HOLDS_SCHEMA, KINDS_SCHEMA, compile_not},
    {"oneOf", DRAFTS_ALL, APPLICATOR, HOLDS_LIST, KINDS_ARRAY, compile_one_of},
    {"pattern", DRAFTS_ALL, VALIDATION, HOLDS_NONE, KINDS_STRING,
     compile_text_pattern},
    {"patternProperties", DRAFTS_ALL, APPLICATOR, HOLDS_MAP, KINDS_OBJECT,
     compile_pattern_properties},
    {"prefixItems", DRAFTS_2020, APPLICATOR, HOLDS_LIST, KINDS_ARRAY,
     compile_prefix_items},
    {"properties", DRAFTS_ALL, APPLICATOR, HOLDS_MAP, KINDS_OBJECT,
     compile_properties},
    {"propertyNames", DRAFTS_SINCE_6, APPLICATOR, HOLDS_SCHEMA, KINDS_SCHEMA,
     compile_property_names},
    {"readOnly", DRAFTS_SINCE_7, META_DATA, HOLDS_NONE, KINDS_BOOLEAN, NULL},
    {"required", DRAFTS_ALL, VALIDATION, HOLDS_NONE, KINDS_ARRAY,
     compile_required},
    {"then", DRAFTS_SINCE_7, APPLICATOR, HOLDS_SCHEMA, KINDS_SCHEMA,
     NULL}, /* of if */
    {"title", DRAFTS_ALL, META_DATA, HOLDS_NONE, KINDS_STRING, NULL},
    {"type", DRAFTS_ALL, VALIDATION, HOLDS_NONE, KINDS_STRING | KINDS_ARRAY,
     compile_type},
    {"unevaluatedItems", DRAFTS_SINCE_2019, UNEVALUATED, HOLDS_SCHEMA,
     KINDS_SCHEMA, compile_unevaluated_items},
    {"unevaluatedProperties", DRAFTS_SINCE_2019, UNEVALUATED, HOLDS_SCHEMA,
     KINDS_SCHEMA, compile_unevaluated_properties},
    {"uniqueItems", DRAFTS_ALL, VALIDATION, HOLDS_NONE, KINDS_BOOLEAN,
     compile_unique_items},
    {"writeOnly", DRAFTS_SINCE_7, META_DATA, HOLDS_NONE, KINDS_BOOLEAN, NULL},
};

const struct keyword *keywords_all(size_t *count)
{
    *count = COUNT(keywords);
    return keywords;
}

/* The first row of that name, or of a greater one. */
static size_t first_of(const char *name)
{
    size_t low = 0;
    size_t high = COUNT(keywords);

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (strcmp(keywords[middle].name, name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

const struct keyword *keyword_find(const char *name,
                                   const struct dialect *dialect)
{
    for (size_t i = first_of(name);
         i < COUNT(keywords) && strcmp(keywords[i].name, name) == 0; i++) {
        if (keywords[i].drafts & 1U << dialect->draft &&
            keywords[i].vocabulary & dialect->vocabularies)
            return &keywords[i];
    }
    return NULL;
}
