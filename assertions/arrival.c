#include "assertions/arrival.h"

#include <string.h>

static const char *const names[] = {
    [ARRIVED] = "arrived",
    [ARRIVAL_REQUEST] = "request",
    [ARRIVAL_DNS] = "dns",
    [ARRIVAL_CONNECT] = "connect",
    [ARRIVAL_TLS] = "tls",
    [ARRIVAL_TIMEOUT] = "timeout",
    [ARRIVAL_RESET] = "reset",
    [ARRIVAL_TRUNCATED] = "truncated",
    [ARRIVAL_MALFORMED] = "malformed",
    [ARRIVAL_TOO_LARGE] = "too_large",
    [ARRIVAL_REDIRECTS] = "redirects",
    [ARRIVAL_INTERRUPTED] = "interrupted",
};

const char *arrival_name(enum arrival arrival)
{
    return names[arrival];
}

bool arrival_find(const char *name, enum arrival *result)
{
    for (size_t i = 0; i < COUNT(names); i++) {
        if (strcmp(names[i], name) == 0) {
            *result = (enum arrival)i;
            return true;
        }
    }
    return false;
}

const char *arrival_nearest(const char *wrong)
{
    return nearest_name(wrong, names + 1, COUNT(names) - 1);
}
