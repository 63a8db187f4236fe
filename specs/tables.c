/* The keys of the format, table by table. The order of each is that of the
 * enums in decode.h. */
#include "specs/decode.h"

#define RULES(list) COUNT(list), list

static const struct key_rule suite_rules[] = {
    [SUITE_SCHEMA] = {"$schema", TYPE_STRING, KEY_OPTIONAL},
    [SUITE_NAME] = {"name", TYPE_STRING, KEY_OPTIONAL},
    [SUITE_DESCRIPTION] = {"description", TYPE_STRING, KEY_OPTIONAL},
    [SUITE_TAGS] = {"tags", TYPE_ARRAY, KEY_OPTIONAL},
    [SUITE_BASE_URL] = {"base_url", TYPE_STRING, KEY_OPTIONAL},
    [SUITE_VARIABLES] = {"variables", TYPE_OBJECT, KEY_OPTIONAL},
    [SUITE_SECRETS] = {"secrets", TYPE_ARRAY, KEY_OPTIONAL},
    [SUITE_INCLUDE] = {"include", TYPE_STRING | TYPE_ARRAY, KEY_OPTIONAL},
    [SUITE_REQUESTS] = {"requests", TYPE_OBJECT, KEY_OPTIONAL},
    [SUITE_MATCHERS] = {"matchers", TYPE_OBJECT, KEY_OPTIONAL},
    [SUITE_DEFAULTS] = {"defaults", TYPE_OBJECT, KEY_OPTIONAL},
    [SUITE_SEQUENTIAL] = {"sequential", TYPE_BOOLEAN, KEY_OPTIONAL},
    [SUITE_SETUP] = {"setup", TYPE_ARRAY, KEY_OPTIONAL},
    [SUITE_TESTS] = {"tests", TYPE_ARRAY, KEY_OPTIONAL},
    [SUITE_TEARDOWN] = {"teardown", TYPE_ARRAY, KEY_OPTIONAL},
};

const struct key_table suite_table = {"a suite", NULL, RULES(suite_rules),
                                      false};

static const struct key_rule defaults_rules[] = {
    [DEFAULTS_REQUEST] = {"request", TYPE_OBJECT, KEY_OPTIONAL},
    [DEFAULTS_EXPECT] = {"expect", TYPE_OBJECT, KEY_OPTIONAL},
    [DEFAULTS_RETRY] = {"retry", TYPE_OBJECT | TYPE_WHOLE, KEY_OPTIONAL},
};

const struct key_table defaults_table = {"the defaults", NULL,
                                         RULES(defaults_rules), false};

static const struct key_rule test_rules[] = {
    [TEST_NAME] = {"name", TYPE_STRING, KEY_REQUIRED},
    [TEST_ID] = {"id", TYPE_STRING, KEY_OPTIONAL},
    [TEST_DESCRIPTION] = {"description", TYPE_STRING, KEY_OPTIONAL},
    [TEST_TAGS] = {"tags", TYPE_ARRAY, KEY_OPTIONAL},
    [TEST_REQUEST] = {"request", TYPE_OBJECT, KEY_OPTIONAL},
    [TEST_EXPECT] = {"expect", TYPE_OBJECT | TYPE_NULL, KEY_OPTIONAL},
    [TEST_CAPTURE] = {"capture", TYPE_OBJECT, KEY_OPTIONAL},
    [TEST_STEPS] = {"steps", TYPE_ARRAY, KEY_OPTIONAL},
    [TEST_AFTER] = {"after", TYPE_ARRAY, KEY_OPTIONAL},
    [TEST_REPEAT] = {"repeat", TYPE_WHOLE, KEY_OPTIONAL},
    [TEST_SKIP] = {"skip", TYPE_BOOLEAN | TYPE_STRING, KEY_OPTIONAL},
    [TEST_EACH] = {"each", TYPE_ARRAY | TYPE_STRING, KEY_OPTIONAL},
    [TEST_LOCK] = {"lock", TYPE_ARRAY | TYPE_STRING, KEY_OPTIONAL},
    [TEST_RACE] = {"race", TYPE_OBJECT, KEY_OPTIONAL},
    [TEST_QUARANTINE] = {"quarantine", TYPE_OBJECT, KEY_OPTIONAL},
    [TEST_WHEN] = {"when", TYPE_OBJECT, KEY_OPTIONAL},
    [TEST_ONLY] = {"only", TYPE_BOOLEAN, KEY_OPTIONAL},
    [TEST_RETRY] = {"retry", TYPE_OBJECT | TYPE_WHOLE | TYPE_NULL,
                    KEY_OPTIONAL},
    [TEST_POLL] = {"poll", TYPE_OBJECT | TYPE_STRING | TYPE_NUMBER,
                   KEY_OPTIONAL},
    [TEST_TIMEOUT] = {"timeout", TYPE_STRING | TYPE_NUMBER, KEY_OPTIONAL},
};

