/* What can be known of methods, URLs, header texts and durations before their
 * templates are filled. */
#include <math.h>
#include <string.h>
#include <strings.h>

#include "specs/base/buffer.h"
#include "specs/decode.h"
#include "specs/warnings.h"

bool is_token(const char *text)
{
    static const char letters[] = "!#$%&'*+-.^_`|~0123456789"
                                  "abcdefghijklmnopqrstuvwxyz"
                                  "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    return *text && !text[strspn(text, letters)];
}

/* Methods are case-sensitive (RFC 9110, section 9.1), so "get" may be meant;
 * most often it is not. */
void method_check(struct decoder *decoder, const struct node *method)
{
    static const char *const known[] = {"GET",     "HEAD",   "POST",
                                        "PUT",     "DELETE", "CONNECT",
                                        "OPTIONS", "TRACE",  "PATCH"};
    const char *text = text_read(method, "\"method\"", decoder->faults);

    if (!text || strstr(text, "{{"))
        return;
    if (!is_token(text)) {
        node_fault(decoder->faults, method, "\"%s\" cannot be a method", text);
        return;
    }
    if (strcasecmp(text, "CONNECT") == 0)
        node_fault(decoder->faults, method,
                   "\"CONNECT\" asks for a tunnel, which no test can use");
    for (size_t i = 0; i < COUNT(known); i++) {
        if (strcasecmp(text, known[i]) == 0 && strcmp(text, known[i]) != 0) {
            plan_warn(decoder->plan, spot_place(method->at),
                      "methods are case-sensitive: \"%s\" is not \"%s\"", text,
                      known[i]);
        }
    }
}

bool line_check(struct decoder *decoder, const struct node *text,
                const char *what)
{
    const char *bytes = json_string_value(text->json);
    size_t length = json_string_length(text->json);

    for (size_t i = 0; bytes && i < length; i++) {
        if (bytes[i] == '\r' || bytes[i] == '\n' || !bytes[i])
            return spot_fault(decoder->faults, node_inside(text, i, 1),
                              "%s cannot hold a line break or a NUL", what);
    }
    return true;
}

/* The next byte that stands outside of templates, from `at` on. */
static size_t skip_templates(const char *text, size_t at)
{
    while (strncmp(text + at, "{{", 2) == 0 &&
           strncmp(text + at, "{{{{", 4) != 0) {
        const char *end = strstr(text + at, "}}");

        at = end ? (size_t)(end - text) + 2 : at + strlen(text + at);
    }
    return at;
}

static bool check_characters(struct decoder *decoder, const struct node *url,
                             const char *text)
{
    size_t length = json_string_length(url->json);

    for (size_t i = skip_templates(text, 0); i < length;
         i = skip_templates(text, i + 1)) {
        unsigned char byte = (unsigned char)text[i];

        if (byte <= ' ' || byte == 0x7f) {
            return spot_fault(decoder->faults, node_inside(url, i, 1),
                              "a URL cannot hold %s; write %%%02X",
                              byte == ' ' ? "a space" : "a control character",
                              (unsigned)byte);
        }
    }
    return true;
}

/* How long the scheme is (RFC 3986, section 3.1), 0 without one. */
static size_t measure_scheme(const char *text)
{
    size_t length = strspn(text, "+-.0123456789"
                                 "abcdefghijklmnopqrstuvwxyz"
                                 "ABCDEFGHIJKLMNOPQRSTUVWXYZ");

    if (strchr("+-.0123456789", *text))
        return 0;
    return text[length] == ':' ? length : 0;
}

static bool is_http(const char *text, size_t length)
{
    return (length == 4 && strncasecmp(text, "http", 4) == 0) ||
           (length == 5 && strncasecmp(text, "https", 5) == 0);
}

static bool check_port(struct decoder *decoder, const struct node *url,
                       const char *text, size_t at)
{
    size_t digits = strspn(text + at, "0123456789");
    char port[8] = "";
    uint64_t number;

    if (strncmp(text + at + digits, "{{", 2) == 0)
        return true;
    if (digits < sizeof(port))
        memcpy(port, text + at, digits);
    if (digits < sizeof(port) && strchr("/?#", text[at + digits]) &&
        (!digits || read_count(port, UINT16_MAX, &number)))
        return true;
    return spot_fault(decoder->faults,
                      node_inside(url, at, strcspn(text + at, "/?#{")),
                      "a port is a number up to %d", UINT16_MAX);
}

