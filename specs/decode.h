/* From JSON to suites, tests, steps and requests. Private to specs/.
 *
 * The suite's defaults are decoded once, so that what is wrong in them is told
 * once and what is right is shared; a request of its own begins as a copy of
 * them. */
#pragma once

#include "specs/fields.h"
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
    SUITE_DEFAULTS,
    SUITE_SEQUENTIAL,
    SUITE_SETUP,
    SUITE_TESTS,
    SUITE_TEARDOWN,
    SUITE_KEYS,
    SUITE_RULES = SUITE_KEYS + 3,
};

enum {
    DEFAULTS_REQUEST,
    DEFAULTS_EXPECT,
    DEFAULTS_KEYS,
    DEFAULTS_RULES = DEFAULTS_KEYS + 1,
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
    TEST_KEYS,
    TEST_RULES = TEST_KEYS + 9,
};

enum {
    STEP_NAME,
    STEP_REQUEST,
    STEP_EXPECT,
    STEP_CAPTURE,
    STEP_RULES,
};

enum {
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
    REQUEST_RULES = REQUEST_KEYS + 11,
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

/* What the decoding of one suite has in hand. */
struct decoder {
    struct plan *plan; /* for warnings; what is kept goes into its arena */
    struct suite *suite;
    struct faults *faults;
    struct arena scratch;     /* emptied after each test */
    struct request base;      /* of the defaults */
    struct node base_json;    /* its body, when that is JSON */
    struct node *base_expect; /* in the plan's arena; NULL: none */
    size_t tag_count;         /* the suite's own */
    const char *const *tags;
    struct compiler *compiler; /* NULL: plan_compile()'s */
    bool is_broken;            /* the suite's text is no JSON after all */
    struct arena places;       /* the spots of names, until the suite is done */
    struct map names;          /* of its tests, to their spots */
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

/* A copy of what a test keeps of its JSON, which does not live as long; NULL
 * stays NULL. */
const char *text_keep(struct decoder *decoder, const char *text);

/* `written` over decoder->base. */
struct request request_decode(struct decoder *decoder,
                              const struct node *written);
/* The defaults' request: fills decoder->base and base_json. */
void request_decode_base(struct decoder *decoder, const struct node *written);

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
/* Of a base_url whose templates are filled; NULL when nothing is wrong. */
const char *base_url_trouble(const char *text);
void method_check(struct decoder *decoder, const struct node *method);
/* RFC 9110, section 5.6.2. */
bool is_token(const char *text);
/* Tells of the first CR, LF or NUL in a header's or cookie's text. */
bool line_check(struct decoder *decoder, const struct node *text,
                const char *what);

/* Zero and told unless it is a duration longer than nothing. */
int64_t duration_decode(struct decoder *decoder, const struct member *written);
