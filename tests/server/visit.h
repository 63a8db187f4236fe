/* One request to the hostile server, and the ways to say something back. */
#pragma once

#include "specs/base/base.h"

struct counts;

enum {
    VISIT_BYTES = 512 * 1024, /* a request's headers; longer ones are cut off */
    VISIT_LONGEST_MS = 60 * 1000, /* no misdeed lasts longer */
};

struct visit {
    int socket;
    struct counts *counts;
    bool is_head;
    char *headers;        /* the request as it came, below its first line */
    const char *target;   /* path and query */
    const char *argument; /* what follows the row's path, "" when nothing */
    char request[VISIT_BYTES + 1];
    size_t filled; /* bytes in `request`, later requests included */
    size_t length; /* of them, this request's own */
};

/* Does its worst. True when the connection can carry another request. */
typedef bool misdeed(struct visit *visit);

/* Waits for a request and takes it apart. False when none will come. */
bool visit_read(struct visit *visit) NODISCARD;

bool visit_has_header(const struct visit *visit, const char *name);

/* The argument as a number, or 0 when it is none. */
uint64_t visit_number(const struct visit *visit, uint64_t most);

/* All of these are false when the client does not listen any longer. */
bool say_bytes(struct visit *visit, const char *bytes, size_t length);
bool say(struct visit *visit, const char *text);
bool say_format(struct visit *visit, const char *format, ...) PRINTF_LIKE(2, 3);

/* A whole and honest answer. */
bool say_answer(struct visit *visit, const char *status, const char *headers,
                const char *body);
bool say_json(struct visit *visit, const char *body);

/* Lets time pass. False when the client hung up meanwhile. */
bool visit_wait(struct visit *visit, uint64_t wait_ms);

/* What is sent from now on is lost, and the client is told by a RST. */
void visit_reset(struct visit *visit);
