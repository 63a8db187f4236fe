/* Requests that a server shall get at one moment. */
#pragma once

#include "runner/transport/easy.h"

enum racer_state {
    RACER_CONNECTS,
    RACER_CONNECTED,
    RACER_SENDS,
    RACER_IS_READY, /* its request is written, and held back */
    RACER_IS_OUT,   /* it arrived before the race began */
};

struct racer {
    struct lineup *lineup;
    struct exchange *exchange; /* NULL: it is out */
    enum racer_state state;
    CURL *easy;           /* that connects; or NULL */
    curl_socket_t fd;     /* its own when CONNECTED, libcurl's when READY */
    int64_t ready_ns;     /* monotonic */
    struct timings early; /* of the connecting */
    char error[CURL_ERROR_SIZE];
};

/* The racers of one race, until it has begun. */
struct lineup {
    struct lineup *next;
    CURLM *multi;
    int64_t begun_ns; /* monotonic */
    bool has_started; /* all that are not out were given to libcurl */
    size_t count;
    struct racer racers[LIMIT_RACE];
};

/* Each exchange knows its racer from now on, until it is out or the race has
 * begun. */
struct lineup *lineup_open(CURLM *multi, struct exchange *const *racers,
                           size_t count);

/* Begins to connect. False when libcurl has no handle to give. */
bool racer_connect(struct racer *racer) NODISCARD;

/* Whose handle that is; NULL: nobody's. */
struct racer *lineups_find(struct lineup *first, const CURL *easy);

/* That handle is done; whether there is a connection. If not, what that means
 * is in the exchange's response, which can be refused with it. */
bool racer_settle(struct racer *racer, CURLcode code) NODISCARD;

/* It is about to write its request to that socket, which holds it back. */
void racer_hold(struct racer *racer, curl_socket_t fd);

/* It arrives, whatever it was doing. */
void racer_leave(struct racer *racer);

/* All that are in have a connection, and none was given to libcurl. */
bool lineup_may_start(const struct lineup *lineup);
/* They are given to it now. */
void lineup_start(struct lineup *lineup);
/* All that are in are ready. */
bool lineup_may_go(const struct lineup *lineup);

/* Lets all requests go, and frees it. */
void lineup_release(struct lineup *lineup);
