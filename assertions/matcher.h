/* The words of the one expectation language, compiled to a tree.
 *
 * A tree is asked twice at most. matcher_holds() is quick and builds no text;
 * only what failed is asked again, by matcher_explain(). */
#pragma once

#include "assertions/list.h"
#include "assertions/literal.h"
#include "assertions/xml/xml.h"

enum { NO_PROBE = UINT32_MAX };

struct grammar;
struct inside;
struct matcher_kind;
struct ignoring;
struct schema;
struct shared_schemas;
struct sharing;

struct matcher {
    const struct matcher_kind *kind;
    struct spot at;
    struct literal literal; /* equals, gt, in, contains... */
    union {
        struct pattern *pattern;         /* matches, unless it is a template */
        struct inside *inside;           /* of what looks inside */
        const char *format;              /* format */
        const struct schema *schema;     /* schema; NULL when it is wrong */
        const struct ignoring *ignoring; /* equals with ignore */
        const struct grammar *grammar;   /* of xsd and rng */
        struct matcher *children;        /* of all others */
    };
    uint32_t child_count;
    uint32_t probe; /* which probe of the body answers; NO_PROBE */
    enum domain domain : 8;
    bool wanted;         /* exists, empty */
    uint16_t types;      /* type */
    bool asks_existence; /* it can say something of what is not there */
};

/* Where and why one failed. */
struct finding {
    struct spot at;
    const char *path;
    const char *expected;
    const char *actual;
    bool is_absent;    /* the subject is not there */
    size_t difference; /* as in struct verdict */
    size_t more;       /* how many more are wrong... */
    const char *noun;  /* ..."difference", "element" */
    const char *lines; /* as in struct verdict */
};

/* A literal with templates, and what is made of its value when that is known
 * before the run. */
struct open {
    struct literal *literal;
    struct pattern **pattern;     /* NULL unless it is one */
    const struct jsonpath **path; /* likewise */
};

/* Everything that is found out while an `expect` and a `capture` compile. */
struct compiling {
    struct arena *arena;
    struct arena *scratch; /* for what nobody needs afterwards */
    struct faults *faults;
    const struct suite *suite; /* where names are looked for; NULL: nowhere */
    const struct use *use;     /* the named matcher that is compiled, or NULL */
    size_t use_count;
    size_t depth;
    const char *form; /* of the dates that literals are; NULL: any that is told
                       * by its look */
    struct sharing *sharing;        /* with other judgements; NULL: with none */
    struct shared_schemas *schemas; /* of this one, when with none */
    size_t schema_count;            /* that were asked for */
    struct xml_namespaces namespaces; /* of the XPaths that are compiled */
    struct list checks; /* struct placed_check *, in the scratch */
    struct list captures;
    const struct race *race; /* of which this is expected; NULL: none */
    struct list outcomes;    /* struct outcome * */
    struct list needs;       /* struct need * */
    struct list watchers;    /* matchers that have a probe */
    struct list open;        /* struct open *, whose values are not known yet */
    struct digest_methods *digests; /* NULL unless something is digested */
    bool holds_body;
    bool streams_body; /* unless something else holds it */
};

/* A matcher position: a literal, or an object of matchers. */
void matcher_compile(struct compiling *compiling, const struct node *node,
                     enum domain domain, struct matcher *result);

/* It can be said of a body that streams, when it is given probes. */
bool matcher_streams(const struct matcher *matcher);
void matcher_watch(struct compiling *compiling, struct matcher *matcher);
struct probe_kind;
const struct probe_kind *matcher_probe(const struct matcher *matcher);

bool matcher_holds(struct matching *matching, const struct matcher *matcher,
                   const struct value *value);

/* What the matcher wants, as a noun phrase: `less than 10`. */
void matcher_describe(struct matching *matching, struct teller *teller,
                      const struct matcher *matcher);

/* Says why it does not hold. */
void matcher_explain(struct matching *matching, const struct matcher *matcher,
                     const struct value *value, struct finding *finding);
