#include "specs/coding.h"

#include <assert.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/sha.h>
#include <stdio.h>

/* Whole groups of three bytes, so that only the last one is padded. */
enum { GROUPS = 1024, GROUP_BYTES = 3, GROUP_LETTERS = 4 };

void coding_sha256(const char *bytes, size_t length,
                   unsigned char digest[SHA256_BYTES])
{
    SHA256((const unsigned char *)bytes, length, digest);
}

void coding_hmac(const struct buffer *key, const struct buffer *text,
                 unsigned char digest[SHA256_BYTES])
{
    unsigned length = 0;
    const unsigned char *made =
        HMAC(EVP_sha256(), buffer_text(key), (int)key->length,
             (const unsigned char *)buffer_text(text), text->length, digest,
             &length);

    /* It fails where memory does, or where somebody configured it away. */
    assert(made && length == SHA256_BYTES);
}

bool coding_base64(const struct buffer *text, struct buffer *out)
{
    const unsigned char *bytes = (const unsigned char *)buffer_text(text);
    unsigned char letters[GROUPS * GROUP_LETTERS + 1];
    size_t step = GROUPS * GROUP_BYTES;

    for (size_t i = 0; i < text->length; i += step) {
        size_t left = text->length - i;
        int made = EVP_EncodeBlock(letters, bytes + i,
                                   (int)(left < step ? left : step));

        if (!buffer_add(out, (const char *)letters, (size_t)made))
            return false;
    }
    return true;
}

void coding_hex(const unsigned char digest[SHA256_BYTES],
                char hex[SHA256_DIGITS + 1])
{
    for (size_t i = 0; i < SHA256_BYTES; i++)
        snprintf(hex + 2 * i, 3, "%02x", digest[i]);
}
