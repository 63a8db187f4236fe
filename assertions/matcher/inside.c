/* Words that measure the subject and hand the measure on to their argument. */
#include <string.h>

#include "assertions/matcher/kind.h"
#include "specs/json.h"

static void compile_number(struct compiling *compiling,
                           const struct node *argument, struct matcher *matcher)
{
    compile_child(compiling, argument, DOMAIN_COUNT, matcher);
}

static bool count_of(const struct value *value, struct value *count)
{
    if (!value_is_list(value))
        return false;
    *count = value_of_number(VALUE_NUMBER, (int64_t)value_count(value));
    count->path = value->path;
    return true;
}

static bool count_holds(struct matching *matching,
                        const struct matcher *matcher,
                        const struct value *value)
{
    struct value count;

    return count_of(value, &count) &&
           matcher_holds(matching, matcher->children, &count);
}

static void describe_count(struct matching *matching, struct teller *teller,
                           const struct matcher *matcher)
{
    tell(teller, "a count of ");
    describe_children(matching, teller, matcher, "");
}

static void explain_count(struct matching *matching,
                          const struct matcher *matcher,
                          const struct value *value, struct finding *finding)
{
    struct value count;

    if (count_of(value, &count))
        explain_inside(matching, matcher, &count, "a count of ", finding);
    else
        explain_plainly(matching, matcher, value, finding);
}

/* Characters of a text, elements of a list, members of an object. */
static bool length_of(struct matching *matching, const struct matcher *matcher,
                      const struct value *value, struct value *length)
{
    const struct probe *probe;
    struct text text;
    size_t count;

    if (value->kind == VALUE_STREAM) {
        probe = probe_of(matching, matcher, value);
        if (!probe)
            return false;
        count = probe->count;
    } else if (value_text(value, &text)) {
        count = count_characters(text);
    } else if (value_is_list(value)) {
        count = value_count(value);
    } else if (value->kind == VALUE_JSON && json_is_object(value->json)) {
        count = json_object_size(value->json);
    } else {
        return false;
    }
    *length = value_of_number(VALUE_NUMBER, (int64_t)count);
    length->path = value->path;
    return true;
}

static bool length_holds(struct matching *matching,
                         const struct matcher *matcher,
                         const struct value *value)
{
    struct value length;

    return length_of(matching, matcher, value, &length) &&
           matcher_holds(matching, matcher->children, &length);
}

static void describe_length(struct matching *matching, struct teller *teller,
                            const struct matcher *matcher)
{
    tell(teller, "a length of ");
    describe_children(matching, teller, matcher, "");
}

static void explain_length(struct matching *matching,
                           const struct matcher *matcher,
                           const struct value *value, struct finding *finding)
{
    struct value length;

    if (length_of(matching, matcher, value, &length))
        explain_inside(matching, matcher, &length, "a length of ", finding);
    else
        explain_plainly(matching, matcher, value, finding);
}

static void close_digests(void *method)
{
    digest_method_close(method);
}

static void compile_sha256(struct compiling *compiling,
                           const struct node *argument, struct matcher *matcher)
{
    if (!compiling->digests) {
        compiling->digests = digest_method_open();
        arena_own(compiling->arena, compiling->digests, close_digests);
    }
    compile_child(compiling, argument, DOMAIN_DIGEST, matcher);
}

static bool digest_of(struct matching *matching, const struct matcher *matcher,
                      const struct value *value, struct value *result)
{
    char *hex = arena_take(matching->arena, DIGEST_HEX + 1);
    const struct probe *probe;
    struct digest *digest;
    struct text text;

    if (value->kind == VALUE_STREAM) {
        probe = probe_of(matching, matcher, value);
        if (!probe)
            return false;
        memcpy(hex, probe_digest(probe), DIGEST_HEX);
    } else if (value_text(value, &text)) {
        digest = digest_open(matching->digests);
        digest_feed(digest, text.bytes, text.length);
        digest_finish(digest, hex);
        digest_close(digest);
    } else {
        return false;
    }
    *result = value_of_text((struct text){hex, DIGEST_HEX});
    result->path = value->path;
    return true;
}

static bool sha256_holds(struct matching *matching,
                         const struct matcher *matcher,
                         const struct value *value)
{
    struct value digest;

    return digest_of(matching, matcher, value, &digest) &&
           matcher_holds(matching, matcher->children, &digest);
}

static void describe_sha256(struct matching *matching, struct teller *teller,
                            const struct matcher *matcher)
{
    tell(teller, "a sha256 of ");
    describe_children(matching, teller, matcher, "");
}

static void explain_sha256(struct matching *matching,
                           const struct matcher *matcher,
                           const struct value *value, struct finding *finding)
{
    struct value digest;

    if (digest_of(matching, matcher, value, &digest))
        explain_inside(matching, matcher, &digest, "a sha256 of ", finding);
    else
        explain_plainly(matching, matcher, value, finding);
}

const struct matcher_kind count_matcher = {
    .subjects = SUBJECT_SHAPE,
    .compile = compile_number,
    .holds = count_holds,
    .describe = describe_count,
    .explain = explain_count,
};

const struct matcher_kind length_matcher = {
    .subjects = SUBJECT_TEXT | SUBJECT_SHAPE,
    .streaming = STREAMS_AS_PROBE,
    .probe = &length_probe,
    .compile = compile_number,
    .holds = length_holds,
    .describe = describe_length,
    .explain = explain_length,
};

const struct matcher_kind sha256_matcher = {
    .subjects = SUBJECT_TEXT,
    .streaming = STREAMS_AS_PROBE,
    .probe = &digest_probe,
    .compile = compile_sha256,
    .holds = sha256_holds,
    .describe = describe_sha256,
    .explain = explain_sha256,
};
