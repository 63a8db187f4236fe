/* Where the answer came from, how, and that none came. */
#include "assertions/assertions.h"
#include "assertions/extract.h"

static void compile_text(struct compiling *compiling,
                         const struct extractor *extractor,
                         const struct member *member)
{
    check_add(compiling, extractor, member, DOMAIN_TEXT,
              arena_copy(compiling->arena, member->key));
}

static struct value text_or_absent(const char *words)
{
    return value_of_text(words ? text_of(words) : (struct text){0});
}

static bool url_look(struct answer *answer, const struct check *check,
                     size_t number, struct value *value)
{
    (void)check;
    *value = text_or_absent(answer->response->url);
    return number == 0;
}

static bool ip_look(struct answer *answer, const struct check *check,
                    size_t number, struct value *value)
{
    (void)check;
    *value = text_or_absent(answer->response->ip);
    return number == 0;
}

static bool http_look(struct answer *answer, const struct check *check,
                      size_t number, struct value *value)
{
    (void)check;
    *value = text_or_absent(answer->response->http_version);
    return number == 0;
}

static void redirects_compile(struct compiling *compiling,
                              const struct extractor *extractor,
                              const struct member *member)
{
    check_add(compiling, extractor, member, DOMAIN_COUNT, "redirects");
}

static bool redirects_look(struct answer *answer, const struct check *check,
                           size_t number, struct value *value)
{
    (void)check;
    *value = value_of_number(VALUE_NUMBER, answer->response->redirect_count);
    return number == 0;
}

static void error_compile(struct compiling *compiling,
                          const struct extractor *extractor,
                          const struct member *member)
{
    check_add(compiling, extractor, member, DOMAIN_ARRIVAL, "error");
}

static bool error_look(struct answer *answer, const struct check *check,
                       size_t number, struct value *value)
{
    enum arrival arrival = answer->response->arrival;

    (void)check;
    *value = text_or_absent(arrival == ARRIVED ? NULL : arrival_name(arrival));
    return number == 0;
}

const struct extractor url_extractor = {
    .without_answer = true,
    .compile = compile_text,
    .look = url_look,
};

const struct extractor ip_extractor = {
    .without_answer = true,
    .compile = compile_text,
    .look = ip_look,
};

const struct extractor http_extractor = {
    .compile = compile_text,
    .look = http_look,
};

const struct extractor redirects_extractor = {
    .without_answer = true,
    .compile = redirects_compile,
    .look = redirects_look,
};

const struct extractor error_extractor = {
    .without_answer = true,
    .compile = error_compile,
    .look = error_look,
};
