/* Requests of one test that are sent at the same time. */
#include "specs/base/buffer.h"
#include "specs/decode.h"

enum { FEWEST_RACERS = 2 };

static size_t check_count(struct decoder *decoder, const struct node *written,
                          double count)
{
    if (count >= FEWEST_RACERS && count <= LIMIT_RACE)
        return (size_t)count;
    node_fault(decoder->faults, written, "a race has from %d to %d requests",
               FEWEST_RACERS, LIMIT_RACE);
    return 0;
}

/* Each lies over the test's own request, as that one does over the defaults. */
static const struct request *decode_racers(struct decoder *decoder,
                                           const struct nodes *all,
                                           const struct request *own)
{
    const struct request base = decoder->base;
    struct node below = decoder->base_json;
    struct node body = decoder->own_json;
    struct request *racers =
        arena_take(&decoder->plan->arena, all->count * sizeof(*racers));

    if (body.over == &decoder->base_json)
        body.over = &below;
    decoder->shares_layers = false;
    decoder->raced = &decoder->own_written;
    decoder->base = *own;
    decoder->base_json = body;
    for (size_t i = 0; i < all->count; i++) {
        racers[i] = *own;
        if (type_check(&all->list[i], "a request of a race", TYPE_OBJECT,
                       decoder->faults))
            racers[i] = request_decode(decoder, &all->list[i]);
    }
    decoder->shares_layers = true;
    decoder->raced = NULL;
    decoder->base = base;
    decoder->base_json = below;
    return racers;
}

void race_decode(struct decoder *decoder, const struct node *written,
                 struct test *test, struct step *step)
{
    struct race *race = arena_take(&decoder->plan->arena, sizeof(*race));
    struct member found[RACE_RULES] = {0};
    const struct node *copies = &found[RACE_COPIES].value;
    const struct node *requests = &found[RACE_REQUESTS].value;
    struct nodes all;

    race->at = written->at;
    fields_read(&decoder->scratch, written, &race_table, found,
                decoder->faults);
    if (copies->json && requests->json) {
        spot_fault(decoder->faults, found[RACE_REQUESTS].key_at,
                   "\"race\" has \"copies\" or \"requests\", not both");
    } else if (requests->json) {
        all = node_elements(&decoder->scratch, requests);
        race->count = check_count(decoder, requests, (double)all.count);
        if (race->count)
            race->requests = decode_racers(decoder, &all, &step->request);
    } else if (copies->json) {
        race->count = check_count(decoder, copies,
                                  json_exact_number(copies->json)
                                      ? 0
                                      : json_number_value(copies->json));
    } else if (!found[RACE_COPIES].key && !found[RACE_REQUESTS].key) {
        node_fault(decoder->faults, written,
                   "\"race\" needs \"copies\" or \"requests\"");
    }
    test->race = step->race = race;
}
