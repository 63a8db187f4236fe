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

static bool check_scheme(struct address *address, const char *url,
                         struct fault *fault)
{
    CLEANUP(curl_freep) char *scheme = NULL;

    if (curl_url_get(address->handle, CURLUPART_SCHEME, &scheme, 0) !=
        CURLUE_OK)
        return fault_raise(fault, nowhere, "\"%.200s\" has no scheme", url);
    if (strcmp(scheme, "http") != 0 && strcmp(scheme, "https") != 0) {
        return fault_raise(fault, nowhere,
                           "\"%.200s\": only http and https are spoken, not %s",
                           url, scheme);
    }
    return true;
}

/* They would show in every report, and be sent where a redirect leads. */
static bool check_no_credentials(struct address *address, struct fault *fault)
{
    CLEANUP(curl_freep) char *user = NULL;
    CLEANUP(curl_freep) char *password = NULL;

    curl_url_get(address->handle, CURLUPART_USER, &user, 0);
    curl_url_get(address->handle, CURLUPART_PASSWORD, &password, 0);
    return (!user && !password) ||
           fault_raise(fault, nowhere,
                       "credentials do not stand in a URL: write "
                       "\"auth\": { \"basic\": ... }");
}

static bool has_scheme(const char *url)
{
    size_t length =
        strspn(url, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                    "0123456789+.-");

    return length > 0 && strncmp(url + length, "://", 3) == 0;
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
    if (!is_absolute) {
        code = curl_url_set(result->handle, CURLUPART_URL, base, flags);
        if (code != CURLUE_OK)
            return refuse(fault, base, code);
    }
    if (*url)
        code = curl_url_set(result->handle, CURLUPART_URL, url, flags);
    if (code != CURLUE_OK)
        return refuse(fault, url, code);
    return check_no_credentials(result, fault) &&
           check_scheme(result, url, fault);
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

bool address_settle(struct address *address, struct fault *fault)
{
    CLEANUP(curl_freep) char *whole = NULL;
    CLEANUP(curl_freep) char *scheme = NULL;
    CLEANUP(curl_freep) char *host = NULL;
    CLEANUP(curl_freep) char *port = NULL;
    CURLU *bare = address->handle;

    if (curl_url_get(bare, CURLUPART_URL, &whole, 0) != CURLUE_OK ||
        curl_url_get(bare, CURLUPART_SCHEME, &scheme, 0) != CURLUE_OK ||
        curl_url_get(bare, CURLUPART_HOST, &host, 0) != CURLUE_OK ||
        curl_url_get(bare, CURLUPART_PORT, &port, CURLU_DEFAULT_PORT) !=
            CURLUE_OK)
        return fault_raise(fault, nowhere, "not a URL with a host");
    address->has_name = !needs_no_resolver(host);
    for (char *letter = host; *letter; letter++)
        *letter =
            (char)(*letter >= 'A' && *letter <= 'Z' ? *letter + 32 : *letter);
    snprintf(address->host_key, sizeof(address->host_key), "%s://%s:%s", scheme,
             host, port);
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
