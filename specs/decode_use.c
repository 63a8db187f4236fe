/* Requests that others use. */
#include "specs/base/buffer.h"
#include "specs/decode.h"

/* The named request over what the layer holds. */
static void decode_named(struct decoder *decoder, struct named *named,
                         const struct use *use, struct layer *layer)
{
    struct member found[REQUEST_RULES];
    const struct suite *home = decoder->home;
    struct faults *faults = decoder->faults;
    struct faults own = {0};

    decoder->home = named->suite;
    decoder->faults = &own;
    request_decode_over(decoder, &named->value, use, found, layer);
    decoder->home = home;
    decoder->faults = faults;
    faults_add_new(faults, &own);
    faults_finish(&own);
}

void request_use(struct decoder *decoder, const struct node *written,
                 const struct use *outer, struct layer *layer)
{
    const struct suite *home = decoder->home ? decoder->home : decoder->suite;
    struct named *named =
        named_find(NAMED_REQUEST, home, written, outer, decoder->faults);
    struct use use = {outer, named, outer ? outer->depth + 1 : 0};
    struct layer *kept;

    layer->is_broken |= !named || !named->value.json;
    if (layer->is_broken)
        return;
    if (use.depth == LIMIT_USE_DEPTH) {
        node_fault(decoder->faults, written,
                   "named requests use each other more than %d deep here",
                   LIMIT_USE_DEPTH);
        return;
    }
    if (!decoder->shares_layers) {
        decode_named(decoder, named, &use, layer);
        return;
    }
    if (named->layer_suite != decoder->suite) {
        kept = arena_take(&decoder->plan->arena, sizeof(*kept));
        *kept = *layer;
        decode_named(decoder, named, &use, kept);
        named->layer = kept;
        named->layer_suite = decoder->suite;
    }
    *layer = *named->layer;
}

/* The defaults, and for those of a race the test's own request, are decoded
 * once more: what is wrong in them was told the first time. */
void request_use_nothing(struct decoder *decoder, struct layer *layer)
{
    const struct node *const below[] = {&decoder->base_written, decoder->raced};
    const struct suite *home = decoder->home;
    struct faults *faults = decoder->faults;
    struct faults told = {0};
    struct member found[REQUEST_RULES];

    *layer = (struct layer){.manner = {.verify = true}, .has_manner = true};
    decoder->home = NULL;
    decoder->faults = &told;
    decoder->uses_nothing = true;
    for (size_t i = 0; i < COUNT(below); i++)
        if (below[i] && below[i]->json)
            request_decode_over(decoder, below[i], NULL, found, layer);
    decoder->uses_nothing = false;
    decoder->home = home;
    decoder->faults = faults;
    faults_finish(&told);
}

/* Those who will use it may have a base_url though this suite has none. */
void requests_try(struct decoder *decoder)
{
    struct suite *suite = decoder->suite;
    const struct named_list *list = suite->requests;
    struct suite user = *suite;

    if (!list)
        return;
    if (!user.base_url) {
        user.base_url = template_compile(&decoder->scratch,
                                         &(struct node){.json = json_true()},
                                         decoder->faults);
    }
    decoder->suite = &user;
    decoder->shares_layers = false;
    for (size_t i = 0; i < list->count; i++) {
        struct layer layer = layer_below(decoder);
        struct named *named = &list->list[i];
        const struct use use = {.named = named};

        if (named->value.json && named->layer_suite != suite)
            decode_named(decoder, named, &use, &layer);
    }
    decoder->suite = suite;
}
