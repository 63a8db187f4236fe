/* The keys of `expect`: what each takes out of an answer. */
#pragma once

#include "assertions/document.h"
#include "assertions/markup.h"
#include "assertions/matcher.h"

struct check;
struct probes;

/* One answer, while it is judged. */
struct answer {
    const struct response *response;
    const struct probes *probes; /* NULL unless the body streamed */
    struct matching *matching;
    struct document document; /* read when first asked for */
    struct markup_body xml;   /* likewise; markup_finish() them */
    struct markup_body html;
    bool is_explaining; /* values get their paths */
};

/* What the body must be for a check. */
enum document_kind {
    DOCUMENT_NONE,
    DOCUMENT_JSON,
    DOCUMENT_XML,
    DOCUMENT_HTML
};

struct extractor {
    bool without_answer; /* there is something to see of one that failed */
    bool watches;        /* its checks may have probes, and are not shared */
    enum document_kind of_document;
    /* Adds the checks that the member of `expect` asks for. */
    void (*compile)(struct compiling *compiling,
                    const struct extractor *extractor,
                    const struct member *member);
    /* NULL for what no single answer tells, which becomes no check.
     * The `number`th value that may satisfy the check; false when there are no
     * more. There is always one, which may be absent. */
    bool (*look)(struct answer *answer, const struct check *check,
                 size_t number, struct value *value);
};

extern const struct extractor body_extractor, cookies_extractor,
    error_extractor, headers_extractor, html_extractor, http_extractor,
    ip_extractor, json_extractor, outcomes_extractor, redirects_extractor,
    rng_extractor, schema_extractor, size_extractor, status_extractor,
    time_extractor, url_extractor, xml_extractor, xsd_extractor;

/* One expectation: a subject and what is asked of it. */
struct check {
    const struct extractor *extractor;
    struct spot at;
    const char *subject;
    const char *name; /* of the header, the cookie; the path as written */
    union {
        size_t field;                /* of a cookie, of time, of size */
        const struct jsonpath *path; /* of json; NULL: the whole document */
        const struct xpath *xpath;   /* of xml and html */
    };
    bool counts; /* of xml and html: nothing there is a list of none */
    struct matcher matcher;
};

/* A check of one judgement, which others that were written alike may share. */
struct placed_check {
    const struct check *check;
    uint32_t offset; /* of its own text, where check->at is for the first */
};

/* Adds it as it stands at the spot. */
void check_ask(struct compiling *compiling, const struct check *check,
               struct spot at);

/* NULL when there is no such key. */
const struct extractor *extractor_find(const char *name);
/* Tells that the key is not known, and what may have been meant. */
void extractor_refuse(const struct member *member, struct faults *faults);

/* Adds a check with its matcher compiled; `words` is what its subject is
 * called. It may be one that was added before: whatever else is set of it
 * follows from the member's text alone. */
struct check *check_add(struct compiling *compiling,
                        const struct extractor *extractor,
                        const struct member *member, enum domain domain,
                        const char *words);
/* The same for a member whose value is what the one matcher takes. */
struct check *check_add_kind(struct compiling *compiling,
                             const struct extractor *extractor,
                             const struct member *member,
                             const struct matcher_kind *kind);
/* The same for a member of the extractor's own object, whose key is added to
 * the words. */
struct check *check_add_named(struct compiling *compiling,
                              const struct extractor *extractor,
                              const struct member *member, enum domain domain,
                              const char *words);

/* Whether it is a null, which is a mistake and told: one that removed something
 * of the defaults is no member any more. */
bool extractor_refuse_null(struct compiling *compiling,
                           const struct member *member);

/* Whether a header can have that name; false with the trouble told. */
bool header_name_check(const char *name, struct trouble *trouble) NODISCARD;

/* The members of an extractor's own object; none, and told, when it is not an
 * object. */
struct members extractor_members(struct compiling *compiling,
                                 const struct member *member, int flags);

/* The arena owns the path, and must hold its text. NULL, and told at its place
 * inside of the key, when it is wrong. */
const struct jsonpath *path_compile(struct compiling *compiling,
                                    const char *text, struct spot at);

/* The body as XML or HTML; NULL when it is none. */
const struct xml_document *answer_markup(struct answer *answer,
                                         enum markup markup);

/* The body as text, "" where there is none. */
struct text answer_body(const struct response *response);
/* The value of the `number`th header of that name; no bytes: there is none. */
struct text answer_header(const struct response *response, const char *name,
                          size_t number);
