#include "assertions/assertions.h"
#include "assertions/extract.h"

/* A null that removed nothing expects nothing. */
static void headers_compile(struct compiling *compiling,
                            const struct extractor *extractor,
                            const struct member *member)
{
    struct members members =
        extractor_members(compiling, member, MEMBERS_FOLD_CASE);

    for (size_t i = 0; i < members.count; i++) {
        if (!json_is_null(members.list[i].value.json))
            check_add_named(compiling, extractor, &members.list[i], DOMAIN_TEXT,
                            "header");
    }
}

static bool headers_look(struct answer *answer, const struct check *check,
                         size_t number, struct value *value)
{
    *value =
        value_of_text(answer_header(answer->response, check->name, number));
    return number == 0 || value->kind != VALUE_ABSENT;
}

const struct extractor headers_extractor = {
    .compile = headers_compile,
    .look = headers_look,
};
