/* From JSON to suites, tests, steps and requests. Private to specs/.
 *
 * The suite's defaults are decoded once, so that what is wrong in them is told
 * once and what is right is shared; a request of its own begins as a copy of
 * them. */
#pragma once

#include "specs/fields.h"
#include "specs/request_text.h"
#include "specs/rows.h"
#include "specs/specs.h"
#include "specs/variables.h"

enum {
    SUITE_SCHEMA,
    SUITE_NAME,
    SUITE_DESCRIPTION,
    SUITE_TAGS,
    SUITE_BASE_URL,
    SUITE_VARIABLES,
    SUITE_SECRETS,
    SUITE_INCLUDE,
    SUITE_REQUESTS,
    SUITE_MATCHERS,
    SUITE_DEFAULTS,
    SUITE_SEQUENTIAL,
    SUITE_SETUP,
    SUITE_TESTS,
    SUITE_TEARDOWN,
    SUITE_RULES,
};

enum {
    DEFAULTS_REQUEST,
    DEFAULTS_EXPECT,
    DEFAULTS_RETRY,
    DEFAULTS_RULES,
};

enum {
    TEST_NAME,
    TEST_ID,
    TEST_DESCRIPTION,
    TEST_TAGS,
    TEST_REQUEST,
    TEST_EXPECT,
    TEST_CAPTURE,
    TEST_STEPS,
    TEST_AFTER,
    TEST_REPEAT,
    TEST_SKIP,
    TEST_EACH,
    TEST_LOCK,
    TEST_RACE,
    TEST_QUARANTINE,
    TEST_WHEN,
    TEST_ONLY,
    TEST_RETRY,
    TEST_POLL,
    TEST_TIMEOUT,
    TEST_RULES,
};

enum {
    RETRY_KEY_TIMES,
    RETRY_KEY_DELAY,
    RETRY_KEY_BACKOFF,
    RETRY_KEY_JITTER,
    RETRY_KEY_ON,
    RETRY_RULES,
};

enum { POLL_EVERY, POLL_FOR, POLL_RULES };

enum { QUARANTINE_REASON, QUARANTINE_UNTIL, QUARANTINE_RULES };

enum { RACE_COPIES, RACE_REQUESTS, RACE_RULES };

enum {
    STEP_NAME,
    STEP_REQUEST,
    STEP_EXPECT,
    STEP_CAPTURE,
    STEP_RULES,
};

enum {
    REQUEST_USE,
    REQUEST_METHOD,
    REQUEST_URL,
    REQUEST_QUERY,
    REQUEST_HEADERS,
    REQUEST_COOKIES,
    REQUEST_JSON,
    REQUEST_FORM,
    REQUEST_TEXT,
    REQUEST_FILE,
    REQUEST_AUTH,
    REQUEST_TLS,
    REQUEST_FOLLOW,
    REQUEST_COMPRESSED,
    REQUEST_TIMEOUT,
    REQUEST_KEYS,
    REQUEST_RULES = REQUEST_KEYS + 10,
};

enum { BASIC_USER, BASIC_PASSWORD, BASIC_RULES };

enum {
    AUTH_KEY_BASIC,
    AUTH_KEY_BEARER,
    AUTH_KEYS,
    AUTH_RULES = AUTH_KEYS + 4,
};

enum { TLS_VERIFY, TLS_CA, TLS_KEYS, TLS_RULES = TLS_KEYS + 3 };

enum {
    TIMEOUT_CONNECT,
    TIMEOUT_TOTAL,
    TIMEOUT_KEYS,
    TIMEOUT_RULES = TIMEOUT_KEYS + 2,
};

/* A request that others lie over, and its body when that is JSON. */
struct layer {
    struct request request;
    struct node json;
    struct manner manner;
    bool has_manner; /* and so not that of request.manner */
    bool is_broken;  /* it was told that something is used that is not there */
};

