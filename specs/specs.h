/* The front door of specs/: text becomes a plan, or it is said at which line it
 * cannot.
 *
 * A *plan* is all the suites of a run, loaded, checked and frozen: after
 * plan_load() and plan_compile() nothing in it changes, so any thread may read
 * it without asking.
 *
 * All of it lives in one arena. A test's JSON does not: it is read, decoded,
 * compiled and let go before the next test's, so what is kept of it is copied
 * (names) or held by the arena (json_hold(): templates, captures) or by the
 * judgement (literals). The rest of a suite's JSON, its defaults and variables,
 * stays as long as the plan. */
#pragma once

#include "specs/base/arena.h"
#include "specs/base/clock.h"
#include "specs/base/fault.h"
#include "specs/base/map.h"
#include "specs/json.h"
#include "specs/source.h"
#include "specs/template.h"

/* Something with a name and one or several values, in the order written. An
 * empty `values` sends nothing; a header whose value is "" is sent empty. */
struct field {
    const char *name;
    size_t value_count;
    const struct template *const *values;
    struct spot at;
};

struct field_list {
    size_t count;
    const struct field *list;
};

enum body_kind {
    BODY_NONE,
    BODY_JSON, /* `body` is any value; content-type application/json */
    BODY_FORM, /* `form`; application/x-www-form-urlencoded */
    BODY_TEXT, /* `body` is text; text/plain; charset=utf-8 */
    BODY_FILE, /* `body` is a path; application/octet-stream */
};

enum auth_kind { AUTH_NONE, AUTH_BASIC, AUTH_BEARER };

/* A request with holes. Zero durations mean the run's own limits. A content
 * type is only implied where no header of that name is written. */
struct request {
    struct spot at;
    const struct template *method; /* NULL: GET, or POST with a body */
    const struct template *url;    /* joined with the suite's base_url */
    struct spot url_at;
    struct field_list query;
    struct field_list headers;
    struct field_list cookies;
    enum body_kind body_kind;
    const struct template *body;
    struct field_list form;
    enum auth_kind auth_kind;
    const struct template *user, *password; /* BASIC */
    const struct template *token;           /* BEARER */
    int64_t timeout_ns;                     /* up to the last byte */
    int64_t connect_timeout_ns;
    uint32_t follow_most; /* redirects followed at most; 0: none */
    bool compressed;      /* offers and decodes gzip, deflate, br, zstd */
    bool verify;          /* false: tls.verify is false */
    const char *ca_path;  /* resolved; NULL: the system's */
};

struct judgement; /* of assertions/: expectations and captures, compiled */

/* One exchange of a test. */
struct step {
    struct spot at;
    const char *name; /* NULL unless written */
    size_t number;    /* from 0 within its test */
    struct request request;
    struct node expect;                /* until its judgement is compiled */
    struct node capture;               /* json NULL where nothing is written */
    const struct judgement *judgement; /* set before the plan is frozen */
    /* Every variable that the request, the expectations and the captures name
     * and that is not constant: taken from earlier tests, earlier steps, or
     * the copy ("index"). */
    struct needs needs;
};

enum test_role { ROLE_SETUP, ROLE_TEST, ROLE_TEARDOWN };

enum wait_reason {
    WAIT_CAPTURE,    /* uses {{variable}} */
    WAIT_AFTER,      /* names it in "after" */
    WAIT_SETUP,      /* it is a set-up, or an earlier one */
    WAIT_SEQUENTIAL, /* only orders */
    WAIT_TEARDOWN,   /* only orders */
};

/* That a test waits for another one. Where it `requires` that one to have
 * passed, it is skipped when it did not. */
struct wait {
    const struct test *on;
    enum wait_reason reason;
    bool requires;
    const char *variable; /* WAIT_CAPTURE only */
};

/* What a test names in its "after": the id of another one. */
struct after {
    const char *id;
    struct spot at;
};

struct test {
    size_t index; /* in plan->tests */
    const struct suite *suite;
    enum test_role role;
    struct spot at;
    struct spot name_at; /* of its name's text */
    const char *name;
    const char *id;
    const char *description; /* NULL unless written */
    size_t tag_count;
    const char *const *tags; /* the suite's and its own */
    bool is_repeated;        /* has `repeat`: copies are "name [0]"... */
    size_t copy_count;       /* 1 unless repeated; made when they are sent */
    const char *skip;        /* the reason, "" without one; NULL: it runs */
    size_t step_count;
    const struct step *steps;
    size_t after_count;
    const struct after *after; /* as written; its waits are made of it */
    /* what its steps capture, each name once; NULL-ended */
    const char *const *captures;

    /* One for each reason, so there may be several on one test: two captures,
     * or a capture and an "after". What only orders is left out where another
     * reason does it. */
    size_t wait_count;
    const struct wait *waits;
    size_t waiter_count; /* those that wait for it, each once */
    const struct test *const *waiters;
    size_t flow;   /* number of its connected part of the graph */
    size_t height; /* steps on the longest chain that begins here; teardown
                    * is no part of another role's chain */
};

