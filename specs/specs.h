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
#include "specs/chance.h"
#include "specs/json.h"
#include "specs/source.h"
#include "specs/template.h"
#include "specs/use.h"

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

/* What few requests have of their own: the others share it with the suite's
 * defaults. Zero durations mean the run's own limits. */
struct manner {
    struct field_list cookies;
    struct field_list form;
    const struct suite *body_home; /* whose path it is; NULL: the test's */
    const struct template *user, *password; /* BASIC */
    const struct template *token;           /* BEARER */
    int64_t timeout_ns;                     /* up to the last byte */
    int64_t connect_timeout_ns;
    const char *ca_path; /* resolved; NULL: the system's */
    enum auth_kind auth_kind;
    uint32_t follow_most; /* redirects followed at most; 0: none */
    bool compressed;      /* offers and decodes gzip, deflate, br, zstd */
    bool verify;          /* false: tls.verify is false */
};

/* A request with holes. A content type is only implied where no header of that
 * name is written. */
struct request {
    struct spot at;
    const struct template *method; /* NULL: GET, or POST with a body */
    const struct template *url;    /* joined with the suite's base_url */
    struct spot url_at;
    struct field_list query;
    struct field_list headers;
    enum body_kind body_kind;
    const struct template *body;
    const struct manner *manner;
};

struct judgement; /* of assertions/: expectations and captures, compiled */

/* One exchange of a test. */
struct step {
    struct spot at;
    const char *name; /* NULL unless written */
    struct request request;
    const struct node *expect;         /* until it is compiled; or NULL */
    const struct node *capture;        /* NULL where nothing is written */
    const struct judgement *judgement; /* set before the plan is frozen */
    const struct race *race;           /* the test's; NULL: none */
    /* Every variable that the request, the expectations and the captures name
     * and that is not constant: taken from earlier tests, earlier steps, or
     * the copy ("index"). */
    struct needs needs;
    uint32_t number;       /* from 0 within its test */
    bool varies;           /* time or chance are in the request */
    bool expects_defaults; /* nothing of `expect` is its own */
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

/* Data rows of a test: see specs/rows.h. */
struct rows;

/* Conditions over variables, compiled by assertions/. */
struct condition;

/* Why an attempt may be made anew; flags of retry.on. */
enum retry_on {
    RETRY_CONNECT = 1 << 0, /* refused, unreachable */
    RETRY_TIMEOUT = 1 << 1,
    RETRY_DNS = 1 << 2,
    RETRY_TLS = 1 << 3,
    RETRY_RESET = 1 << 4,  /* closed, cut short, malformed */
    RETRY_EXPECT = 1 << 5, /* an expectation did not hold */
    RETRY_ANY = (1 << 6) - 1,
};
enum { STATUS_CLASSES = 5, STATUS_MOST = 599 };

/* Times count the attempts after the first one. Before the nth of them the
 * delay is delay_ns * backoff^(n-1), give or take its jitter's part. */
struct retry {
    size_t times;
    int64_t delay_ns;
    double backoff;                   /* 1 or more */
    double jitter;                    /* 0 to 1 */
    unsigned on;                      /* of enum retry_on, or-ed */
    bool classes[STATUS_CLASSES + 1]; /* [5]: any 5xx */
    size_t status_count;
    const uint16_t *statuses; /* single ones */
};

struct poll {
    int64_t every_ns;
    int64_t for_ns;
};

/* A failure does not fail the run until this day has passed (UTC). */
struct quarantine {
    const char *reason;
    const char *until; /* "2026-12-31" */
    bool is_over;      /* that day had passed when the plan was loaded */
    struct spot at;
};

/* A step that is sent several times at once. */
struct race {
    struct spot at;
    size_t count; /* racers, 2 to LIMIT_RACE */
    const struct request
        *requests; /* one each, or NULL: copies of the step's */
};

enum selection {
    SELECTED,
    PULLED_IN, /* needed by one that is selected */
    LEFT_OUT,  /* never run, never told, never counted */
};

struct test {
    size_t index; /* in plan->tests */
    const struct suite *suite;
    struct spot at;
    struct spot name_at; /* of its name's text */
    const char *name;
    const char *id;
    uint32_t tag_count;
    uint32_t lock_count;
    const char *const *tags;   /* the suite's and its own */
    size_t repeat_count;       /* 1 unless repeated */
    const struct rows *rows;   /* NULL: none */
    size_t copy_count;         /* rows by repetitions; made when they are sent.
                                * The nth is repetition n % repeat_count of row
                                * n / repeat_count */
    const char *const *locks;  /* "*": nothing runs beside it */
    const struct race *race;   /* NULL: none */
    const struct retry *retry; /* NULL: none */
    const struct poll *poll;   /* NULL: none */
    const struct quarantine *quarantine; /* NULL: none */
    const struct condition *when;        /* NULL: always */
    const struct node *when_written;     /* until it is compiled; or NULL */
    /* As a step's: what `when` asks for, but constants. */
    struct needs when_needs;
    int64_t timeout_ns; /* waits included; 0: none */
    enum selection selection : 8;
    enum test_role role      : 8;
    bool is_repeated; /* has `repeat`: copies are "name [0]"... */
    bool is_only;
    bool expects_nothing; /* any answer to any of its requests will do */
    bool goes_first;      /* --failed-first */
    const char *skip;     /* the reason, "" without one; NULL: it runs */
    uint32_t step_count;
    uint32_t after_count;
    const struct step *steps;
    const struct after *after; /* as written; its waits are made of it */
    /* what its steps capture, each name once; NULL-ended */
    const char *const *captures;

