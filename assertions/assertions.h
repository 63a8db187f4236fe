/* The front door of assertions/: looks at one answer and says what is true of
 * it. Pure: the same answer gives the same verdicts; no clock, no network, no
 * global state. */
#pragma once

#include "assertions/schema/options.h"
#include "specs/specs.h"

/* How an exchange ended. Everything but ARRIVED means that there is no whole
 * answer; that is data, not a fault. The names are what `expect.error` says. */
enum arrival {
    ARRIVED,
    ARRIVAL_REQUEST,     /* "request": could not be sent as asked */
    ARRIVAL_DNS,         /* "dns" */
    ARRIVAL_CONNECT,     /* "connect": refused or unreachable */
    ARRIVAL_TLS,         /* "tls" */
    ARRIVAL_TIMEOUT,     /* "timeout" */
    ARRIVAL_RESET,       /* "reset": closed or reset before the answer ended */
    ARRIVAL_TRUNCATED,   /* "truncated": shorter than it promised */
    ARRIVAL_MALFORMED,   /* "malformed": not HTTP, bad chunk, bad encoding */
    ARRIVAL_TOO_LARGE,   /* "too_large": passed --max-body or a header limit */
    ARRIVAL_REDIRECTS,   /* "redirects": too many, or to another scheme */
    ARRIVAL_INTERRUPTED, /* "interrupted": the run was ended */
};

const char *arrival_name(enum arrival arrival);
bool arrival_find(const char *name, enum arrival *result);

struct header {
    const char *name; /* as the server spelt it */
    const char *value;
};

/* Nanoseconds from the start of the exchange, queueing not counted; 0 where a
 * reused connection had nothing to do. */
struct timings {
    int64_t dns_ns; /* how long each phase took... */
    int64_t connect_ns;
    int64_t tls_ns;
    int64_t first_byte_ns; /* ...and until when, from the start */
    int64_t total_ns;
};

/* One answer. Everything is borrowed from the exchange's arena. */
struct response {
    enum arrival arrival;
    const char *trouble; /* what went wrong, in words; NULL when ARRIVED */
    bool is_cut_off;     /* its test's time was up, which is no doing of the
                          * server's: with TIMEOUT */
    long status;
    const char *http_version; /* "1.0", "1.1", "2" */
    size_t header_count;
    const struct header *headers; /* of the last hop, in order */
    bool body_held;
    const char *body; /* decoded; NUL-ended; NULL unless held */
    size_t body_length;
    uint64_t body_size;    /* decoded bytes, held or not */
    uint64_t wire_size;    /* body bytes as received */
    uint64_t headers_size; /* bytes of all header blocks */
    struct timings timings;
    const char *url; /* effective, after redirects */
    const char *ip;
    long redirect_count;
    bool reused; /* no new connection was opened */
};

/* A judgement is an `expect` and a `capture`, compiled. It lives in the plan's
 * arena, which owns its patterns. */

/* Compiles step->expect and step->capture; never NULL, mistakes are added. What
 * `use` names is looked for in the suite, NULL for none. An `expect` without
 * `status` and `error` implies the status 2xx. Judgements of one arena that
 * are given the same sharing have in common what they can; NULL: nothing. */
struct sharing;
const struct judgement *judgement_compile(struct arena *arena,
                                          const struct step *step,
                                          const struct suite *suite,
                                          struct sharing *sharing,
                                          struct faults *faults);
/* Puts what is known before the run into the judgement's templates, which cost
 * nothing more then, and tells what is wrong with it. Only before the plan is
 * frozen; in the arena that the judgement was compiled in. */
void judgement_fold(const struct judgement *judgement, struct arena *arena,
                    const struct known *known);

/* The variables that its templates name. */
struct needs judgement_needs(const struct judgement *judgement);

/* Whether some check or capture needs the whole body in memory. What streams
 * (size, sha256, contains...) does not. */
bool judgement_holds_body(const struct judgement *judgement);
/* Something besides the implied status, or the implied status: at least one
 * expectation. False for `"status": "any"` alone. */
bool judgement_checks_anything(const struct judgement *judgement);

/* What watches one body while it streams: made for one exchange, fed every
 * decoded byte once, looked at by judge(). NULL when nothing streams. What its
 * checks hold outside of the arena (digest states) probes_close() gives back.
 */
