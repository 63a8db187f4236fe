/* Every ceiling of the example service, in one place; tests/server/demo.sh
 * goes one past those that a client can reach. */
#pragma once

#include <stdint.h>

enum {
    MOST_REQUEST_BYTES = 1 << 20,  /* a request's body, else 413 */
    MOST_DRAINED_BYTES = 64 << 20, /* read and forgotten before we hang up */
    MOST_TODOS = 10000,            /* kept at a time, else 507 */
    MOST_TITLE_BYTES = 1000,       /* of one todo, else 422 */
    MOST_LISTED = 1000,            /* todos in one answer */
    MOST_FLAKY_KEYS = 1000,        /* remembered at a time, else 507 */
    MOST_KEY_BYTES = 64,           /* of one flaky key */
    MOST_FAILURES = 1000,          /* that a flaky key can be asked for */
    MOST_DELAY_S = 60,             /* of one wait */
    MOST_EVENTS = 1000000,         /* lines or events of one stream */
    MOST_REDIRECTS = 100,          /* hops in one chain */
    MOST_URL_BYTES = 8192,         /* in a Location */
    MOST_CONNECTIONS = 60000,      /* open at a time, files permitting */
};

#define MOST_BYTES (UINT64_C(8) << 30) /* of one /bytes answer */
