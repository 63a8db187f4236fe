/* Digests: OpenSSL behind one door. */
#pragma once

#include "specs/base/base.h"

enum digest_kind { DIGEST_SHA256, DIGEST_MD5 };

enum { DIGEST_HEX_MOST = 64 }; /* characters of the longest one */

/* How many hexadecimal digits it has. */
size_t digest_hex(enum digest_kind kind);

/* What was looked up in OpenSSL's tables, once; shared by any threads as soon
 * as no more is needed. */
struct digest_methods;
struct digest_methods *digest_methods_open(void);
void digest_methods_need(struct digest_methods *methods, enum digest_kind kind);
void digest_methods_close(struct digest_methods *methods);

/* One digest in the making, of a kind that was needed. */
struct digest;
struct digest *digest_open(const struct digest_methods *methods,
                           enum digest_kind kind);
void digest_restart(struct digest *digest);
void digest_feed(struct digest *digest, const char *bytes, size_t length);
/* Lower-case hexadecimal and a NUL. More may be fed only after a restart. */
void digest_finish(struct digest *digest, char hex[DIGEST_HEX_MOST + 1]);
void digest_close(struct digest *digest);