/* HOST[:PORT] behind "//", as far as it is no template. */
static bool check_authority(struct decoder *decoder, const struct node *url,
                            const char *text, size_t at)
{
    size_t end = at + strcspn(text + at, "/?#{");
    const char *user = memchr(text + at, '@', end - at);
    size_t host = user ? (size_t)(user - text) + 1 : at;
    size_t port = host + strcspn(text + host, ":/?#{");

    if (text[end] == '{' && !user)
        end = port = at + strcspn(text + at, ":/?#{");
    if (text[host] == '[')
        port = host + strcspn(text + host, "]/?#{") + 1;
    if ((host == end || text[host] == ':') && text[end] != '{')
        return node_fault(decoder->faults, url, "\"%s\" names no host", text);
    return port > end || text[port] != ':' ||
           check_port(decoder, url, text, port + 1);
}

static bool check_absolute(struct decoder *decoder, const struct node *url,
                           const char *text, size_t scheme)
{
    if (is_http(text, scheme)) {
        if (strncmp(text + scheme, "://", 3) != 0) {
            return node_fault(decoder->faults, url,
                              "\"%.*s:\" is followed by \"//\" and a host",
                              (int)scheme, text);
        }
        return check_authority(decoder, url, text, scheme + 3);
    }
    if (strchr("0123456789", text[scheme + 1])) {
        return node_fault(decoder->faults, url,
                          "\"%s\" has no scheme; did you mean \"http://%s\"?",
                          text, text);
    }
    return spot_fault(decoder->faults, node_inside(url, 0, scheme),
                      "a URL is for http or https, not for \"%.*s\"",
                      (int)scheme, text);
}

void url_check(struct decoder *decoder, const struct node *url, bool is_base)
{
    const char *text = json_string_value(url->json);
    size_t scheme;

    if (!check_characters(decoder, url, text) || strncmp(text, "{{", 2) == 0)
        return;
    scheme = measure_scheme(text);
    if (scheme) {
        check_absolute(decoder, url, text, scheme);
        return;
    }
    if (text[strcspn(text, "{/?#")] == '{' && *text != '/')
        return; /* a template may give the scheme */
    if (is_base) {
        node_fault(decoder->faults, url,
                   "\"base_url\" begins with \"http://\" or \"https://\"");
    } else if (!decoder->suite->base_url) {
        node_fault(decoder->faults, url,
                   "\"%s\" is relative, and the suite has no \"base_url\"",
                   text);
    }
}

const char *base_url_trouble(const char *text)
{
    size_t scheme = measure_scheme(text);

    if (!is_http(text, scheme) || strncmp(text + scheme, "://", 3) != 0)
        return "it must begin with \"http://\" or \"https://\"";
    if (strcspn(text + scheme + 3, ":/?#") == 0)
        return "it names no host";
    return NULL;
}

static bool multiply_ms(const json_t *number, int64_t *ns)
{
    double value = json_number_value(number) * (double)NS_PER_MS;

    if (json_exact_number(number) || !isfinite(value) || value < 0 ||
        value >= (double)INT64_MAX)
        return false;
    *ns = json_is_integer(number) ? json_integer_value(number) * NS_PER_MS
                                  : (int64_t)value;
    return true;
}

int64_t duration_decode(struct decoder *decoder, const struct member *written)
{
    const struct node *node = &written->value;
    const char *text = json_string_value(node->json);
    int64_t ns = 0;
    bool good = json_kind(node->json) == JSON_KIND_STRING
                    ? read_duration(text, &ns)
                    : multiply_ms(node->json, &ns);

    if (good && ns > 0)
        return ns;
    if (good) {
        node_fault(decoder->faults, node, "\"%s\" must be longer than nothing",
                   written->key);
    } else if (text && strstr(text, "{{")) {
        node_fault(decoder->faults, node,
                   "\"%s\" is fixed before anything runs; it takes no template",
                   written->key);
    } else {
        node_fault(decoder->faults, node,
                   "\"%s\" must be a duration: \"500ms\", \"1.5s\", \"2m\", or "
                   "a number of milliseconds",
                   written->key);
    }
    return 0;
}
