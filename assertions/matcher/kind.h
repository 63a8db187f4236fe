/* What one word of the language does. Private to the matchers. */
#pragma once

#include "assertions/matcher.h"
#include "assertions/probe.h"

struct transform_kind;

/* What a matcher can be asked of; a set. */
enum subject {
    SUBJECT_TEXT = 1 << 0,
    SUBJECT_AMOUNT = 1 << 1, /* numbers, durations, sizes */
    SUBJECT_SHAPE = 1 << 2,  /* arrays and objects */
    SUBJECT_DATE = 1 << 3,
    /* Whatever stands in an answer, which is no date before it is read. */
    SUBJECT_ANY = SUBJECT_TEXT | SUBJECT_AMOUNT | SUBJECT_SHAPE,
};

/* How it can be said of a body that is not held. */
enum streaming {
    STREAMS_NOT,
    STREAMS_AS_PROBE, /* a probe of its own watches the body */
    STREAMS_AS_PARTS, /* when all that it is made of can */
    STREAMS_ALWAYS,   /* the size of the body says it */
};

struct matcher_kind {
    unsigned subjects;
    enum streaming streaming;
    const struct probe_kind *probe;         /* STREAMS_AS_PROBE */
    const struct transform_kind *transform; /* of what looks inside; NULL */
    /* Reads the argument; mistakes are added. */
    void (*compile)(struct compiling *compiling, const struct node *argument,
                    struct matcher *matcher);
    /* Never asked of what is absent, unless the matcher asks_existence. */
    bool (*holds)(struct matching *matching, const struct matcher *matcher,
                  const struct value *value);
    void (*describe)(struct matching *matching, struct teller *teller,
                     const struct matcher *matcher);
    /* NULL: what is expected is the description, what is there the value. */
    void (*explain)(struct matching *matching, const struct matcher *matcher,
                    const struct value *value, struct finding *finding);
};

extern const struct matcher_kind age_matcher, all_matcher, all_of_matcher,
    any_matcher, any_of_matcher, base64_matcher, between_matcher,
    contains_matcher, count_matcher, date_matcher, empty_matcher,
    ends_with_matcher, equals_matcher, exists_matcher, expires_in_matcher,
    first_matcher, format_matcher, gt_matcher, gte_matcher, hex_matcher,
    ignore_matcher, in_matcher, includes_matcher, json_matcher, keys_matcher,
    last_matcher, length_matcher, lower_matcher, lt_matcher, lte_matcher,
    matches_matcher, md5_matcher, near_matcher, none_matcher, not_matcher,
    nth_matcher, number_matcher, parse_json_matcher, regex_matcher,
    schema_matcher, select_matcher, sha256_matcher, sorted_matcher,
    split_matcher, starts_with_matcher, trim_matcher, type_matcher,
    unique_matcher, unordered_matcher, url_decode_matcher, use_matcher,
    xml_matcher, xpath_select_matcher;

/* Reads a literal argument for the domain and what the literal accepts, which
 * are set; its templates become needs. NULL unless there are some. */
struct open *compile_literal(struct compiling *compiling,
                             const struct node *node, struct literal *literal);
/* The one matcher that the argument is. */
void compile_child(struct compiling *compiling, const struct node *argument,
                   enum domain domain, struct matcher *matcher);
/* The list of matchers that the argument is. */
void compile_children(struct compiling *compiling, const struct node *argument,
                      struct matcher *matcher);
/* true or false. */
void compile_wanted(struct compiling *compiling, const struct node *argument,
                    struct matcher *matcher);
/* The words of all children, "and" between them. */
void describe_children(struct matching *matching, struct teller *teller,
                       const struct matcher *matcher, const char *between);

/* Fills in what the kind's own explain() would leave to the default. */
void explain_plainly(struct matching *matching, const struct matcher *matcher,
                     const struct value *value, struct finding *finding);
/* As its only child explains it of `inner`, with `prefix` before what is
 * expected. */
void explain_inside(struct matching *matching, const struct matcher *matcher,
                    const struct value *inner, const char *prefix,
                    struct finding *finding);

/* The places where a document differs from what is expected, of which the first
 * is told whole; the actual value may be NULL. */
struct comparing;
void explain_difference(const struct comparing *comparing, json_t *expected,
                        json_t *actual, const char *path,
                        struct finding *finding);
/* The same of a list that a path selected, and of the array that is expected.
 */
void explain_list(const struct comparing *comparing, json_t *expected,
                  const struct value *list, struct finding *finding);
/* `: expected 1, got 2`, each value cut behind `most` bytes. */
void tell_finding(struct teller *teller, const struct finding *finding,
                  size_t most);
/* Two texts, shown from a little before their difference. */
void explain_texts(struct matching *matching, struct text expected,
                   struct text actual, struct finding *finding);

const char *told_json(struct matching *matching, json_t *value);
const char *told_value(struct matching *matching, const struct value *value);
