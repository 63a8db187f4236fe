/* Growing bytes that cannot exist without a ceiling, and the list of every
 * ceiling that the program knows. */
#pragma once

#include "specs/base/base.h"

/* Every limit, in one place; each has a test that goes one past it. */
enum limit {
    LIMIT_SPEC_BYTES = 32 << 20,       /* a spec file */
    LIMIT_SPEC_DEPTH = 128,            /* nesting of a spec */
    LIMIT_SPEC_FILES = 100000,         /* suites of one run */
    LIMIT_INCLUDE_DEPTH = 64,          /* suites that include each other */
    LIMIT_USE_DEPTH = 64,              /* named requests within each other */
    LIMIT_USES = 10000,                /* named matchers that a step comes to */
    LIMIT_FAULTS = 100,                /* mistakes told of one load */
    LIMIT_REPEAT = 10000000,           /* copies of one test */
    LIMIT_ROWS = 100000000,            /* rows of data of one test */
    LIMIT_ROW_BYTES = 1 << 20,         /* a row of a file */
    LIMIT_ROW_FIELDS = 1024,           /* names that the rows of a test have */
    LIMIT_ROW_NAME = 200,              /* characters of a row's name */
    LIMIT_ROW_FAULTS = 20,             /* mistakes told of one file of rows */
    LIMIT_STEPS = 1000,                /* steps of one test */
    LIMIT_LOCKS = 64,                  /* locks of one test */
    LIMIT_RACE = 64,                   /* requests of one race */
    LIMIT_POLL_S = 24 * 60 * 60,       /* how long one test polls */
    LIMIT_JOBS = 4096,                 /* exchanges in flight */
    LIMIT_RUNS = 10000,                /* runs and warm-up runs of `compare` */
    LIMIT_TAG_DEPTH = 64,              /* nesting of parentheses in --tag */
    LIMIT_LAST_RUN = 64 << 20,         /* the last run, or a line of a log */
    LIMIT_RATE = 1000000,              /* requests of --rate in its unit */
    LIMIT_ROUNDS = 1000000,            /* of --repeat */
    LIMIT_RETRIES = 100,               /* retries of one test */
    LIMIT_RETRY_DELAY_S = 60 * 60,     /* before one of them */
    LIMIT_RETRY_AFTER_S = 5 * 60,      /* that a server may ask to wait */
    LIMIT_SLOWEST = 1000,              /* tests that --slowest names */
    LIMIT_BODY_BYTES = 64 << 20,       /* a body that is held (--max-body) */
    LIMIT_HEADER_BYTES = 300 * 1024,   /* the headers of one answer together */
    LIMIT_HEADER_COUNT = 1000,         /* the headers of one answer */
    LIMIT_REDIRECTS = 50,              /* hops of one exchange */
    LIMIT_JSON_DEPTH = 512,            /* nesting of a JSON body */
    LIMIT_PATH_BYTES = 64 * 1024,      /* a JSONPath as written */
    LIMIT_PATH_DEPTH = 64,             /* nesting of its filters */
    LIMIT_PATH_NODES = 10000000,       /* nodes one query may visit */
    LIMIT_PATH_TEXT = 64 << 20,        /* all normalized paths of one query */
    LIMIT_XML_DEPTH = 257,             /* elements, as libxml2 has it */
    LIMIT_XPATH_BYTES = 16 * 1024,     /* an XPath as written */
    LIMIT_XPATH_DEPTH = 1000,          /* of its parts; parentheses count 10 */
    LIMIT_XPATH_STEPS = 10000000,      /* of one evaluation */
    LIMIT_XPATH_TEXT = 64 << 20,       /* all texts that one selects */
    LIMIT_GRAMMAR_FILES = 100,         /* that an XSD or RELAX NG is made of */
    LIMIT_MATCHER_DEPTH = 64,          /* nesting of matchers */
    LIMIT_SCHEMA_DEPTH = 2048,         /* schemas within schemas of a check */
    LIMIT_SCHEMA_STEPS = 10000000,     /* schemas that one check may enter */
    LIMIT_INCLUDES_STEPS = 1000000,    /* comparisons one `includes` may make */
    LIMIT_NEAR_DIGITS = 1000,          /* from the first to the last of a sum */
    LIMIT_PIECES = 100000,             /* that `split` makes of a text */
    LIMIT_PATTERN_BYTES = 64 * 1024,   /* a pattern of ECMA-262 */
    LIMIT_PATTERN_STEPS = 1000000,     /* PCRE2's match limit */
    LIMIT_PATTERN_HEAP_KB = 20 * 1024, /* PCRE2's heap limit */
    LIMIT_TEMPLATE_BYTES = 16 << 20,   /* a string that templates made */
    LIMIT_TEMPLATE_DEPTH = 16,         /* variables made of variables */
    LIMIT_CALL_DEPTH = 16,             /* calls within calls */
    LIMIT_RANDOM_STRING = 1 << 20,     /* characters of a random text */
    LIMIT_ALPHABET = 1024,             /* characters that it is made of */
    LIMIT_TIME_TEXT = 4096,            /* bytes of a time as text */
    LIMIT_ZONE_BYTES = 64 * 1024,      /* a file of the time zone database */
    LIMIT_UPLOAD_BYTES = 64 << 20,     /* a request body that is held */
    LIMIT_VALUE_TOLD = 2048,           /* bytes of a value in a message */
    LIMIT_BODY_TOLD = 64 * 1024,       /* bytes of a body in log and reports */
    LIMIT_NODE_TOLD = 64 * 1024,       /* bytes of a text in the JUnit file */
    LIMIT_REFERENCES_TOLD = 10000,     /* references (&lt;) in such a text */
    LIMIT_MESSAGE_TOLD = 500,          /* characters of a message there */
    LIMIT_JUNIT_TOLD = 20 << 20,       /* bytes of all such texts together */
    LIMIT_ATTEMPTS_TOLD = 10,          /* attempts that a retry replaced */
    LIMIT_LOG_LINE = 16 << 20,         /* bytes of a line of the log */
    LIMIT_RECORDED = 64 << 20,         /* transcripts of a run to tell later */
    LIMIT_FAILURES_TOLD = 50,          /* failures that a console tells whole */
    LIMIT_FAILURES_LISTED = 1000,      /* those and the ones in one line */
};

/* Zeroed memory with a ceiling set is an empty buffer. `bytes` is NUL-ended
 * once anything was added, and NULL before. */
struct buffer {
    char *bytes;
    size_t length;
    size_t capacity;
    size_t ceiling;
};

struct buffer buffer_with_ceiling(size_t ceiling) NODISCARD;

/* False, and nothing added, when the ceiling would be passed. */
bool buffer_add(struct buffer *buffer, const char *bytes,
                size_t length) NODISCARD;
bool buffer_add_text(struct buffer *buffer, const char *text) NODISCARD;
bool buffer_print(struct buffer *buffer, const char *format, ...)
    PRINTF_LIKE(2, 3) NODISCARD;

/* The text so far, "" when there is none; borrowed. */
const char *buffer_text(const struct buffer *buffer);

/* Hands the bytes to the caller, who frees them; the buffer is empty again. */
char *buffer_take(struct buffer *buffer) NODISCARD;

void buffer_clear(struct buffer *buffer);
void buffer_finish(struct buffer *buffer);