    /* One for each reason, so there may be several on one test: two captures,
     * or a capture and an "after". What only orders is left out where another
     * reason does it. */
    uint32_t wait_count;
    uint32_t waiter_count; /* those that wait for it, each once */
    const struct wait *waits;
    const struct test *const *waiters;
    uint32_t flow;   /* number of its connected part of the graph */
    uint32_t height; /* steps on the longest chain that begins here; teardown
                      * is no part of another role's chain */
};

struct declared_list; /* private to specs/ */

/* A line of a suite that the command line names. */
struct suite_line {
    unsigned line;
    const char *argument; /* "PATH:LINE" */
};

struct suite {
    size_t index; /* in plan->suites */
    const struct source *source;
    const char *name; /* as written, else the path's last part, no ending */
    const char *path; /* as the user reached it, forward slashes, no "./" */
    bool sequential;
    bool is_broken;        /* its text is no JSON, which was told */
    bool lacks_includes;   /* one could not be included, which was told */
    bool is_by_the_way;    /* included, by those that lines pick from alone */
    bool is_only_included; /* no path leads to it: others may include it, too */
    const char *folder;    /* absolute; where paths of the suite begin */
    const char *file_root; /* absolute; no file outside of it is read */
    const struct template *base_url; /* NULL unless written */
    struct spot base_url_at;
    /* Everything that is known before the run: command line > files >
     * environment > project > the suite's own `variables`. A JSON object. */
    json_t *constants;
    /* Names whose value there only stands for one that is missing (a secret of
     * those who send nothing) or wrong, which was told; an object, or NULL. */
    json_t *stand_ins;
    /* Values that must never be shown: those of `secrets` and of --secret. */
    size_t secret_count;
    const char *const *secrets;
    struct declared_list *declared; /* its own variables; NULL: none */
    json_t *origins;                /* of its own variables, as plan->origins */
    size_t test_count;              /* set-up, tests, teardown, as written */
    const struct test *tests;
    size_t include_count; /* suites before it in the plan, as written */
    const struct suite *const *includes;
    size_t reach_count; /* itself first, then all that these come to, each once,
                         * depth first: so names are looked up */
    const struct suite *const *reach;
    struct named_list *requests; /* NULL: none */
    struct named_list *matchers; /* likewise */
    size_t line_count; /* of PATH:LINE, which picks its tests; 0: all of it */
    const struct suite_line *lines;
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
    /* Where the variables come from that all suites share, an object of texts:
     * "--var", "--vars file.env:3". NULL unless it was asked for. */
    json_t *origins;
    /* Names that are a secret's anywhere, an object: what else has such a name
     * is not shown either. */
    json_t *secret_names;
};

/* NAME and value as the command line gives them. */
struct definition {
    const char *name;
    const char *value; /* NULL for a secret that the environment holds */
};

/* One of the environments of a project file. Nodes have no JSON where nothing
 * is written. */
struct environment {
    const char *name;
    struct spot at;
    struct node variables; /* an object */
    struct node options;   /* an object */
    struct node secrets;   /* an array of names */
};

/* A project file, volley.json. Zeroed memory is an empty one. */
struct project {
    struct arena arena;
    const char *path; /* as given; NULL: none was read */
    struct node options;
    size_t environment_count;
    const struct environment *environments;
};

/* Every mistake in the shape of the file is told; what the options mean is not
 * looked at. Finish the project either way, and after the faults. */
bool project_read(const char *path, struct project *project,
                  struct faults *faults) NODISCARD;
void project_finish(struct project *project);

/* NULL where it has none of that name. */
const struct environment *project_environment(const struct project *project,
                                              const char *name);

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
    size_t secret_file_count;
    const char *const *secret_files;   /* --secrets-file: as --vars */
    const struct environment *project; /* the one chosen; NULL: none */
    const char *data; /* rows for tests without `each`; NULL: none */
    int64_t now_ns;   /* wall clock, for quarantines; 0: none is over */
    const struct faults *doubts; /* of options: warnings then; or NULL */
    bool wants_origins;
    /* One without a value, or with an empty one, is an empty text and only
     * warned of: for those who look at a plan and send nothing. */
    bool secrets_may_be_missing;
    char **environment;    /* NAME=value, NULL-ended */
    uint64_t seed;         /* of what is random in variables */
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
struct known;
struct compiler {
    const struct judgement *(*compile)(struct compiler *compiler,
                                       struct arena *arena,
                                       const struct step *step,
                                       struct faults *faults);
    struct needs (*needs)(struct compiler *compiler,
                          const struct judgement *judgement);
    /* Puts what is known before the run into the judgement's templates, and
     * tells what is wrong with it. Called once for one that has needs, when it
     * is known which of these are captured. NULL: nothing is put in. */
    void (*fold)(struct compiler *compiler, struct arena *arena,
                 const struct judgement *judgement, const struct known *known);
    /* The same three of a test's `when`, which is an object. NULL: nobody
     * knows conditions, and there are none. */
    const struct condition *(*compile_condition)(struct compiler *compiler,
                                                 struct arena *arena,
                                                 const struct node *when,
                                                 struct faults *faults);
    struct needs (*condition_needs)(struct compiler *compiler,
                                    const struct condition *condition);
    void (*fold_condition)(struct compiler *compiler, struct arena *arena,
                           const struct condition *condition,
                           const struct known *known);
    /* That of the test, while one of its parts is compiled. */
    const struct suite *suite;
};

/* What the template becomes, a new reference; NULL when something that it names
 * is only known during the run, is missing or is wrong. */
json_t *known_value(const struct known *known,
                    const struct template *template) NODISCARD;
/* The same as a pattern; false for NULL. */
bool known_pattern(const struct known *known, const struct template *template,
                   struct buffer *out) NODISCARD;
/* Tells that the value which the template at the spot became is wrong, and
 * shows it unless it holds a secret. Where that string was told of already,
 * nothing is added. */
void known_tell(const struct known *known, const struct template *template,
                struct spot at, const json_t *value,
                const struct trouble *trouble);

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

/* The same by other lengths, by test->index; those of what is skipped or left
 * out do not count. Whatever is as good as nothing should be 1: a chain of
 * length 0 is none. */
size_t plan_longest_chain(const struct plan *plan, const uint64_t *lengths,
                          const struct test **chain, size_t most);

/* What a text of a request is for, and so what it cannot hold. */
enum text_use {
    TEXT_ANY,   /* bodies and forms hold everything */
    TEXT_PLAIN, /* query, password */
    TEXT_METHOD,
    TEXT_URL,
    TEXT_HEADER,
    TEXT_COOKIE,
    TEXT_USER,
    TEXT_FILE, /* a path of the suite that must lead to a file */
};

/* Whether a text without templates, or one whose templates are filled, can be
 * sent; false with the trouble told. NUL-ended, and may hold NULs. */
bool text_check(enum text_use use, const char *text, size_t length,
                const struct suite *suite, struct trouble *trouble) NODISCARD;

/* Where a path that a suite names leads to (rule 3 of the format): the real
 * path of a regular file below the suite's file root, in the arena; NULL with
 * the fault raised for anything else. */
char *suite_file(const struct suite *suite, struct arena *arena,
                 const char *path, struct fault *fault) NODISCARD;

/* A test's name for people and reports, in the arena: "name", "name [3]",
 * "name [row 1]", or "name [x]" where the row, which may be NULL, has a name.
 */
const char *test_copy_name(struct arena *arena, const struct test *test,
                           size_t copy, const json_t *row);

/* Duration text ("500ms", "1.5s", "2m", or a bare number: milliseconds; units
 * ns us ms s m h d) to nanoseconds; sizes ("10MB", "64KiB", bare: bytes). False
 * for anything else, for negative ones and for overflow. */
bool read_duration(const char *text, int64_t *ns) NODISCARD;
bool read_size(const char *text, uint64_t *bytes) NODISCARD;

/* JSON Schema of the format (specs/volley.schema.json), as text, and that of
 * project files. */
extern const char spec_schema_text[];
extern const char project_schema_text[];
/* A suite to begin with (specs/first.volley.json). */
extern const char first_suite_text[];
