/* Any bytes as a file of the time zone database, and any text as a rule. The
 * first eight bytes are the moment. */
#include "specs/zone.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { SECONDS_MOST = 7 * 86400 };

static void expect_good(bool done, const struct zone_offset *offset)
{
    if (done && !memchr(offset->name, '\0', ZONE_NAME))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct zone_offset offset;
    int64_t moment;
    char *text;
    bool done;

    if (size < sizeof(moment))
        return 0;
    memcpy(&moment, data, sizeof(moment));
    /* As now() has made sure: years that people tell. */
    moment %= INT64_C(250000000000);
    data += sizeof(moment);
    size -= sizeof(moment);
    expect_good(zone_read(data, size, moment, &offset), &offset);
    text = must_alloc(size + 1);
    if (size)
        memcpy(text, data, size);
    done = zone_rule(text, moment, &offset);
    expect_good(done, &offset);
    if (done && labs(offset.seconds) > SECONDS_MOST)
        abort();
    free(text);
    return 0;
}
