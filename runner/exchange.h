/* One request on its way, with its response. It has exactly one holder at any
 * time: schedule -> transport -> judge -> schedule. */
#pragma once

#include "assertions/assertions.h"
#include "runner/address.h"
#include "runner/sink.h"

/* A request with no holes, made by call_make(). It is constant once made, and
 * belongs to its exchange or, where nothing in it changes from copy to copy, to
 * its step's recipe. */
struct call {
    struct arena arena; /* of its texts */
    struct address address;
    const char *method;
    size_t header_count;
    const struct header *headers;   /* what we ask for, implied ones too */
    struct curl_slist *header_list; /* the same for libcurl, in the arena */
    const char *cookie;             /* a Cookie header's value, or NULL */
    const char *body;               /* NULL: none, or a file */
    size_t body_length;
    const char *body_path; /* streamed from there; or NULL */
    uint64_t file_size;
    const char *user, *password; /* basic auth; NULL: none */
    bool is_idempotent;          /* RFC 9110, section 9.2.2 */
    uint32_t follow_most;
    bool compressed;
    bool verify;
    const char *ca_path; /* NULL: the system's */
    int64_t timeout_ns;
    int64_t connect_timeout_ns;
};

/* Cookies as CURLOPT_COOKIELIST takes them: Netscape lines, malloc'd; one that
 * is added takes the place of its older self. */
struct jar {
    size_t count;
    char **lines;
};

void jar_add(struct jar *jar, const char *line);
void jar_merge(struct jar *jar, const struct jar *more);
/* Does to the jar what was done to `before` until it became `after`. */
void jar_follow(struct jar *jar, const struct jar *before,
                const struct jar *after);
void jar_finish(struct jar *jar);

/* The sinks of one exchange; which of them are in the chain is decided anew for
 * each answer. */
struct sinks {
    struct sink *first;
    struct count_sink count;
    struct probe_sink probes;
    struct memory_sink memory;
    struct head_sink head;
    struct buffer body; /* held, or the head of what is not */
};

struct racer; /* of the transport */

struct exchange {
    struct exchange *next; /* in whatever queue its holder keeps */
    struct arena arena;    /* reset, not freed: exchanges are used again */
    struct flight *flight; /* the test that it is a step of */
    const struct step *step;
    const struct call *call; /* NULL: `fault` says why there is none */
    struct call own_call;
    struct fault fault;
    struct scope copy_scope;  /* what only this copy knows; over... */
    struct scope suite_scope; /* ...the suite's constants */
    struct chance chance;     /* what both of them draw from */
    struct jar jar;           /* before it is sent, and after */
    uint64_t body_most;       /* decoded bytes that may be held */
    struct sinks sinks;
    struct probes *probes;
    struct response response;
    struct judged judged;

    int64_t until_ns; /* monotonic: its test's time is up then; 0: never */
    int64_t due_ns;   /* monotonic: it ends then at the latest; 0: it has not
                       * begun */
    int64_t ready_ns; /* it could have been sent */
    int64_t sent_ns;  /* given to libcurl */
    size_t connection_count;
    uint64_t sent_size;
    struct racer *racer; /* until its race has begun; NULL: it is in none */
    size_t racer_number; /* in its race, from 0 */
    int64_t held_ns;     /* of its flight, waiting for the other racers */
    bool was_sent; /* a connection was given the request, perhaps in vain */
    bool resent;
    bool is_teardown; /* a first interrupt does not cancel it */
};

/* Chooses the chain by what the judgement needs; the transport calls it right
 * before it sends. */
void exchange_begin(struct exchange *exchange);

/* Judges the answer, on the thread that carried it; lets go of the body when
 * nothing is left that needs it. */
void exchange_arrive(struct exchange *exchange);

/* Instead of the two, for what is never sent. `trouble` is a constant. */
void exchange_refuse(struct exchange *exchange, enum arrival arrival,
                     const char *trouble);

/* Makes it empty for its next use; exchange_free() gives all memory back. */
void exchange_reset(struct exchange *exchange);
void exchange_free(struct exchange *exchange);
