/* Query, headers, cookies and form: names with one value or several. */
#include <string.h>

#include "specs/decode.h"

static const struct {
    const char *place; /* for messages */
    unsigned types;
    bool repeats;
    bool is_token; /* names go into a header */
    enum text_use text;
} uses[] = {
    [USE_QUERY] = {"query", TYPE_STRING | TYPE_NUMBER | TYPE_BOOLEAN, true,
                   false, TEXT_PLAIN},
    [USE_HEADERS] = {"headers", TYPE_STRING | TYPE_NUMBER | TYPE_BOOLEAN, true,
                     true, TEXT_HEADER},
    [USE_COOKIES] = {"cookies", TYPE_STRING | TYPE_NUMBER | TYPE_BOOLEAN, false,
                     true, TEXT_COOKIE},
    [USE_FORM] = {"form", TYPE_STRING | TYPE_NUMBER | TYPE_BOOLEAN, true, false,
                  TEXT_ANY},
};

struct listing {
    struct decoder *decoder;
    enum field_use use;
    struct map names; /* of those written, to their spots */
    struct field *list;
    size_t count;
};

/* Header names are the same in any case (RFC 9110, section 5.1). */
static const char *name_of(struct listing *listing, const char *name)
{
    char *small;

    if (listing->use != USE_HEADERS)
        return name;
    small = arena_copy(&listing->decoder->scratch, name);
    for (char *byte = small; *byte; byte++)
        if (*byte >= 'A' && *byte <= 'Z')
            *byte += 'a' - 'A';
    return small;
}

static bool check_name(struct listing *listing, const struct member *written)
{
    struct faults *faults = listing->decoder->faults;
    const char *place = uses[listing->use].place;
    struct spot *at = arena_take(&listing->decoder->scratch, sizeof(*at));
    const struct spot *first;

    if (!*written->key)
        return spot_fault(faults, written->key_at, "a name in \"%s\" is empty",
                          place);
    if (uses[listing->use].is_token && !is_token(written->key)) {
        return spot_fault(faults, written->key_at,
                          "\"%s\" cannot be a name in \"%s\"", written->key,
                          place);
    }
    *at = written->key_at;
    first = map_set(&listing->names, name_of(listing, written->key), at);
    if (first) {
        return spot_fault(faults, written->key_at,
                          "the header \"%s\" is already in line %u; a header "
                          "with several values takes an array",
                          written->key, spot_place(*first).line);
    }
    return true;
}

static const struct template *compile_value(struct listing *listing,
                                            const struct node *value,
                                            const char *key)
{
    struct decoder *decoder = listing->decoder;
    enum field_use use = listing->use;
    char subject[128];

    snprintf(subject, sizeof(subject), "\"%.100s\"", key);
    if (!type_check(value, subject, uses[use].types, decoder->faults))
        return NULL;
    if (!text_look(decoder, value, uses[use].text))
        return NULL;
    return template_compile(&decoder->plan->arena, value, decoder->faults);
}

static void add_field(struct listing *listing, const struct member *written)
{
    struct decoder *decoder = listing->decoder;
    struct nodes values = {1, &written->value};
    const struct template **compiled;
    size_t count = 0;

    if (json_is_array(written->value.json) && uses[listing->use].repeats)
        values = node_elements(&decoder->scratch, &written->value);
    compiled =
        arena_take(&decoder->plan->arena, values.count * sizeof(*compiled));
    for (size_t i = 0; i < values.count; i++) {
        compiled[count] = compile_value(listing, &values.list[i], written->key);
        count += compiled[count] != NULL;
    }
    listing->list[listing->count++] = (struct field){
        .name = arena_copy(&decoder->plan->arena, written->key),
        .value_count = count,
        .values = compiled,
        .at = written->key_at,
    };
}

struct field_list field_list_decode(struct decoder *decoder,
                                    const struct node *written,
                                    const struct field_list *base,
                                    enum field_use use)
{
    struct members members =
        node_members(&decoder->scratch, written, MEMBERS_SKIP_COMMENTS);
    struct listing listing = {.decoder = decoder, .use = use};
    struct field_list list;

    listing.list =
        arena_take(&decoder->plan->arena,
                   (members.count + base->count) * sizeof(*listing.list));
    for (size_t i = 0; i < members.count; i++) {
        if (check_name(&listing, &members.list[i]) &&
            !json_is_null(members.list[i].value.json))
            add_field(&listing, &members.list[i]);
    }
    for (size_t i = 0; i < base->count; i++)
        if (!map_find(&listing.names, name_of(&listing, base->list[i].name)))
            listing.list[listing.count++] = base->list[i];
    map_finish(&listing.names);
    list = (struct field_list){listing.count, listing.list};
    return list;
}
