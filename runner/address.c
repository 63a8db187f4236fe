#include "runner/address.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>

static void curl_freep(char **text)
{
    curl_free(*text);
}

static const struct place nowhere;

static bool refuse(struct fault *fault, const char *url, CURLUcode code)
{
    return fault_raise(fault, nowhere, "\"%.200s\" is not a URL: %s", url,
                       curl_url_strerror(code));
}

static bool has_scheme(const char *url)
{
    size_t length =
        strspn(url, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                    "0123456789+.-");

    return length > 0 && strncmp(url + length, "://", 3) == 0;
}

static bool is_whole_path(const char *url)
{
    return url[0] == '/' && url[1] != '/';
}

/* A reference that is a path from the root needs nothing of the base but its
 * scheme and authority (RFC 3986, section 5.2.2): one text, parsed once. */
static bool set_path_below(struct address *address, const char *base,
                           const char *url, struct fault *fault)
{
    const char *authority = strstr(base, "://");
    size_t length = authority ? (size_t)(authority - base) + 3 : 0;
    CLEANUP(buffer_finish)
    struct buffer whole = buffer_with_ceiling(LIMIT_TEMPLATE_BYTES);
    CURLUcode code;

    length += strcspn(base + length, "/?#");
    if (!buffer_add(&whole, base, length) || !buffer_add_text(&whole, url))
        return fault_raise(fault, nowhere, "the URL is too long");
    code = curl_url_set(address->handle, CURLUPART_URL, buffer_text(&whole),
                        CURLU_URLENCODE | CURLU_NON_SUPPORT_SCHEME);
    return code == CURLUE_OK || refuse(fault, whole.bytes, code);
}

bool address_parse(const char *base, const char *url, struct address *result,
                   struct fault *fault)
{
    unsigned flags = CURLU_URLENCODE | CURLU_NON_SUPPORT_SCHEME;
    bool is_absolute = has_scheme(url);
    CURLUcode code = CURLUE_OK;

    *result = (struct address){.handle = curl_url()};
    if (!result->handle)
        return fault_raise(fault, nowhere, "out of memory for a URL");
    if (!is_absolute && (!base || !*base)) {
        return fault_raise(fault, nowhere,
                           "\"%.200s\" is relative and the suite has no "
                           "\"base_url\"",
                           url);
    }
    if (!is_absolute && is_whole_path(url))
        return set_path_below(result, base, url, fault);
    if (!is_absolute) {
        code = curl_url_set(result->handle, CURLUPART_URL, base, flags);
        if (code != CURLUE_OK)
            return refuse(fault, base, code);
    }
    if (*url)
        code = curl_url_set(result->handle, CURLUPART_URL, url, flags);
    if (code != CURLUE_OK)
        return refuse(fault, url, code);
    return true;
}

static bool is_unreserved(char byte)
{
    return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
           (byte >= 'A' && byte <= 'Z') || (byte && strchr("-._~", byte));
}

static bool percent_encode(const char *text, size_t length,
                           const char *for_space, struct buffer *out)
{
    for (size_t i = 0; i < length; i++) {
        bool added;

        if (is_unreserved(text[i]))
            added = buffer_add(out, &text[i], 1);
        else if (text[i] == ' ')
            added = buffer_add_text(out, for_space);
        else
            added = buffer_print(out, "%%%02X", (unsigned char)text[i]);
        if (!added)
            return false;
    }
    return true;
}

bool url_encode(const char *text, size_t length, struct buffer *out)
{
    return percent_encode(text, length, "%20", out);
}

bool form_encode(const char *text, size_t length, struct buffer *out)
{
    return percent_encode(text, length, "+", out);
}

bool address_add_query(struct address *address, const char *key,
                       const char *value, struct fault *fault)
{
    CLEANUP(buffer_finish)
    struct buffer pair = buffer_with_ceiling(LIMIT_TEMPLATE_BYTES);
    CURLUcode code;

    if (!url_encode(key, strlen(key), &pair) || !buffer_add_text(&pair, "=") ||
        !url_encode(value, strlen(value), &pair))
        return fault_raise(fault, nowhere, "the query is too long");
    code = curl_url_set(address->handle, CURLUPART_QUERY, buffer_text(&pair),
                        CURLU_APPENDQUERY);
    return code == CURLUE_OK || refuse(fault, buffer_text(&pair), code);
}

static bool needs_no_resolver(const char *host)
{
    struct in_addr four;

    return host[0] == '[' || inet_pton(AF_INET, host, &four) == 1 ||
           strcasecmp(host, "localhost") == 0; /* libcurl knows it itself */
}

/* "https://host" gets its port, so that one host has one key. */
static void set_host_key(struct address *address, const char *scheme,
                         const char *host, size_t host_length)
{
    const char *bracket = memchr(host, ']', host_length);
    const char *port =
        bracket ? memchr(bracket, ':', host_length - (size_t)(bracket - host))
                : memchr(host, ':', host_length);
    int name_length = port ? (int)(port - host) : (int)host_length;
    char name[256];

    snprintf(name, sizeof(name), "%.*s", name_length, host);
    for (char *letter = name; *letter; letter++)
        *letter =
            (char)(*letter >= 'A' && *letter <= 'Z' ? *letter + 32 : *letter);
    address->has_name = !needs_no_resolver(name);
    if (port) {
        snprintf(address->host_key, sizeof(address->host_key), "%s://%s%.*s",
                 scheme, name, (int)host_length - name_length, port);
    } else {
        snprintf(address->host_key, sizeof(address->host_key), "%s://%s:%s",
                 scheme, name, strcmp(scheme, "https") == 0 ? "443" : "80");
    }
}

/* Everything is read off the one text that libcurl gives, which is well
 * formed. Credentials would show in every report. */
bool address_settle(struct address *address, struct fault *fault)
{
    CLEANUP(curl_freep) char *whole = NULL;
    const char *scheme, *host;
    size_t length;

    if (curl_url_get(address->handle, CURLUPART_URL, &whole, 0) != CURLUE_OK ||
        !strstr(whole, "://"))
        return fault_raise(fault, nowhere, "not a URL with a host");
    scheme = strncmp(whole, "http://", 7) == 0    ? "http"
             : strncmp(whole, "https://", 8) == 0 ? "https"
                                                  : NULL;
    if (!scheme) {
        return fault_raise(fault, nowhere,
                           "only http and https are spoken, not %.*s",
                           (int)strcspn(whole, ":"), whole);
    }
    host = whole + strlen(scheme) + 3;
    length = strcspn(host, "/?#");
    if (memchr(host, '@', length)) {
        return fault_raise(fault, nowhere,
                           "credentials do not stand in a URL: write "
                           "\"auth\": { \"basic\": ... }");
    }
    set_host_key(address, scheme, host, length);
    free(address->text);
    address->text = must_copy(whole);
    return true;
}

void address_finish(struct address *address)
{
    curl_url_cleanup(address->handle);
    free(address->text);
    *address = (struct address){0};
}
