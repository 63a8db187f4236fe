#include "runner/transcript.h"

#include <string.h>

/* 'text' for a POSIX shell; a quote ends the quoting, stands escaped, and
 * begins it again. */
static bool add_quoted(struct buffer *out, const char *text, size_t length)
{
    bool added = buffer_add_text(out, "'");

    for (size_t i = 0; added && i < length; i++)
        added = text[i] == '\'' ? buffer_add_text(out, "'\\''")
                                : buffer_add(out, &text[i], 1);
    return added && buffer_add_text(out, "'");
}

/* A command line in the making. */
struct line {
    struct buffer text;
    const struct redactor *redactor;
    struct arena *arena;
};

/* Hidden first and quoted then: quoting spells some secrets otherwise. */
static bool add_word(struct line *line, const char *word, size_t length)
{
    word = redact_bytes(line->redactor, line->arena, word, &length);
    return add_quoted(&line->text, word, length);
}

static bool add_option(struct line *line, const char *option, const char *value)
{
    return buffer_print(&line->text, " %s ", option) &&
           add_word(line, value, strlen(value));
}

static bool add_header(struct line *line, const struct header *header)
{
    const char *value = header->value;

    if (!value)
        return add_option(line, "-H",
                          arena_print(line->arena, "%s:", header->name));
    if (is_secret_header(header->name))
        value = "***";
    if (!*value)
        return add_option(line, "-H",
                          arena_print(line->arena, "%s;", header->name));
    return add_option(line, "-H",
                      arena_print(line->arena, "%s: %s", header->name, value));
}

static bool add_body(struct line *line, const struct call *call)
{
    if (call->body_path)
        return add_option(line, "--data-binary",
                          arena_print(line->arena, "@%s", call->body_path));
    if (!call->body_length)
        return true;
    return buffer_add_text(&line->text, " --data-raw ") &&
           add_word(line, call->body, call->body_length);
}

static bool is_default_method(const struct call *call)
{
    bool has_body = call->body_length || call->body_path;

    return strcmp(call->method, has_body ? "POST" : "GET") == 0;
}

static bool add_method(struct line *line, const struct call *call)
{
    if (strcmp(call->method, "HEAD") == 0)
        return buffer_add_text(&line->text, " -I");
    return is_default_method(call) || add_option(line, "-X", call->method);
}

static bool add_settings(struct line *line, const struct call *call)
{
    if (call->follow_most && !buffer_print(&line->text, " -L --max-redirs %u",
                                           (unsigned)call->follow_most))
        return false;
    if (call->compressed && !buffer_add_text(&line->text, " --compressed"))
        return false;
    if (!call->verify && !buffer_add_text(&line->text, " -k"))
        return false;
    if (call->ca_path && !add_option(line, "--cacert", call->ca_path))
        return false;
    if (call->user &&
        !add_option(line, "-u", arena_print(line->arena, "%s:***", call->user)))
        return false;
    return !call->cookie || buffer_add_text(&line->text, " -b '***'");
}

/* A command line that is too long to be told is cut; it is meant to be read. */
static const char *make_curl_line(const struct call *call,
                                  const struct redactor *redactor,
                                  struct arena *arena)
{
    struct line line = {buffer_with_ceiling(LIMIT_BODY_TOLD), redactor, arena};
    const char *url = call->address.text;
    bool whole = buffer_add_text(&line.text, "curl") &&
                 add_method(&line, call) && add_settings(&line, call) &&
                 buffer_add_text(&line.text, " ") &&
                 add_word(&line, url, strlen(url));
    const char *told;

    for (size_t i = 0; whole && i < call->header_count; i++)
        whole = add_header(&line, &call->headers[i]);
    whole = whole && add_body(&line, call);
    told = arena_print(arena, "%s%s", buffer_text(&line.text),
                       whole ? "" : " ...");
    buffer_finish(&line.text);
    return told;
}

static const struct header *show_headers(const struct header *headers,
                                         size_t count,
                                         const struct redactor *redactor,
                                         struct arena *arena, size_t *shown)
{
    struct header *copies = arena_take(arena, (count + 1) * sizeof(*copies));

    for (size_t i = 0; i < count; i++) {
        const char *value = headers[i].value;

        if (!value)
            continue;
        copies[(*shown)++] = (struct header){
            arena_copy(arena, headers[i].name),
            is_secret_header(headers[i].name)
                ? "***"
                : redact(redactor, arena, arena_copy(arena, value)),
        };
    }
    return copies;
}

static size_t at_most(size_t length, size_t most)
{
    return length < most ? length : most;
}

/* Redacted first and cut then, so that no half of a secret is left over. */
static const char *show_body(const char *body, size_t *length,
                             const struct redactor *redactor,
                             struct arena *arena)
{
    size_t shown = at_most(*length, (size_t)LIMIT_BODY_TOLD * 2);
    const char *bytes = redact_bytes(redactor, arena, body, &shown);

    *length = at_most(shown, LIMIT_BODY_TOLD);
    return arena_copy_bytes(arena, bytes, *length);
}

const struct transcript *transcript_make(const struct exchange *exchange,
                                         const struct redactor *redactor,
                                         struct arena *arena)
{
    const struct call *call = exchange->call;
    const struct response *response = &exchange->response;
    const struct buffer *body = &exchange->sinks.body;
    struct transcript *transcript = arena_take(arena, sizeof(*transcript));

    transcript->curl = make_curl_line(call, redactor, arena);
    transcript->request_headers =
        show_headers(call->headers, call->header_count, redactor, arena,
                     &transcript->request_header_count);
    if (call->body_length) {
        transcript->request_body_length = call->body_length;
        transcript->request_body = show_body(
            call->body, &transcript->request_body_length, redactor, arena);
    }
    transcript->response_headers =
        show_headers(response->headers, response->header_count, redactor, arena,
                     &transcript->response_header_count);
    if (body->length) {
        transcript->response_body_length = body->length;
        transcript->response_body =
            show_body(buffer_text(body), &transcript->response_body_length,
                      redactor, arena);
        if (response->body_size > transcript->response_body_length)
            transcript->left_out =
                response->body_size - transcript->response_body_length;
    }
    return transcript;
}