/* What the decoding of one suite has in hand. */
struct decoder {
    struct plan *plan; /* for warnings; what is kept goes into its arena */
    struct suite *suite;
    struct faults *faults;
    struct arena scratch;     /* emptied after each test */
    struct request base;      /* of the defaults */
    struct node base_json;    /* its body, when that is JSON */
    struct node base_written; /* and all of it, as written */
    struct node own_json;     /* of the request decoded last, over base_json */
    struct node own_written;  /* that of the test or step in hand */
    const struct node *raced; /* the same, for the requests of its race, which
                               * lie over it; NULL: none are decoded */
    bool uses_nothing;        /* every "use" is passed over now */
    struct node *base_expect; /* in the plan's arena; NULL: none */
    const struct retry *base_retry; /* likewise; perhaps without `times` */
    struct row_files *row_files;
    const struct rows *data; /* of tests without `each`; NULL: none */
    int64_t now_ns;          /* wall clock; 0: not known */
    size_t tag_count;        /* the suite's own */
    const char *const *tags;
    struct compiler *compiler; /* NULL: plan_compile()'s */
    const struct suite *home;  /* of the named request that is decoded, or NULL:
                                * its names and paths begin there */
    bool shares_layers; /* named requests lie over the suite's defaults now */
    bool is_included;
    bool is_broken;      /* the suite's text is no JSON after all */
    struct arena places; /* the spots of names, until the suite is done */
    struct map names;    /* of its tests, to their spots */
    struct map ids;
};

/* How many tests, set-ups and teardowns included, a suite's JSON holds. */
size_t suite_count_tests(const json_t *root);

/* Decodes the suite whose outline `root` is and whose source, path and folders
 * are set, and its tests into `tests`, which has room for suite_count_tests().
 * Each test's JSON is read, decoded, compiled and let go in turn; where one
 * cannot be read the decoder is broken, and the suite ends before that test. */
void suite_decode(struct decoder *decoder, const struct node *root,
                  const struct variables *variables, struct test *tests);

/* The test's suite, index and role are set already. */
void test_decode(struct decoder *decoder, const struct node *written,
                 struct test *test);

/* Parts of test_decode(): `each` and `repeat`; retry, poll and timeout; lock,
 * quarantine, when, only and skip. */
void copies_decode(struct decoder *decoder, const struct member *found,
                   struct test *test);
void attempts_decode(struct decoder *decoder, const struct member *found,
                     struct test *test);
void terms_decode(struct decoder *decoder, const struct member *found,
                  struct test *test);

/* The race of a step whose own request was decoded last. */
void race_decode(struct decoder *decoder, const struct node *written,
                 struct test *test, struct step *step);

/* The defaults' retry: sets decoder->base_retry. */
void retry_decode_base(struct decoder *decoder, const struct node *written);

/* Reports know copies by names, so that no other test can have one of these. */
void copy_names_refuse(struct decoder *decoder, const struct test *tests,
                       size_t count);

/* A copy of what a test keeps of its JSON, which does not live as long; NULL
 * stays NULL. */
const char *text_keep(struct decoder *decoder, const char *text);

/* `written` over decoder->base. */
struct request request_decode(struct decoder *decoder,
                              const struct node *written);
/* What the suite's defaults are to those who write nothing. */
struct layer layer_below(const struct decoder *decoder);
/* The defaults' request: fills decoder->base and base_json. */
void request_decode_base(struct decoder *decoder, const struct node *written);

/* `written` over the layer, with what it uses between them; `use` is what it is
 * used by. */
void request_decode_over(struct decoder *decoder, const struct node *written,
                         const struct use *use,
                         struct member found[static REQUEST_RULES],
                         struct layer *layer);
/* The request that the text names over the layer; over the suite's defaults it
 * is decoded only once. */
void request_use(struct decoder *decoder, const struct node *written,
                 const struct use *outer, struct layer *layer);
/* What lies below a request, as if nothing were used there. */
void request_use_nothing(struct decoder *decoder, struct layer *layer);

/* Looks at the suite's own named requests that none of its tests used. */
void requests_try(struct decoder *decoder);

/* A list of strings: tags, ids. Their nodes are in decoder->scratch. */
struct nodes strings_decode(struct decoder *decoder, const struct node *array,
                            const char *subject);

enum field_use { USE_QUERY, USE_HEADERS, USE_COOKIES, USE_FORM };

/* The written fields over those of the base. */
struct field_list field_list_decode(struct decoder *decoder,
                                    const struct node *written,
                                    const struct field_list *base,
                                    enum field_use use);

/* What can be known of a URL before its templates are filled. */
void url_check(struct decoder *decoder, const struct node *url, bool is_base);
void method_check(struct decoder *decoder, const struct node *method);
/* Whether the text as written, which may hold templates where the use refuses
 * nothing but single bytes, can be sent; told when it cannot. */
bool text_look(struct decoder *decoder, const struct node *node,
               enum text_use use);
void text_tell(struct decoder *decoder, const struct node *node,
               const struct trouble *trouble);

/* False and told unless it is a duration, which may be zero. */
bool duration_read(struct decoder *decoder, const struct member *written,
                   int64_t *ns);
/* Zero and told unless it is a duration longer than nothing. */
int64_t duration_decode(struct decoder *decoder, const struct member *written);
