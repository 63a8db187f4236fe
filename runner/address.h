/* URLs, by libcurl's own parser. The only door to curl_url(). */
#pragma once

#include "specs/specs.h"

struct Curl_URL; /* libcurl's CURLU */

/* An absolute http or https URL. */
struct address {
    struct Curl_URL *handle;
    char *text;         /* malloc'd; the whole, without credentials */
    char host_key[272]; /* "https://host:443" */
    bool has_name; /* that must be resolved: neither a number nor localhost */
};

/* Joins `url` with `base` (NULL or "": none) as RFC 3986, section 5.2 says.
 * False with the fault raised: not a URL, no base for a relative one, a scheme
 * that is neither http nor https. */
bool address_parse(const char *base, const char *url, struct address *result,
                   struct fault *fault) NODISCARD;

/* Adds `key=value`, both percent-encoded, behind the query that is there. */
bool address_add_query(struct address *address, const char *key,
                       const char *value, struct fault *fault) NODISCARD;

/* Percent-encode what is not unreserved (RFC 3986, section 2.3); a blank is
 * "%20" in a URL and "+" in application/x-www-form-urlencoded. */
bool url_encode(const char *text, size_t length, struct buffer *out) NODISCARD;
bool form_encode(const char *text, size_t length, struct buffer *out) NODISCARD;

/* Works out text and host_key after the last change. */
bool address_settle(struct address *address, struct fault *fault) NODISCARD;

void address_finish(struct address *address);
