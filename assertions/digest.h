/* Digests: OpenSSL behind one door. */
#pragma once

#include "specs/base/base.h"

enum { DIGEST_HEX = 64 }; /* characters of a SHA-256 */

/* SHA-256, looked up in OpenSSL's tables once; shared by any threads. */
struct digest_method;
struct digest_method *digest_method_open(void);
void digest_method_close(struct digest_method *method);

/* One digest in the making. */
struct digest;
struct digest *digest_open(const struct digest_method *method);
void digest_restart(struct digest *digest);
void digest_feed(struct digest *digest, const char *bytes, size_t length);
/* Lower-case hexadecimal and a NUL. More may be fed only after a restart. */
void digest_finish(struct digest *digest, char hex[DIGEST_HEX + 1]);
void digest_close(struct digest *digest);
