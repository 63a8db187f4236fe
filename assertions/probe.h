/* What watches a body go by, so that it need not be held. */
#pragma once

#include "assertions/assertions.h"
#include "assertions/matcher.h"

struct probe;

struct probe_kind {
    bool wants_text; /* its matcher's literal, filled in */
    void (*open)(struct probe *probe, struct matching *matching);
    void (*feed)(struct probe *probe, const char *bytes, size_t length);
    void (*restart)(struct probe *probe);
    void (*close)(struct probe *probe); /* NULL: nothing outside the arena */
};

/* Each kind uses what it needs of this. */
struct probe {
    const struct probe_kind *kind;
    const struct matcher *matcher;
    const char *trouble; /* it could not be opened; NULL */
    struct text wanted;
    bool found;         /* contains */
    bool missed;        /* starts_with: it began otherwise */
    size_t count;       /* bytes of `wanted` seen; characters of a length */
    char *tail;         /* the last bytes of the body */
    size_t tail_length; /* at most as many as matter */
    struct digest *digest;
    char *hex; /* the finished digest; "" before */
};

extern const struct probe_kind contains_probe, starts_with_probe,
    ends_with_probe, length_probe, digest_probe;

/* The matcher's probe; NULL with the fault raised when it was never opened. */
const struct probe *probe_of(struct matching *matching,
                             const struct matcher *matcher,
                             const struct value *value);

/* Sixty-four hexadecimal digits. No more may be fed. */
const char *probe_digest(const struct probe *probe);

/* Keeps the last `most` bytes that were fed; `tail` has room for twice that. */
void probe_keep_tail(struct probe *probe, const char *bytes, size_t length,
                     size_t most);

/* How many bytes were fed. */
uint64_t probes_size(const struct probes *probes);
/* How the body began, and its size when that was not all. */
void probes_tell(const struct probes *probes, struct teller *teller);

/* UTF-8 characters; a byte that is none counts as one where it begins one. */
size_t count_characters(struct text text);
