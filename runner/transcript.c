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

static bool add_option(struct buffer *out, const char *option,
                       const char *value)
{
    return buffer_print(out, " %s ", option) &&
           add_quoted(out, value, strlen(value));
}

static bool add_header(struct buffer *out, const struct header *header,
                       struct arena *arena)
{
    const char *value = header->value;

    if (!value)
        return add_option(out, "-H", arena_print(arena, "%s:", header->name));
    if (is_secret_header(header->name))
        value = "***";
    if (!*value)
        return add_option(out, "-H", arena_print(arena, "%s;", header->name));
    return add_option(out, "-H",
                      arena_print(arena, "%s: %s", header->name, value));
}

static bool add_body(struct buffer *out, const struct call *call,
                     struct arena *arena)
{
    if (call->body_path)
        return add_option(out, "--data-binary",
                          arena_print(arena, "@%s", call->body_path));
    if (!call->body || !call->body_length)
        return true;
    return buffer_add_text(out, " --data-raw ") &&
           add_quoted(out, call->body, strlen(call->body));
}

static bool is_default_method(const struct call *call)
{
    bool has_body = call->body_length || call->body_path;

    return strcmp(call->method, has_body ? "POST" : "GET") == 0;
}

static bool add_settings(struct buffer *out, const struct call *call,
                         struct arena *arena)
{
    if (strcmp(call->method, "HEAD") == 0 && !buffer_add_text(out, " -I"))
        return false;
    if (!is_default_method(call) && strcmp(call->method, "HEAD") != 0 &&
        !buffer_print(out, " -X %s", call->method))
        return false;
    if (call->follow_most &&
        !buffer_print(out, " -L --max-redirs %u", (unsigned)call->follow_most))
        return false;
    if (call->compressed && !buffer_add_text(out, " --compressed"))
        return false;
    if (!call->verify && !buffer_add_text(out, " -k"))
        return false;
    if (call->ca_path && !add_option(out, "--cacert", call->ca_path))
        return false;
    if (call->user &&
        !add_option(out, "-u", arena_print(arena, "%s:***", call->user)))
        return false;
    return !call->cookie || buffer_add_text(out, " -b '***'");
}

/* A command line that is too long to be told is cut; it is meant to be read. */
static const char *make_curl_line(const struct call *call, struct arena *arena)
{
    CLEANUP(buffer_finish)
    struct buffer line = buffer_with_ceiling(LIMIT_BODY_TOLD);
    bool whole =
        buffer_add_text(&line, "curl") && add_settings(&line, call, arena) &&
        buffer_add_text(&line, " ") &&
        add_quoted(&line, call->address.text, strlen(call->address.text));

    for (size_t i = 0; whole && i < call->header_count; i++)
        whole = add_header(&line, &call->headers[i], arena);
    whole = whole && add_body(&line, call, arena);
    return arena_print(arena, "%s%s", buffer_text(&line), whole ? "" : " ...");
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

    transcript->curl = redact(redactor, arena, make_curl_line(call, arena));
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
