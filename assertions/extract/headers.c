#include <string.h>

#include "assertions/assertions.h"
#include "assertions/extract.h"
#include "specs/base/map.h"

/* A name is a token (RFC 9110, section 5.6.2). */
bool header_name_check(const char *name, struct trouble *trouble)
{
    static const char letters[] = "!#$%&'*+-.^_`|~0123456789"
                                  "abcdefghijklmnopqrstuvwxyz"
                                  "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    if (*name && !name[strspn(name, letters)])
        return true;
    trouble_tell(trouble, "no header can be named \"%.200s\"", name);
    trouble->blind = "no header can be named that";
    return false;
}

static bool has_good_name(struct compiling *compiling,
                          const struct member *header)
{
    struct trouble trouble;

    return header_name_check(header->key, &trouble) ||
           spot_fault(compiling->faults, header->key_at, "%s", trouble.text);
}

/* Names are equal in any case, which JSON does not know. */
static bool is_first(struct compiling *compiling, struct map *names,
                     const struct member *header)
{
    char *small = arena_copy(compiling->scratch, header->key);
    const struct member *other;

    for (char *byte = small; *byte; byte++)
        if (*byte >= 'A' && *byte <= 'Z')
            *byte += 'a' - 'A';
    other = map_find(names, small);
    if (!other) {
        map_set(names, small, (void *)(uintptr_t)header);
        return true;
    }
    return spot_fault(compiling->faults, header->key_at,
                      "the header \"%s\" is already in line %u; several "
                      "matchers are written {\"all_of\": [...]}",
                      header->key, spot_place(other->key_at).line);
}

static void headers_compile(struct compiling *compiling,
                            const struct extractor *extractor,
                            const struct member *member)
{
    struct members members =
        extractor_members(compiling, member, MEMBERS_FOLD_CASE);
    struct map names = {0};

    for (size_t i = 0; i < members.count; i++) {
        const struct member *header = &members.list[i];

        if (has_good_name(compiling, header) &&
            is_first(compiling, &names, header) &&
            !extractor_refuse_null(compiling, header))
            check_add_named(compiling, extractor, header, DOMAIN_TEXT,
                            "header");
    }
    map_finish(&names);
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
