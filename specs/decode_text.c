/* What can be known of methods, URLs, header texts and durations before their
 * templates are filled. */
#include <math.h>
#include <string.h>
#include <strings.h>

#include "specs/base/buffer.h"
#include "specs/decode.h"
#include "specs/warnings.h"

void text_tell(struct decoder *decoder, const struct node *node,
               const struct trouble *trouble)
{
    struct node whole = *node;

    if (trouble->length)
        whole.at = node_inside(node, trouble->at, trouble->length);
    node_fault(decoder->faults, &whole, "%s", trouble->text);
}

bool text_look(struct decoder *decoder, const struct node *node,
               enum text_use use)
{
    const char *text = json_string_value(node->json);
    struct trouble trouble;

    if (!text || text_check(use, text, json_string_length(node->json),
                            decoder->suite, &trouble))
        return true;
    text_tell(decoder, node, &trouble);
    return false;
}

/* Methods are case-sensitive (RFC 9110, section 9.1), so "get" may be meant;
 * most often it is not. */
void method_check(struct decoder *decoder, const struct node *method)
{
    static const char *const known[] = {"GET",    "HEAD",    "POST",  "PUT",
                                        "DELETE", "OPTIONS", "TRACE", "PATCH"};
    const char *text = text_read(method, "\"method\"", decoder->faults);

    if (!text || strstr(text, "{{") || !text_look(decoder, method, TEXT_METHOD))
        return;
    for (size_t i = 0; i < COUNT(known); i++) {
        if (strcasecmp(text, known[i]) == 0 && strcmp(text, known[i]) != 0) {
            plan_warn(decoder->plan, spot_place(method->at),
                      "methods are case-sensitive: \"%s\" is not \"%s\"", text,
                      known[i]);
        }
    }
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

void url_check(struct decoder *decoder, const struct node *url, bool is_base)
{
    const char *text = json_string_value(url->json);
    struct trouble trouble;

    if (!check_characters(decoder, url, text) ||
        url_read(text, decoder->suite, is_base ? URL_BASE : URL_WRITTEN,
                 &trouble))
        return;
    if (decoder->home && decoder->home->source != decoder->suite->source &&
        !trouble.length) {
        node_fault(decoder->faults, url, "%s, where %s uses this", trouble.text,
                   decoder->suite->path);
    } else {
        text_tell(decoder, url, &trouble);
    }
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

bool duration_read(struct decoder *decoder, const struct member *written,
                   int64_t *ns)
{
    const struct node *node = &written->value;
    const char *text = json_string_value(node->json);

    if (json_kind(node->json) == JSON_KIND_STRING ? read_duration(text, ns)
                                                  : multiply_ms(node->json, ns))
        return true;
    if (text && strstr(text, "{{")) {
        return node_fault(
            decoder->faults, node,
            "\"%s\" is fixed before anything runs; it takes no template",
            written->key);
    }
    return node_fault(decoder->faults, node,
                      "\"%s\" must be a duration: \"500ms\", \"1.5s\", \"2m\", "
                      "or a number of milliseconds",
                      written->key);
}

int64_t duration_decode(struct decoder *decoder, const struct member *written)
{
    int64_t ns = 0;

    if (!duration_read(decoder, written, &ns))
        return 0;
    if (!ns)
        node_fault(decoder->faults, &written->value,
                   "\"%s\" must be longer than nothing", written->key);
    return ns;
}
