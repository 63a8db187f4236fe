/* Measures of a value: how much of it there is, and its digests. Of a body that
 * streams the probes know them. */
#include <string.h>

#include "assertions/probe.h"
#include "assertions/transform.h"
#include "specs/json.h"

static bool make_count(struct applying *applying, size_t count)
{
    applying->made = value_of_number(VALUE_NUMBER, (int64_t)count);
    return true;
}

static bool apply_count(struct applying *applying)
{
    if (!value_is_list(applying->from))
        return transform_refuse(applying, "no list");
    return make_count(applying, value_count(applying->from));
}

/* Characters of a text, elements of a list, members of an object. */
static bool apply_length(struct applying *applying)
{
    const struct value *from = applying->from;
    struct text text;

    if (value_text(from, &text))
        return make_count(applying, count_characters(text));
    if (value_is_list(from))
        return make_count(applying, value_count(from));
    if (from->kind == VALUE_JSON && json_is_object(from->json))
        return make_count(applying, json_object_size(from->json));
    return transform_refuse(applying, "no text, list or object");
}

static void see_length(struct applying *applying, const struct probe *probe)
{
    make_count(applying, probe->count);
}

static void close_digests(void *methods)
{
    digest_methods_close(methods);
}

static void need_digest(struct compiling *compiling, enum digest_kind kind)
{
    if (!compiling->digests) {
        compiling->digests = digest_methods_open();
        arena_own(compiling->arena, compiling->digests, close_digests);
    }
    digest_methods_need(compiling->digests, kind);
}

static void compile_sha256(struct compiling *compiling,
                           const struct node *argument,
                           struct transform *transform)
{
    (void)argument;
    (void)transform;
    need_digest(compiling, DIGEST_SHA256);
}

static void compile_md5(struct compiling *compiling,
                        const struct node *argument,
                        struct transform *transform)
{
    (void)argument;
    (void)transform;
    need_digest(compiling, DIGEST_MD5);
}

static bool make_digest(struct applying *applying, enum digest_kind kind)
{
    struct matching *matching = applying->matching;
    struct digest *digest;
    struct text text;
    char *hex;

    if (!transform_text(applying, &text))
        return false;
    hex = arena_take(matching->arena, DIGEST_HEX_MOST + 1);
    digest = digest_open(matching->digests, kind);
    digest_feed(digest, text.bytes, text.length);
    digest_finish(digest, hex);
    digest_close(digest);
    applying->made = value_of_text(text_of(hex));
    return true;
}

static bool apply_sha256(struct applying *applying)
{
    return make_digest(applying, DIGEST_SHA256);
}

static bool apply_md5(struct applying *applying)
{
    return make_digest(applying, DIGEST_MD5);
}

static void see_sha256(struct applying *applying, const struct probe *probe)
{
    applying->made = value_of_text(text_of(probe_digest(probe)));
}

const struct transform_kind count_transform = {
    .name = "count",
    .words = "a count of ",
    .result = DOMAIN_COUNT,
    .apply = apply_count,
};

const struct transform_kind length_transform = {
    .name = "length",
    .words = "a length of ",
    .result = DOMAIN_COUNT,
    .apply = apply_length,
    .see = see_length,
};

const struct transform_kind sha256_transform = {
    .name = "sha256",
    .words = "a sha256 of ",
    .result = DOMAIN_SHA256,
    .compile = compile_sha256,
    .apply = apply_sha256,
    .see = see_sha256,
};

const struct transform_kind md5_transform = {
    .name = "md5",
    .words = "an md5 of ",
    .result = DOMAIN_MD5,
    .compile = compile_md5,
    .apply = apply_md5,
};
