/* Functions that make text of values. What they make is UTF-8, and no longer
 * than a template's text may be. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "specs/coding.h"
#include "specs/functions.h"
#include "specs/json.h"
#include "specs/specs.h"

static json_t *refuse_length(const char *what, struct trouble *trouble)
{
    trouble_tell(trouble, "%s is longer than %d MiB here", what,
                 LIMIT_TEMPLATE_BYTES >> 20);
    return NULL;
}

json_t *function_base64(const struct asked *asked, struct trouble *trouble)
{
    CLEANUP(buffer_finish) struct buffer text = asked_text(asked, 0);
    CLEANUP(buffer_finish)
    struct buffer made = buffer_with_ceiling(LIMIT_TEMPLATE_BYTES);

    if (!coding_base64(&text, &made))
        return refuse_length("what base64 makes", trouble);
    return json_stringn_nocheck(buffer_text(&made), made.length);
}

static json_t *hex_text(const unsigned char digest[SHA256_BYTES])
{
    char hex[SHA256_DIGITS + 1];

    coding_hex(digest, hex);
    return json_string_nocheck(hex);
}

json_t *function_sha256(const struct asked *asked, struct trouble *trouble)
{
    CLEANUP(buffer_finish) struct buffer text = asked_text(asked, 0);
    unsigned char digest[SHA256_BYTES];

    (void)trouble;
    coding_sha256(buffer_text(&text), text.length, digest);
    return hex_text(digest);
}

json_t *function_hmac_sha256(const struct asked *asked, struct trouble *trouble)
{
    CLEANUP(buffer_finish) struct buffer key = asked_text(asked, 0);
    CLEANUP(buffer_finish) struct buffer text = asked_text(asked, 1);
    unsigned char digest[SHA256_BYTES];

    if (key.length > LIMIT_TEMPLATE_BYTES) {
        trouble_tell(trouble, "this key is longer than %d MiB",
                     LIMIT_TEMPLATE_BYTES >> 20);
        trouble->element = 1;
        return NULL;
    }
    coding_hmac(&key, &text, digest);
    return hex_text(digest);
}

/* RFC 3986, section 2.3 */
static bool is_unreserved(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= '0' && byte <= '9') || (byte && strchr("-._~", byte));
}

json_t *function_url_encode(const struct asked *asked, struct trouble *trouble)
{
    CLEANUP(buffer_finish) struct buffer text = asked_text(asked, 0);
    CLEANUP(buffer_finish)
    struct buffer made = buffer_with_ceiling(LIMIT_TEMPLATE_BYTES);

    for (size_t i = 0; i < text.length; i++) {
        char byte = text.bytes[i];

        if (is_unreserved(byte)
                ? !buffer_add(&made, &byte, 1)
                : !buffer_print(&made, "%%%02X", (unsigned)(unsigned char)byte))
            return refuse_length("what url_encode makes", trouble);
    }
    return json_stringn_nocheck(buffer_text(&made), made.length);
}

json_t *function_json(const struct asked *asked, struct trouble *trouble)
{
    CLEANUP(buffer_finish)
    struct buffer made = buffer_with_ceiling(LIMIT_TEMPLATE_BYTES);

    if (!json_print(asked->arguments[0], &made))
        return refuse_length("this value as JSON", trouble);
    return json_stringn_nocheck(buffer_text(&made), made.length);
}

json_t *function_env(const struct asked *asked, struct trouble *trouble)
{
    json_t *environment = scope_find(asked->scope, "env");
    json_t *value =
        json_object_get(environment, json_string_value(asked->arguments[0]));

    if (!value) {
        trouble_tell(trouble, "there is no environment variable of this name");
        trouble->element = 1;
    }
    return json_incref(value);
}

static void close_file(FILE **file)
{
    if (*file)
        fclose(*file);
}

/* False where it is too long. */
static bool read_bytes(FILE *file, struct buffer *bytes)
{
    char block[8192];
    size_t length;

    while ((length = fread(block, 1, sizeof(block), file)) > 0)
        if (!buffer_add(bytes, block, length))
            return false;
    return true;
}

static json_t *read_text(const char *path, struct trouble *trouble)
{
    CLEANUP(close_file) FILE *file = fopen(path, "re");
    CLEANUP(buffer_finish)
    struct buffer bytes = buffer_with_ceiling(LIMIT_TEMPLATE_BYTES);
    json_t *text = NULL;

    if (file && !read_bytes(file, &bytes))
        return refuse_length("this file", trouble);
    if (!file || ferror(file)) {
        trouble_tell(trouble, "this file cannot be read");
        return NULL;
    }
    text = json_stringn(buffer_text(&bytes), bytes.length);
    if (!text)
        trouble_tell(trouble, "this file is not UTF-8 text; a request's "
                              "\"file\" sends any bytes");
    return text;
}

static const struct suite *find_suite(const struct scope *scope)
{
    while (scope && !scope->suite)
        scope = scope->outer;
    return scope ? scope->suite : NULL;
}

json_t *function_file(const struct asked *asked, struct trouble *trouble)
{
    CLEANUP(arena_finish) struct arena arena = {0};
    const struct suite *suite = find_suite(asked->scope);
    struct fault fault = {0};
    json_t *text = NULL;
    const char *path;

    if (!suite || !suite->file_root) {
        trouble_tell(trouble, "only a suite can name files");
        return NULL;
    }
    path = suite_file(suite, &arena, json_string_value(asked->arguments[0]),
                      &fault);
    if (path)
        text = read_text(path, trouble);
    else
        trouble_tell(trouble, "%.300s", fault.text);
    trouble->element = 1;
    return text;
}
