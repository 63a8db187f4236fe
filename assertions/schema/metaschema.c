/* The metaschemas of all drafts, as their authors wrote them: the files in
 * metaschemas/, whose licence lies beside them. */
#include <string.h>

#include "assertions/schema/set.h"

extern const char metaschema_2019_09[], metaschema_2019_09_applicator[],
    metaschema_2019_09_content[], metaschema_2019_09_core[],
    metaschema_2019_09_format[], metaschema_2019_09_meta_data[],
    metaschema_2019_09_validation[], metaschema_2020_12[],
    metaschema_2020_12_applicator[], metaschema_2020_12_content[],
    metaschema_2020_12_core[], metaschema_2020_12_format_annotation[],
    metaschema_2020_12_format_assertion[], metaschema_2020_12_meta_data[],
    metaschema_2020_12_unevaluated[], metaschema_2020_12_validation[],
    metaschema_draft_04[], metaschema_draft_06[], metaschema_draft_07[];

#define MODERN  "https://json-schema.org/draft/"
#define ANCIENT "http://json-schema.org/"

static const char *const uris[] = {
    ANCIENT "draft-04/schema",
    ANCIENT "draft-06/schema",
    ANCIENT "draft-07/schema",
    MODERN "2019-09/meta/applicator",
    MODERN "2019-09/meta/content",
    MODERN "2019-09/meta/core",
    MODERN "2019-09/meta/format",
    MODERN "2019-09/meta/meta-data",
    MODERN "2019-09/meta/validation",
    MODERN "2019-09/schema",
    MODERN "2020-12/meta/applicator",
    MODERN "2020-12/meta/content",
    MODERN "2020-12/meta/core",
    MODERN "2020-12/meta/format-annotation",
    MODERN "2020-12/meta/format-assertion",
    MODERN "2020-12/meta/meta-data",
    MODERN "2020-12/meta/unevaluated",
    MODERN "2020-12/meta/validation",
    MODERN "2020-12/schema",
};

/* In the order of their URIs. */
static const char *const texts[] = {
    metaschema_draft_04,
    metaschema_draft_06,
    metaschema_draft_07,
    metaschema_2019_09_applicator,
    metaschema_2019_09_content,
    metaschema_2019_09_core,
    metaschema_2019_09_format,
    metaschema_2019_09_meta_data,
    metaschema_2019_09_validation,
    metaschema_2019_09,
    metaschema_2020_12_applicator,
    metaschema_2020_12_content,
    metaschema_2020_12_core,
    metaschema_2020_12_format_annotation,
    metaschema_2020_12_format_assertion,
    metaschema_2020_12_meta_data,
    metaschema_2020_12_unevaluated,
    metaschema_2020_12_validation,
    metaschema_2020_12,
};

_Static_assert(COUNT(uris) == COUNT(texts), "each URI has a text");

const char *const *metaschema_uris(size_t *count)
{
    *count = COUNT(uris);
    return uris;
}

const char *metaschema_text(const char *uri)
{
    for (size_t i = 0; i < COUNT(uris); i++)
        if (strcmp(uris[i], uri) == 0)
            return texts[i];
    return NULL;
}
