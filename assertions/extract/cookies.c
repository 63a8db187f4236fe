#include "assertions/cookie.h"
#include "assertions/extract.h"

static void cookies_compile(struct compiling *compiling,
                            const struct extractor *extractor,
                            const struct member *member)
{
    struct members members = extractor_members(compiling, member, 0);

    for (size_t i = 0; i < members.count; i++) {
        const struct member *cookie = &members.list[i];
        enum cookie_field field;
        size_t length = cookie_split(cookie->key, &field);
        bool is_flag = field == COOKIE_SECURE || field == COOKIE_HTTPONLY;
        struct check *check;

        if (extractor_refuse_null(compiling, cookie))
            continue;
        check = check_add_named(compiling, extractor, cookie,
                                is_flag ? DOMAIN_ANY : DOMAIN_TEXT, "cookie");
        if (check->name[length])
            check->name =
                arena_copy_bytes(compiling->arena, cookie->key, length);
        check->field = field;
    }
}

static bool cookies_look(struct answer *answer, const struct check *check,
                         size_t number, struct value *value)
{
    *value = cookie_look(answer->response, text_of(check->name),
                         (enum cookie_field)check->field);
    return number == 0;
}

const struct extractor cookies_extractor = {
    .compile = cookies_compile,
    .look = cookies_look,
};
