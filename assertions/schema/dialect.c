#include <string.h>

#include "assertions/schema/set.h"
#include "assertions/schema/uri.h"

/* By their own `$schema`, without what people add to it or leave out. */
static const struct standard {
    const char *uri; /* behind "http://" or "https://", before "#" */
    struct dialect dialect;
} standards[] = {
    {"json-schema.org/draft-04/schema", {SCHEMA_DRAFT_4, VOCABULARY_ALL, true}},
    {"json-schema.org/draft-06/schema", {SCHEMA_DRAFT_6, VOCABULARY_ALL, true}},
    {"json-schema.org/draft-07/schema", {SCHEMA_DRAFT_7, VOCABULARY_ALL, true}},
    {"json-schema.org/draft/2019-09/schema",
     {SCHEMA_DRAFT_2019, VOCABULARY_ALL, false}},
    {"json-schema.org/draft/2020-12/schema",
     {SCHEMA_DRAFT_2020, VOCABULARY_ALL, false}},
};

/* Behind "https://json-schema.org/draft/2020-12/vocab/" or that of 2019-09,
 * whose "applicator" has the keywords of "unevaluated" too. */
static const struct {
    const char *name;
    unsigned turns_on;
} vocabularies[] = {
    {"2019-09/vocab/applicator",
     VOCABULARY_APPLICATOR | VOCABULARY_UNEVALUATED},
    {"2019-09/vocab/content", VOCABULARY_CONTENT},
    {"2019-09/vocab/core", VOCABULARY_CORE},
    {"2019-09/vocab/format", VOCABULARY_FORMAT},
    {"2019-09/vocab/meta-data", VOCABULARY_META_DATA},
    {"2019-09/vocab/validation", VOCABULARY_VALIDATION},
    {"2020-12/vocab/applicator", VOCABULARY_APPLICATOR},
    {"2020-12/vocab/content", VOCABULARY_CONTENT},
    {"2020-12/vocab/core", VOCABULARY_CORE},
    {"2020-12/vocab/format-annotation", VOCABULARY_FORMAT},
    {"2020-12/vocab/format-assertion", VOCABULARY_FORMAT},
    {"2020-12/vocab/meta-data", VOCABULARY_META_DATA},
    {"2020-12/vocab/unevaluated", VOCABULARY_UNEVALUATED},
    {"2020-12/vocab/validation", VOCABULARY_VALIDATION},
};

const struct dialect *dialect_default(const struct schema_set *set)
{
    enum schema_draft draft =
        set->options->draft ? set->options->draft : SCHEMA_DRAFT_2020;

    return &standards[draft - SCHEMA_DRAFT_4].dialect;
}

static const struct dialect *find_standard(const char *uri)
{
    size_t length = strcspn(uri, "#");

    if (strncmp(uri, "http", 4) == 0 && length > 8)
        uri += uri[4] == 's' ? 5 : 4;
    length = strcspn(uri, "#");
    if (strncmp(uri, "://", 3) != 0 || (uri[length] && uri[length + 1]))
        return NULL;
    uri += 3;
    length -= 3;
    for (size_t i = 0; i < COUNT(standards); i++) {
        if (strlen(standards[i].uri) == length &&
            strncmp(standards[i].uri, uri, length) == 0)
            return &standards[i].dialect;
    }
    return NULL;
}

/* 0 for one that nobody knows. */
static unsigned vocabulary_of(const char *uri)
{
    static const char before[] = "https://json-schema.org/draft/";
    size_t length = strlen(before);

    if (strncmp(uri, before, length) != 0)
        return 0;
    for (size_t i = 0; i < COUNT(vocabularies); i++)
        if (strcmp(vocabularies[i].name, uri + length) == 0)
            return vocabularies[i].turns_on;
    return 0;
}

/* Whether the vocabulary makes `format` fail: in 2020-12 by its name, in
 * 2019-09 where it is required. */
static bool asserts(const char *uri, bool is_required)
{
    size_t length = strlen(uri);

    return (length > 17 &&
            strcmp(uri + length - 17, "/format-assertion") == 0) ||
           (is_required && strstr(uri, "2019-09/vocab/format"));
}

/* Core, section 8.1.2. One that we must understand and do not is refused. */
static void read_vocabularies(struct schema_set *set,
                              const struct node *metaschema,
                              struct dialect *dialect, const struct node *named)
{
    json_t *list = json_object_get(metaschema->json, "$vocabulary");
    const char *uri;
    json_t *required;

    if (!json_is_object(list) || dialect->draft < SCHEMA_DRAFT_2019)
        return;
    dialect->vocabularies = VOCABULARY_CORE;
    json_object_foreach (list, uri, required) {
        unsigned turned_on = vocabulary_of(uri);

        if (!turned_on && json_is_true(required)) {
            node_fault(set->faults, named,
                       "its metaschema requires the vocabulary \"%s\", which "
                       "is not known here",
                       uri);
        }
        dialect->vocabularies |= turned_on;
        dialect->asserts_format |= asserts(uri, json_is_true(required));
    }
}

/* A metaschema that somebody wrote: what its own `$schema` says, less the
 * vocabularies that it leaves out. */
static const struct dialect *read_dialect(struct schema_set *set,
                                          struct document *document,
                                          const struct node *named,
                                          const char *uri)
{
    const struct resource *metaschema =
        resource_find(set, document, uri, named);
    struct dialect *dialect = arena_take(set->arena, sizeof(*dialect));

    *dialect = *(metaschema ? metaschema->dialect : dialect_default(set));
    map_set(set->dialects, uri, dialect);
    if (metaschema)
        read_vocabularies(set, &metaschema->root->written, dialect, named);
    return dialect;
}

const struct dialect *dialect_find(struct schema_set *set,
                                   struct document *document,
                                   const struct node *named)
{
    const char *written = json_string_value(named->json);
    const struct dialect *dialect = find_standard(written);
    const char *fragment;
    const char *uri;

    if (dialect)
        return dialect;
    uri = uri_split(set->arena, uri_resolve(set->arena, document->uri, written),
                    &fragment);
    dialect = map_find(set->dialects, uri);
    if (dialect)
        return dialect;
    /* Until it is read, for one that is its own metaschema. */
    map_set(set->dialects, uri,
            (struct dialect *)(uintptr_t)dialect_default(set));
    return read_dialect(set, document, named, uri);
}
