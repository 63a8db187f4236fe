/* One request on its way through the service. */
#pragma once

#include <microhttpd.h>

#include "specs/base/base.h"
#include "specs/base/buffer.h"

struct call;
struct service;

/* Answers a call, or puts it to sleep; MHD_NO hangs up. */
typedef enum MHD_Result page(struct call *call);

enum { CALL_ARGUMENTS = 2 };

struct call {
    struct service *service;
    struct MHD_Connection *connection;     /* NULL until its headers are in */
    const char *method;                    /* borrowed from the connection */
    char *target;                          /* as sent, nothing decoded */
    char *path;                            /* decoded */
    const char *arguments[CALL_ARGUMENTS]; /* what the *s of its route are */
    struct buffer body;
    size_t drained; /* bytes of a body that is too large */
    page *page;     /* chosen by the router, NULL before */
    bool waited;    /* the nap that the page asked for is over */
};

/* The request line is there. */
struct call *call_open(struct service *service, const char *target) NODISCARD;

/* The headers are there. */
void call_begin(struct call *call, struct MHD_Connection *connection,
                const char *method, const char *path);

/* More of the body is there. False when nobody should listen any longer. */
bool call_receive(struct call *call, const char *bytes,
                  size_t length) NODISCARD;

/* The page is called once more, with `waited` set, when the time is over. */
enum MHD_Result call_sleep(struct call *call, int64_t wait_ns);

bool call_is_too_large(const struct call *call);

/* Borrowed; NULL when it was not sent. The first one of several. */
const char *call_header(const struct call *call, const char *name);
const char *call_query(const struct call *call, const char *name);

/* The number in a query key, or what it was before when the key is not there.
 * False for what is not a number from 0 to `most`. */
bool call_count(const struct call *call, const char *name, uint64_t most,
                uint64_t *number) NODISCARD;

void call_free(struct call *call);