struct probes;
struct probes *probes_open(const struct judgement *judgement,
                           const struct scope *scope, struct arena *arena);
void probes_feed(struct probes *probes, const char *bytes, size_t length);
/* A redirect or a resent request begins the body anew. */
void probes_restart(struct probes *probes);
void probes_close(struct probes *probes);

enum verdict_kind {
    VERDICT_ASSERTION, /* an expectation did not hold: a failure */
    VERDICT_CAPTURE,   /* a capture found nothing: an error */
    VERDICT_TRANSPORT, /* no answer: an error */
    VERDICT_TIMEOUT,   /* no answer in time: an error */
    VERDICT_SPEC,      /* a template could not be filled...: an error */
};

/* "volley.assertion", "volley.capture"... (JUnit's type) */
const char *verdict_kind_name(enum verdict_kind kind);

/* One thing that is wrong; what is right leaves no verdict. Texts are in the
 * arena, at most LIMIT_VALUE_TOLD bytes each, valid UTF-8. */
struct verdict {
    enum verdict_kind kind;
    struct spot at;       /* where in the spec it was asked */
    const char *subject;  /* "status", "header content-type", "json", "body" */
    const char *path;     /* in the body: a normalized path; or NULL */
    const char *expected; /* `"buy oat milk"`, `less than 10`... or NULL */
    const char *actual;   /* or NULL */
    const char *message;  /* one line that says it all, without the place */
    const char *lines;    /* what else differs, or where; or NULL */
    /* Character (from 0) of `expected` and `actual` where two texts first
     * differ, SIZE_MAX where that means nothing. */
    size_t difference;
};

struct capture_value {
    const char *name;
    json_t *value; /* borrowed from judged->document or the arena's keeping */
    bool secret;
};

/* What came out. */
struct judged {
    size_t check_count; /* expectations looked at, the implied status too */
    size_t verdict_count;
    const struct verdict *verdicts; /* in the order of the spec */
    size_t capture_count;           /* 0 when a verdict was found */
    const struct capture_value *captures;
    json_t *keep; /* holds what captures borrow; judged_finish() releases it */
};

struct judged judge(const struct judgement *judgement,
                    const struct response *response,
                    const struct probes *probes, const struct scope *scope,
                    struct arena *arena) NODISCARD;
void judged_finish(struct judged *judged);

/* Counts what came back from a race, as `expect.outcomes` asks; nothing where
 * it does not. judge() says nothing of an answer that never came then: whether
 * that may be is for the counts to say. */
struct judged judge_outcomes(const struct judgement *judgement,
                             const struct response *const *answers,
                             size_t count, const struct scope *scope,
                             struct arena *arena) NODISCARD;

/* A condition is a test's `when`, compiled: variables, and matchers that must
 * hold of them. As a judgement it lives in the plan's arena, and is folded
 * before the plan is frozen. */
const struct condition *condition_compile(struct arena *arena,
                                          const struct node *when,
                                          const struct suite *suite,
                                          struct faults *faults);
void condition_fold(const struct condition *condition, struct arena *arena,
                    const struct known *known);

/* The variables that it asks for, by name alone, since a path may lead nowhere;
 * and those in the templates of its matchers. */
struct needs condition_needs(const struct condition *condition);

/* Whether all of it holds. Where it does not, *why says of the first one that
 * fails `when: env.CI is "true", expected "false"`, in the arena and no longer
 * than LIMIT_VALUE_TOLD. With the fault raised nothing can be said. */
bool condition_holds(const struct condition *condition,
                     const struct scope *scope, struct arena *arena,
                     const char **why, struct fault *fault) NODISCARD;

/* Compiles judgements and conditions for plan_load() and plan_compile(). Each
 * plan has one of its own, which is finished once the plan is compiled; what it
 * compiled stays. */
struct expectation_compiler {
    struct compiler base;
    struct sharing *sharing; /* of its judgements */
};
/* The options are borrowed until it is finished; NULL: all as it is usual. */
void expectation_compiler_init(struct expectation_compiler *compiler,
                               const struct schema_options *schemas);
void expectation_compiler_finish(struct expectation_compiler *compiler);

/* The names of every matcher, extractor of `expect` and of `capture`, sorted;
 * for the tests that compare documents and schema with the tables. */
const char *const *matcher_names(size_t *count);
const char *const *extractor_names(size_t *count);
const char *const *capture_names(size_t *count);