struct suite {
    size_t index; /* in plan->suites */
    const struct source *source;
    const char *name; /* as written, else the path's last part, no ending */
    const char *path; /* as the user reached it, forward slashes, no "./" */
    bool sequential;
    bool is_broken;        /* its text is no JSON, which was told */
    const char *folder;    /* absolute; where paths of the suite begin */
    const char *file_root; /* absolute; no file outside of it is read */
    const struct template *base_url; /* NULL unless written */
    struct spot base_url_at;
    /* Everything that is known before the run: command line > files >
     * environment > the suite's own `variables`. A JSON object. */
    json_t *constants;
    /* Values that must never be shown: those of `secrets` and of --secret. */
    size_t secret_count;
    const char *const *secrets;
    size_t test_count; /* set-up, tests, teardown, as written */
    const struct test *tests;
};

struct plan {
    struct arena arena;
    size_t suite_count;
    const struct suite *suites;
    size_t test_count;
    const struct test *tests; /* of all suites, one after the other */
    size_t flow_count;
    size_t passed_over_count; /* files in folders that are no suites */
    const char *const *passed_over;
    size_t warning_count;
    const struct fault *warnings; /* worth telling, wrong of nothing */
    /* Names of --var that no suite used so far, an object; plan_compile() warns
     * of those that remain. */
    json_t *unused;
};

/* NAME and value as the command line gives them. */
struct definition {
    const char *name;
    const char *value; /* NULL for a secret that the environment holds */
};

struct compiler;
struct plan_options {
    size_t path_count;
    const char *const *paths; /* files, folders, globs, "-", PATH:LINE */
    size_t variable_count;
    const struct definition *variables; /* --var */
    size_t file_count;
    const char *const *files; /* --vars: JSON or dotenv by content */
    size_t secret_count;
    const struct definition *secrets; /* --secret */
    /* One without a value, or with an empty one, is an empty text and only
     * warned of: for those who look at a plan and send nothing. */
    bool secrets_may_be_missing;
    char **environment;    /* NAME=value, NULL-ended */
    const char *file_root; /* NULL: rule 3 of the format */
    /* Compiles each test's expectations when it is read, so that its JSON need
     * not be kept until plan_compile(); NULL: that one's compiler does. */
    struct compiler *compiler;
};

/* How a load ended; `faults` tells more unless it is LOADED. */
enum plan_outcome {
    PLAN_LOADED,
    PLAN_WRONG,   /* mistakes in specs: exit status 3 */
    PLAN_MISSING, /* a path that does not exist or cannot be read: 2 */
    PLAN_EMPTY,   /* no suites in a folder, no file for a glob: 5 */
};

/* Loads everything that the paths name and finds every mistake but those in
 * expectations and captures, which the caller compiles (see plan_compile())
 * before it looks at faults->total. *result is always set, perhaps without a
 * suite: the faults borrow their texts from it, so plan_free() comes last. */
enum plan_outcome plan_load(const struct plan_options *options,
                            struct plan **result, struct faults *faults);

/* Lets somebody who knows matchers compile each step's expectations and
 * captures; `compile` returns the judgement, whose needs count for the graph.
 */
struct compiler {
    const struct judgement *(*compile)(struct compiler *compiler,
                                       struct arena *arena,
                                       const struct step *step,
                                       struct faults *faults);
    struct needs (*needs)(struct compiler *compiler,
                          const struct judgement *judgement);
};

/* Compiles what is not yet compiled, then makes the graph: names needed and
 * captured, "after", order; tells what is missing, doubled or circular; sets
 * waits, flows and heights. After this the plan is frozen. */
void plan_compile(struct plan *plan, struct compiler *compiler,
                  struct faults *faults);

void plan_free(struct plan *plan);
void plan_freep(struct plan **plan);

/* The chain with the most steps, teardown included, from its first test on and
 * without what is skipped: returns the count, fills at most `most` of `chain`.
 */
size_t plan_critical_path(const struct plan *plan, const struct test **chain,
                          size_t most);

/* Where a path that a suite names leads to (rule 3 of the format): the real
 * path of a regular file below the suite's file root, in the arena; NULL with
 * the fault raised for anything else. */
char *suite_file(const struct suite *suite, struct arena *arena,
                 const char *path, struct fault *fault) NODISCARD;

/* A test's name for people and reports, in the arena: "name" or "name [3]". */
const char *test_copy_name(struct arena *arena, const struct test *test,
                           size_t copy);

/* Duration text ("500ms", "1.5s", "2m", or a bare number: milliseconds; units
 * ns us ms s m h d) to nanoseconds; sizes ("10MB", "64KiB", bare: bytes). False
 * for anything else, for negative ones and for overflow. */
bool read_duration(const char *text, int64_t *ns) NODISCARD;
bool read_size(const char *text, uint64_t *bytes) NODISCARD;

/* JSON Schema of the format (specs/volley.schema.json), as text. */
extern const char spec_schema_text[];