const struct key_table test_table = {"a test", NULL, RULES(test_rules), false};

static const struct key_rule retry_rules[] = {
    [RETRY_KEY_TIMES] = {"times", TYPE_WHOLE, KEY_OPTIONAL},
    [RETRY_KEY_DELAY] = {"delay", TYPE_STRING | TYPE_NUMBER, KEY_OPTIONAL},
    [RETRY_KEY_BACKOFF] = {"backoff", TYPE_NUMBER, KEY_OPTIONAL},
    [RETRY_KEY_JITTER] = {"jitter", TYPE_NUMBER, KEY_OPTIONAL},
    [RETRY_KEY_ON] = {"on", TYPE_ARRAY, KEY_OPTIONAL},
};

const struct key_table retry_table = {"\"retry\"", "retry", RULES(retry_rules),
                                      true};

static const struct key_rule poll_rules[] = {
    [POLL_EVERY] = {"every", TYPE_STRING | TYPE_NUMBER, KEY_OPTIONAL},
    [POLL_FOR] = {"for", TYPE_STRING | TYPE_NUMBER, KEY_REQUIRED},
};

const struct key_table poll_table = {"\"poll\"", "poll", RULES(poll_rules),
                                     false};

static const struct key_rule quarantine_rules[] = {
    [QUARANTINE_REASON] = {"reason", TYPE_STRING, KEY_REQUIRED},
    [QUARANTINE_UNTIL] = {"until", TYPE_STRING, KEY_REQUIRED},
};

const struct key_table quarantine_table = {"\"quarantine\"", "quarantine",
                                           RULES(quarantine_rules), false};

static const struct key_rule race_rules[] = {
    [RACE_COPIES] = {"copies", TYPE_WHOLE, KEY_OPTIONAL},
    [RACE_REQUESTS] = {"requests", TYPE_ARRAY, KEY_OPTIONAL},
};

const struct key_table race_table = {"\"race\"", "race", RULES(race_rules),
                                     false};

static const struct key_rule step_rules[] = {
    [STEP_NAME] = {"name", TYPE_STRING, KEY_OPTIONAL},
    [STEP_REQUEST] = {"request", TYPE_OBJECT, KEY_REQUIRED},
    [STEP_EXPECT] = {"expect", TYPE_OBJECT | TYPE_NULL, KEY_OPTIONAL},
    [STEP_CAPTURE] = {"capture", TYPE_OBJECT, KEY_OPTIONAL},
};

const struct key_table step_table = {"a step", NULL, RULES(step_rules), false};

