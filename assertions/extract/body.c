#include "assertions/assertions.h"
#include "assertions/extract.h"

/* The body is held unless everything that is asked of it can be seen while it
 * streams. */
static void body_compile(struct compiling *compiling,
                         const struct extractor *extractor,
                         const struct member *member)
{
    struct check *check =
        check_add(compiling, extractor, member, DOMAIN_TEXT, "body");

    if (!matcher_streams(&check->matcher)) {
        compiling->holds_body = true;
        return;
    }
    compiling->streams_body = true;
    matcher_watch(compiling, &check->matcher);
}

static bool body_look(struct answer *answer, const struct check *check,
                      size_t number, struct value *value)
{
    (void)check;
    if (answer->response->body_held || !answer->probes)
        *value = value_of_text(answer_body(answer->response));
    else
        *value = (struct value){.kind = VALUE_STREAM, .probes = answer->probes};
    return number == 0;
}

const struct extractor body_extractor = {
    .watches = true,
    .compile = body_compile,
    .look = body_look,
};
