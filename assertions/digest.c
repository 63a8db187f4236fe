#include "assertions/digest.h"

#include <assert.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>

static const struct {
    const char *name; /* as OpenSSL calls it */
    size_t hex;
} kinds[] = {
    [DIGEST_SHA256] = {"SHA256", 64},
    [DIGEST_MD5] = {"MD5", 32},
};

struct digest_methods {
    EVP_MD *list[COUNT(kinds)];
};

struct digest {
    enum digest_kind kind;
    const EVP_MD *md;
    EVP_MD_CTX *state;
};

/* With these, OpenSSL fails only where memory does, or where somebody
 * configured one away; neither leaves anything to go on with. */
static void must_succeed(bool success)
{
    assert(success);
}

size_t digest_hex(enum digest_kind kind)
{
    return kinds[kind].hex;
}

struct digest_methods *digest_methods_open(void)
{
    return must_alloc(sizeof(struct digest_methods));
}

void digest_methods_need(struct digest_methods *methods, enum digest_kind kind)
{
    if (methods->list[kind])
        return;
    methods->list[kind] = EVP_MD_fetch(NULL, kinds[kind].name, NULL);
    must_succeed(methods->list[kind]);
}

void digest_methods_close(struct digest_methods *methods)
{
    for (size_t i = 0; methods && i < COUNT(methods->list); i++)
        EVP_MD_free(methods->list[i]);
    free(methods);
}

struct digest *digest_open(const struct digest_methods *methods,
                           enum digest_kind kind)
{
    struct digest *digest = must_alloc(sizeof(*digest));

    digest->kind = kind;
    digest->md = methods->list[kind];
    digest->state = EVP_MD_CTX_new();
    must_succeed(digest->md && digest->state);
    digest_restart(digest);
    return digest;
}

void digest_restart(struct digest *digest)
{
    must_succeed(EVP_DigestInit_ex(digest->state, digest->md, NULL));
}

void digest_feed(struct digest *digest, const char *bytes, size_t length)
{
    must_succeed(EVP_DigestUpdate(digest->state, bytes, length));
}

void digest_finish(struct digest *digest, char hex[DIGEST_HEX_MOST + 1])
{
    unsigned char bytes[EVP_MAX_MD_SIZE];
    unsigned length = 0;

    must_succeed(EVP_DigestFinal_ex(digest->state, bytes, &length));
    assert(length == digest_hex(digest->kind) / 2);
    for (unsigned i = 0; i < length; i++)
        snprintf(hex + 2 * i, 3, "%02x", bytes[i]);
}

void digest_close(struct digest *digest)
{
    if (!digest)
        return;
    EVP_MD_CTX_free(digest->state);
    free(digest);
}
