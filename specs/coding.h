/* Hashes and codes that OpenSSL makes. Private to specs/. */
#pragma once

#include "specs/base/buffer.h"

enum { SHA256_BYTES = 32, SHA256_DIGITS = 2 * SHA256_BYTES };

void coding_sha256(const char *bytes, size_t length,
                   unsigned char digest[SHA256_BYTES]);

/* RFC 2104 over SHA-256. */
void coding_hmac(const struct buffer *key, const struct buffer *text,
                 unsigned char digest[SHA256_BYTES]);

/* RFC 4648, section 4, with padding. False when the ceiling is reached. */
bool coding_base64(const struct buffer *text, struct buffer *out) NODISCARD;

/* Lower-case digits and a NUL. */
void coding_hex(const unsigned char digest[SHA256_BYTES],
                char hex[SHA256_DIGITS + 1]);
