/* Where an answer's bytes go: a chain of tiny things, chosen by what the checks
 * need. Each writes, then passes on. */
#pragma once

#include "assertions/assertions.h"

struct sink {
    /* False refuses the bytes and ends the transfer. */
    bool (*write)(struct sink *sink, const char *bytes, size_t length);
    void (*restart)(struct sink *sink); /* the body begins anew */
    struct sink *next;                  /* NULL: the end of the chain */
};

/* NULL is the end of every chain and takes everything. */
bool sink_write(struct sink *sink, const char *bytes, size_t length);
void sink_restart(struct sink *sink);

/* Counts decoded bytes. */
struct count_sink {
    struct sink base;
    uint64_t count;
};
struct sink *count_sink_init(struct count_sink *sink, struct sink *next);

/* Shows every byte to probes. */
struct probe_sink {
    struct sink base;
    struct probes *probes;
};
struct sink *probe_sink_init(struct probe_sink *sink, struct probes *probes,
                             struct sink *next);

/* Holds the body in a buffer with a ceiling; refuses what goes over it. */
struct memory_sink {
    struct sink base;
    struct buffer *body;
    bool overflowed;
};
struct sink *memory_sink_init(struct memory_sink *sink, struct buffer *body,
                              struct sink *next);

/* Keeps the first bytes for a report and lets the rest go by. */
struct head_sink {
    struct sink base;
    struct buffer *head;
};
struct sink *head_sink_init(struct head_sink *sink, struct buffer *head,
                            struct sink *next);
