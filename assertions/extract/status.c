#include <string.h>

#include "assertions/assertions.h"
#include "assertions/extract.h"

/* "any" turns the implied status off and expects nothing. */
static void status_compile(struct compiling *compiling,
                           const struct extractor *extractor,
                           const struct member *member)
{
    const char *text = json_string_value(member->value.json);

    if (!text || strcmp(text, "any") != 0)
        check_add(compiling, extractor, member, DOMAIN_STATUS, "status");
}

static bool status_look(struct answer *answer, const struct check *check,
                        size_t number, struct value *value)
{
    (void)check;
    *value = value_of_number(VALUE_NUMBER, answer->response->status);
    return number == 0;
}

const struct extractor status_extractor = {
    .compile = status_compile,
    .look = status_look,
};
