/* What can be known of a URL without sending to it. */
#include <string.h>
#include <strings.h>

#include "specs/base/buffer.h"
#include "specs/request_text.h"

struct url {
    const char *text;
    const char *ends;  /* of a host, the colon first; a template's brace too */
    const char *holes; /* how a template begins; NULL: there is none */
    struct trouble *trouble;
};

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

static bool blame(const struct url *url, size_t at, size_t length)
{
    url->trouble->at = at;
    url->trouble->length = length;
    return false;
}

static bool has_hole(const struct url *url, size_t at)
{
    return url->holes && url->text[at] == *url->holes;
}

static bool check_port(const struct url *url, size_t at)
{
    const char *text = url->text;
    size_t digits = strspn(text + at, "0123456789");
    char port[8] = "";
    uint64_t number;

    if (url->holes && strncmp(text + at + digits, url->holes, 2) == 0)
        return true;
    if (digits < sizeof(port))
        memcpy(port, text + at, digits);
    if (digits < sizeof(port) && strchr("/?#", text[at + digits]) &&
        (!digits || read_count(port, UINT16_MAX, &number)))
        return true;
    trouble_tell(url->trouble, "a port is a number up to %d", UINT16_MAX);
    return blame(url, at, strcspn(text + at, url->ends + 1));
}

/* HOST[:PORT] behind "//", as far as it is no template. Credentials would show
 * in every report. */
static bool check_authority(const struct url *url, size_t at)
{
    const char *text = url->text;
    size_t end = at + strcspn(text + at, url->ends + 1);
    const char *user = memchr(text + at, '@', end - at);
    size_t port = at + strcspn(text + at, url->ends);

    if (user) {
        trouble_tell(url->trouble, "credentials do not stand in a URL: write "
                                   "\"auth\": { \"basic\": ... }");
        return blame(url, at, (size_t)(user - text) - at);
    }
    if (has_hole(url, end))
        end = port;
    if (text[at] == '[')
        port = at + strcspn(text + at, url->holes ? "]/?#{" : "]/?#") + 1;
    if ((at == end || text[at] == ':') && !has_hole(url, end)) {
        trouble_tell(url->trouble, "\"%.200s\" names no host", text);
        url->trouble->blind = "it names no host";
        return false;
    }
    return port > end || text[port] != ':' || check_port(url, port + 1);
}

static bool check_absolute(const struct url *url, size_t scheme)
{
    const char *text = url->text;
    struct trouble *trouble = url->trouble;

    if (is_http(text, scheme)) {
        if (strncmp(text + scheme, "://", 3) == 0)
            return check_authority(url, scheme + 3);
        return trouble_tell(trouble,
                            "\"%.*s:\" is followed by \"//\" and a host",
                            (int)scheme, text);
    }
    if (strchr("0123456789", text[scheme + 1])) {
        trouble_tell(trouble,
                     "\"%.100s\" has no scheme; did you mean "
                     "\"http://%.100s\"?",
                     text, text);
        trouble->blind = "it has no scheme";
        return false;
    }
    trouble_tell(trouble, "a URL is for http or https, not for \"%.*s\"",
                 (int)scheme, text);
    trouble->blind = "a URL is for http or https";
    return blame(url, 0, scheme);
}

bool url_read(const char *text, const struct suite *suite, enum url_form form,
              struct trouble *trouble)
{
    const bool has_holes = form != URL_FILLED;
    const struct url url = {.text = text,
                            .ends = has_holes ? ":/?#{" : ":/?#",
                            .holes = has_holes ? "{{" : NULL,
                            .trouble = trouble};
    size_t scheme = measure_scheme(text);

    if (has_holes && strncmp(text, "{{", 2) == 0)
        return true;
    if (scheme)
        return check_absolute(&url, scheme);
    if (has_holes && text[strcspn(text, "{/?#")] == '{')
        return true; /* a template may give the scheme */
    if (form == URL_BASE)
        return trouble_tell(trouble, "\"base_url\" begins with \"http://\" or "
                                     "\"https://\"");
    if (suite->base_url)
        return true;
    trouble_tell(trouble,
                 "\"%.200s\" is relative, and the suite has no \"base_url\"",
                 text);
    trouble->blind = "it is relative, and the suite has no \"base_url\"";
    return false;
}

bool url_read_base(const char *text, const struct suite *suite,
                   struct trouble *trouble)
{
    size_t scheme = measure_scheme(text);

    if (!is_http(text, scheme) || strncmp(text + scheme, "://", 3) != 0)
        return trouble_tell(trouble,
                            "it must begin with \"http://\" or \"https://\"");
    if (strcspn(text + scheme + 3, ":/?#") == 0)
        return trouble_tell(trouble, "it names no host");
    return text_check(TEXT_URL, text, strlen(text), suite, trouble);
}