static const struct key_rule request_rules[] = {
    [REQUEST_USE] = {"use", TYPE_STRING, KEY_OPTIONAL},
    [REQUEST_METHOD] = {"method", TYPE_STRING, KEY_OPTIONAL},
    [REQUEST_URL] = {"url", TYPE_STRING, KEY_OPTIONAL},
    [REQUEST_QUERY] = {"query", TYPE_OBJECT, KEY_OPTIONAL},
    [REQUEST_HEADERS] = {"headers", TYPE_OBJECT, KEY_OPTIONAL},
    [REQUEST_COOKIES] = {"cookies", TYPE_OBJECT, KEY_OPTIONAL},
    [REQUEST_JSON] = {"json", TYPE_ANY, KEY_OPTIONAL},
    [REQUEST_FORM] = {"form", TYPE_OBJECT, KEY_OPTIONAL},
    [REQUEST_TEXT] = {"text", TYPE_STRING, KEY_OPTIONAL},
    [REQUEST_FILE] = {"file", TYPE_STRING, KEY_OPTIONAL},
    [REQUEST_AUTH] = {"auth", TYPE_OBJECT, KEY_OPTIONAL},
    [REQUEST_TLS] = {"tls", TYPE_OBJECT, KEY_OPTIONAL},
    [REQUEST_FOLLOW] = {"follow", TYPE_BOOLEAN | TYPE_WHOLE, KEY_OPTIONAL},
    [REQUEST_COMPRESSED] = {"compressed", TYPE_BOOLEAN, KEY_OPTIONAL},
    [REQUEST_TIMEOUT] = {"timeout", TYPE_STRING | TYPE_NUMBER | TYPE_OBJECT,
                         KEY_OPTIONAL},
    [REQUEST_KEYS] = {"multipart", TYPE_ANY, KEY_LATER},
    {"base64", TYPE_ANY, KEY_LATER},
    {"graphql", TYPE_ANY, KEY_LATER},
    {"proxy", TYPE_ANY, KEY_LATER},
    {"http", TYPE_ANY, KEY_LATER},
    {"unix_socket", TYPE_ANY, KEY_LATER},
    {"resolve", TYPE_ANY, KEY_LATER},
    {"delay", TYPE_ANY, KEY_LATER},
    {"save", TYPE_ANY, KEY_LATER},
    {"stream", TYPE_ANY, KEY_LATER},
};

const struct key_table request_table = {"a request", "request",
                                        RULES(request_rules), true};

static const struct key_rule basic_rules[] = {
    [BASIC_USER] = {"user", TYPE_STRING, KEY_OPTIONAL},
    [BASIC_PASSWORD] = {"password", TYPE_STRING, KEY_OPTIONAL},
};

const struct key_table basic_table = {"\"basic\"", "basic", RULES(basic_rules),
                                      true};

static const struct key_rule auth_rules[] = {
    [AUTH_KEY_BASIC] = {"basic", TYPE_OBJECT, KEY_OPTIONAL},
    [AUTH_KEY_BEARER] = {"bearer", TYPE_STRING, KEY_OPTIONAL},
    [AUTH_KEYS] = {"digest", TYPE_ANY, KEY_LATER},
    {"ntlm", TYPE_ANY, KEY_LATER},
    {"aws_sigv4", TYPE_ANY, KEY_LATER},
    {"oauth2", TYPE_ANY, KEY_LATER},
};

const struct key_table auth_table = {"\"auth\"", "auth", RULES(auth_rules),
                                     true};

static const struct key_rule tls_rules[] = {
    [TLS_VERIFY] = {"verify", TYPE_BOOLEAN, KEY_OPTIONAL},
    [TLS_CA] = {"ca", TYPE_STRING, KEY_OPTIONAL},
    [TLS_KEYS] = {"cert", TYPE_ANY, KEY_LATER},
    {"key", TYPE_ANY, KEY_LATER},
    {"min_version", TYPE_ANY, KEY_LATER},
};

const struct key_table tls_table = {"\"tls\"", "tls", RULES(tls_rules), true};

static const struct key_rule timeout_rules[] = {
    [TIMEOUT_CONNECT] = {"connect", TYPE_STRING | TYPE_NUMBER, KEY_OPTIONAL},
    [TIMEOUT_TOTAL] = {"total", TYPE_STRING | TYPE_NUMBER, KEY_OPTIONAL},
    [TIMEOUT_KEYS] = {"first_byte", TYPE_ANY, KEY_LATER},
    {"idle", TYPE_ANY, KEY_LATER},
};

const struct key_table timeout_table = {"\"timeout\"", "timeout",
                                        RULES(timeout_rules), true};

const struct key_table *const key_tables[] = {
    &suite_table, &defaults_table, &test_table,       &retry_table, &poll_table,
    &race_table,  &step_table,     &request_table,    &basic_table, &auth_table,
    &tls_table,   &timeout_table,  &quarantine_table,
};
const size_t key_table_count = COUNT(key_tables);
