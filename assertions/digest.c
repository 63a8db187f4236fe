#include "assertions/digest.h"

#include <assert.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <stdlib.h>

struct digest_method {
    EVP_MD *md;
};

struct digest {
    const EVP_MD *md;
    EVP_MD_CTX *state;
};

/* With SHA-256, OpenSSL fails only where memory does, or where somebody
 * configured it away; neither leaves anything to go on with. */
static void must_succeed(bool success)
{
    assert(success);
}

struct digest_method *digest_method_open(void)
{
    struct digest_method *method = must_alloc(sizeof(*method));

    method->md = EVP_MD_fetch(NULL, "SHA256", NULL);
    must_succeed(method->md);
    return method;
}

void digest_method_close(struct digest_method *method)
{
    if (method)
        EVP_MD_free(method->md);
    free(method);
}

struct digest *digest_open(const struct digest_method *method)
{
    struct digest *digest = must_alloc(sizeof(*digest));

    digest->md = method->md;
    digest->state = EVP_MD_CTX_new();
    must_succeed(digest->state);
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

void digest_finish(struct digest *digest, char hex[DIGEST_HEX + 1])
{
    unsigned char bytes[EVP_MAX_MD_SIZE];
    unsigned length = 0;

    must_succeed(EVP_DigestFinal_ex(digest->state, bytes, &length));
    assert(length == DIGEST_HEX / 2);
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
