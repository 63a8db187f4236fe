/* Every text of a request is looked at here: as it is written, as templates of
 * constants make it at load, and as captures make it when it is sent. */
#include "specs/request_text.h"

#include <string.h>
#include <strings.h>

bool is_token(const char *text)
{
    static const char letters[] = "!#$%&'*+-.^_`|~0123456789"
                                  "abcdefghijklmnopqrstuvwxyz"
                                  "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    return *text && !text[strspn(text, letters)];
}

/* Stops at a NUL as at one of the bytes. */
static bool lacks(const char *bytes, const char *text, size_t length,
                  struct trouble *trouble, const char *words)
{
    size_t at = strcspn(text, bytes);

    if (at >= length)
        return true;
    trouble_tell(trouble, "%s", words);
    trouble->at = at;
    trouble->length = 1;
    return false;
}

static bool check_method(const char *text, size_t length,
                         struct trouble *trouble)
{
    if (!is_token(text) || strlen(text) != length) {
        trouble_tell(trouble, "\"%.200s\" cannot be a method", text);
        trouble->blind = "that cannot be a method";
        return false;
    }
    if (strcasecmp(text, "CONNECT") == 0)
        return trouble_tell(trouble, "\"CONNECT\" asks for a tunnel, which no "
                                     "test can use");
    return true;
}

/* A blank is sent as %20. */
static bool check_url(const char *text, size_t length,
                      const struct suite *suite, struct trouble *trouble)
{
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)text[i];

        if (byte < ' ' || byte == 0x7f) {
            return trouble_tell(trouble,
                                "a URL cannot hold a control character; write "
                                "%%%02X",
                                (unsigned)byte);
        }
    }
    return url_read(text, suite, URL_FILLED, trouble);
}

static bool check_file(const char *text, const struct suite *suite,
                       struct trouble *trouble)
{
    CLEANUP(arena_finish) struct arena arena = {0};
    struct fault fault = {0};

    if (suite_file(suite, &arena, text, &fault))
        return true;
    trouble_tell(trouble, "%s", fault.text);
    trouble->blind = "it is no path of a file that can be read";
    return false;
}

/* Whether one of its bytes cannot be sent there. */
static bool check_bytes(enum text_use use, const char *text, size_t length,
                        struct trouble *trouble)
{
    switch (use) {
    case TEXT_ANY:
    case TEXT_METHOD:
    case TEXT_URL: break;
    case TEXT_PLAIN:
    case TEXT_FILE:
        return lacks("", text, length, trouble,
                     "a NUL byte cannot be sent here");
    case TEXT_HEADER:
        return lacks("\r\n", text, length, trouble,
                     "a header cannot hold a line break or a NUL");
    case TEXT_COOKIE:
        return lacks("\r\n", text, length, trouble,
                     "a cookie cannot hold a line break or a NUL") &&
               lacks(";", text, length, trouble,
                     "a cookie's value cannot hold \";\"");
    case TEXT_USER:
        return lacks("", text, length, trouble,
                     "a NUL byte cannot be sent here") &&
               lacks(":", text, length, trouble,
                     "a user's name cannot hold a colon");
    }
    return true;
}

bool text_check(enum text_use use, const char *text, size_t length,
                const struct suite *suite, struct trouble *trouble)
{
    if (!check_bytes(use, text, length, trouble))
        return false;
    switch (use) {
    case TEXT_METHOD: return check_method(text, length, trouble);
    case TEXT_URL: return check_url(text, length, suite, trouble);
    case TEXT_FILE: return check_file(text, suite, trouble);
    default: return true;
    }
}
