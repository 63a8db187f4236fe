/* The whole body as a JSON Schema says: `json` with the matcher `schema`. */
#include "assertions/extract.h"
#include "assertions/matcher/kind.h"

static void schema_compile(struct compiling *compiling,
                           const struct extractor *extractor,
                           const struct member *member)
{
    struct member own = *member;

    own.value.over = NULL;
    compiling->holds_body = true;
    check_add_kind(compiling, extractor, &own, &schema_matcher);
}

static bool schema_look(struct answer *answer, const struct check *check,
                        size_t number, struct value *value)
{
    (void)check;
    if (number)
        return false;
    *value = value_of_json(
        document_root(&answer->document, answer->response, answer->matching),
        "$");
    return true;
}

const struct extractor schema_extractor = {
    .of_document = DOCUMENT_JSON,
    .compile = schema_compile,
    .look = schema_look,
};
