#include "runner/request.h"

#include <string.h>
#include <sys/stat.h>

#include "runner/transport/header_list.h"

/* What every part of the making needs. */
struct maker {
    const struct suite *suite;
    const struct request *request;
    const struct scope *scope;
    struct call *call;
    struct fault *fault;
    struct spot at; /* of the part that is being made */
};

enum { HEADERS_IMPLIED = 6 };

/* A fault from below knows no place: it is the part's. */
static bool place_fault(struct maker *maker)
{
    if (!maker->fault->at.path && maker->at.source)
        maker->fault->at = spot_place(maker->at);
    return false;
}

static bool say(struct maker *maker, const char *text)
{
    return fault_raise(maker->fault, spot_place(maker->at), "%s", text);
}

static bool say_too_large(struct maker *maker, const char *body)
{
    return fault_raise(maker->fault, spot_place(maker->at),
                       "the %s is larger than %d MiB; a \"file\" may be", body,
                       LIMIT_UPLOAD_BYTES >> 20);
}

/* A template's text in the call's arena; NULL with the fault raised when it
 * cannot be made, or is not for that use. */
static const char *fill(struct maker *maker, const struct template *template,
                        enum text_use use, size_t *length)
{
    CLEANUP(buffer_finish)
    struct buffer text = buffer_with_ceiling(LIMIT_TEMPLATE_BYTES);
    struct trouble trouble;

    if (!template_fill_text(template, maker->scope, &text, maker->fault)) {
        place_fault(maker);
        return NULL;
    }
    if (!template_is_literal(template) &&
        !text_check(use, buffer_text(&text), text.length, maker->suite,
                    &trouble)) {
        say(maker, trouble.text);
        return NULL;
    }
    if (length)
        *length = text.length;
    return arena_copy_bytes(&maker->call->arena, buffer_text(&text),
                            text.length);
}

static bool make_query(struct maker *maker)
{
    const struct field_list *query = &maker->request->query;

    for (size_t i = 0; i < query->count; i++) {
        const struct field *field = &query->list[i];

        maker->at = field->at;
        for (size_t j = 0; j < field->value_count; j++) {
            const char *value = fill(maker, field->values[j], TEXT_PLAIN, NULL);

            if (!value)
                return false;
            if (!address_add_query(&maker->call->address, field->name, value,
                                   maker->fault))
                return place_fault(maker);
        }
    }
    return true;
}

static bool make_address(struct maker *maker)
{
    const struct suite *suite = maker->suite;
    struct address *address = &maker->call->address;
    const char *base = NULL;
    const char *url;

    maker->at = suite->base_url_at;
    if (suite->base_url) {
        base = fill(maker, suite->base_url, TEXT_PLAIN, NULL);
        if (!base)
            return false;
    }
    maker->at = maker->request->url_at;
    url = fill(maker, maker->request->url, TEXT_URL, NULL);
    if (!url)
        return false;
    if (!address_parse(base, url, address, maker->fault))
        return place_fault(maker);
    if (!make_query(maker))
        return false;
    maker->at = maker->request->url_at;
    return address_settle(address, maker->fault) || place_fault(maker);
}

static struct header *find_header(struct header *headers, size_t count,
                                  const char *name)
{
    for (size_t i = 0; i < count; i++) {
        if (strcasecmp(headers[i].name, name) == 0)
            return &headers[i];
    }
    return NULL;
}

/* An empty list of values is entered with value NULL: it suppresses what would
 * have been implied. */
static bool make_header(struct maker *maker, const struct field *field,
                        struct header *headers, size_t *count)
{
    maker->at = field->at;
    if (field->value_count == 0)
        headers[(*count)++] = (struct header){field->name, NULL};
    for (size_t i = 0; i < field->value_count; i++) {
        const char *value = fill(maker, field->values[i], TEXT_HEADER, NULL);

        if (!value)
            return false;
        headers[(*count)++] = (struct header){field->name, value};
    }
    return true;
}

/* These say the length of their body also when there is none (RFC 9110,
 * section 8.6). */
static bool sends_length(const char *method)
{
    return strcmp(method, "POST") == 0 || strcmp(method, "PUT") == 0 ||
           strcmp(method, "PATCH") == 0;
}

static const char *implied_type(enum body_kind kind)
{
    switch (kind) {
    case BODY_NONE: return NULL;
    case BODY_JSON: return "application/json";
    case BODY_FORM: return "application/x-www-form-urlencoded";
    case BODY_TEXT: return "text/plain; charset=utf-8";
    case BODY_FILE: return "application/octet-stream";
    }
    return NULL;
}

static size_t count_headers(const struct field_list *fields)
{
    size_t count = HEADERS_IMPLIED;

    for (size_t i = 0; i < fields->count; i++)
        count += fields->list[i].value_count ? fields->list[i].value_count : 1;
    return count;
}

static void imply(struct header *headers, size_t *count, const char *name,
                  const char *value)
{
    if (!find_header(headers, *count, name))
        headers[(*count)++] = (struct header){name, value};
}

/* What libcurl would add of its own: "Expect: 100-continue" costs a second with
 * servers that ignore it, and a body that is empty has no type. */
static void suppress(struct header *headers, size_t *count, const char *name)
{
    if (!find_header(headers, *count, name))
        headers[(*count)++] = (struct header){name, NULL};
}

static void imply_for_body(const struct maker *maker, struct header *headers,
                           size_t *count)
{
    const char *type = implied_type(maker->request->body_kind);

    if (type)
        imply(headers, count, "Content-Type", type);
    else if (sends_length(maker->call->method))
        suppress(headers, count, "Content-Type");
    if (type)
        suppress(headers, count, "Expect");
}

/* Where redirects are followed the cookies go as a header, which libcurl keeps
 * from other hosts; elsewhere it joins them with those of the jar. */
static void imply_cookie(const struct maker *maker, struct header *headers,
                         size_t *count)
{
    struct call *call = maker->call;

    if (!call->cookie || !call->follow_most)
        return;
    headers[(*count)++] = (struct header){"Cookie", call->cookie};
    call->cookie = NULL;
}

static bool make_headers(struct maker *maker)
{
    const struct request *request = maker->request;
    const struct field_list *fields = &request->headers;
    struct call *call = maker->call;
    struct header *headers =
        arena_take(&call->arena, count_headers(fields) * sizeof(*headers));
    size_t count = 0;

    for (size_t i = 0; i < fields->count; i++) {
        if (!make_header(maker, &fields->list[i], headers, &count))
            return false;
    }
    maker->at = request->at;
    if (request->manner->auth_kind == AUTH_BEARER) {
        const char *token =
            fill(maker, request->manner->token, TEXT_HEADER, NULL);

        if (!token)
            return false;
        imply(headers, &count, "Authorization",
              arena_print(&call->arena, "Bearer %s", token));
    }
    imply_for_body(maker, headers, &count);
    imply_cookie(maker, headers, &count);
    imply(headers, &count, "User-Agent", "volley/" VOLLEY_VERSION);
    call->header_list = header_list_make(&call->arena, headers, count);
    call->headers = headers;
    call->header_count = count;
    return true;
}

static bool make_cookies(struct maker *maker)
{
    const struct field_list *cookies = &maker->request->manner->cookies;
    CLEANUP(buffer_finish)
    struct buffer line = buffer_with_ceiling(LIMIT_HEADER_BYTES);

    for (size_t i = 0; i < cookies->count; i++) {
        const struct field *field = &cookies->list[i];

        maker->at = field->at;
        for (size_t j = 0; j < field->value_count; j++) {
            const char *value =
                fill(maker, field->values[j], TEXT_COOKIE, NULL);

            if (!value)
                return false;
            if (!buffer_print(&line, "%s%s=%s", line.length ? "; " : "",
                              field->name, value))
                return say(maker, "the cookies are too long");
        }
    }
    if (line.length)
        maker->call->cookie =
            arena_copy(&maker->call->arena, buffer_text(&line));
    return true;
}

static bool make_json(struct maker *maker)
{
    CLEANUP(buffer_finish)
    struct buffer text = buffer_with_ceiling(LIMIT_UPLOAD_BYTES);
    json_auto_t *value =
        template_fill(maker->request->body, maker->scope, maker->fault);

    if (!value)
        return place_fault(maker);
    if (!json_print(value, &text))
        return say_too_large(maker, "body");
    maker->call->body =
        arena_copy_bytes(&maker->call->arena, buffer_text(&text), text.length);
    maker->call->body_length = text.length;
    return true;
}

static bool add_pair(struct maker *maker, struct buffer *out, const char *name,
                     const struct template *template)
{
    size_t length = 0;
    const char *value = fill(maker, template, TEXT_ANY, &length);

    if (!value)
        return false;
    if ((out->length && !buffer_add_text(out, "&")) ||
        !form_encode(name, strlen(name), out) || !buffer_add_text(out, "=") ||
        !form_encode(value, length, out))
        return say_too_large(maker, "form");
    return true;
}

static bool make_form(struct maker *maker)
{
    const struct field_list *form = &maker->request->manner->form;
    CLEANUP(buffer_finish)
    struct buffer text = buffer_with_ceiling(LIMIT_UPLOAD_BYTES);

    for (size_t i = 0; i < form->count; i++) {
        const struct field *field = &form->list[i];

        maker->at = field->at;
        for (size_t j = 0; j < field->value_count; j++) {
            if (!add_pair(maker, &text, field->name, field->values[j]))
                return false;
        }
    }
    maker->call->body =
        arena_copy_bytes(&maker->call->arena, buffer_text(&text), text.length);
    maker->call->body_length = text.length;
    return true;
}

static bool make_file(struct maker *maker)
{
    struct call *call = maker->call;
    const char *path = fill(maker, maker->request->body, TEXT_PLAIN, NULL);
    const struct suite *home = maker->request->manner->body_home;
    struct stat about;

    if (!path)
        return false;
    call->body_path = suite_file(home ? home : maker->suite, &call->arena, path,
                                 maker->fault);
    if (!call->body_path)
        return place_fault(maker);
    if (stat(call->body_path, &about) != 0)
        return fault_raise(maker->fault, spot_place(maker->at),
                           "\"%.300s\" cannot be read", path);
    call->file_size = (uint64_t)about.st_size;
    return true;
}

static bool make_body(struct maker *maker)
{
    maker->at = maker->request->at;
    switch (maker->request->body_kind) {
    case BODY_NONE:
        if (sends_length(maker->call->method))
            maker->call->body = "";
        return true;
    case BODY_JSON: return make_json(maker);
    case BODY_FORM: return make_form(maker);
    case BODY_TEXT:
        maker->call->body = fill(maker, maker->request->body, TEXT_ANY,
                                 &maker->call->body_length);
        return maker->call->body != NULL;
    case BODY_FILE: return make_file(maker);
    }
    return false;
}

static bool is_idempotent(const char *method)
{
    static const char *const methods[] = {"DELETE",  "GET", "HEAD",
                                          "OPTIONS", "PUT", "TRACE"};

    for (size_t i = 0; i < COUNT(methods); i++) {
        if (strcmp(method, methods[i]) == 0)
            return true;
    }
    return false;
}

static bool make_method(struct maker *maker)
{
    const struct request *request = maker->request;
    const char *method = request->body_kind == BODY_NONE ? "GET" : "POST";

    maker->at = request->at;
    if (request->method)
        method = fill(maker, request->method, TEXT_METHOD, NULL);
    if (!method)
        return false;
    maker->call->method = method;
    maker->call->is_idempotent = is_idempotent(method);
    return true;
}

static bool make_credentials(struct maker *maker)
{
    struct call *call = maker->call;

    if (maker->request->manner->auth_kind != AUTH_BASIC)
        return true;
    call->user = fill(maker, maker->request->manner->user, TEXT_USER, NULL);
    if (call->user)
        call->password =
            fill(maker, maker->request->manner->password, TEXT_PLAIN, NULL);
    return call->password != NULL;
}

bool call_make(const struct call_source *source, struct call *call,
               struct fault *fault)
{
    const struct request *request = source->request;
    const struct manner *manner = request->manner;
    const struct call_defaults *defaults = source->defaults;
    struct maker maker = {source->suite, request, source->scope,
                          call,          fault,   request->at};

    call->follow_most = manner->follow_most;
    call->compressed = manner->compressed;
    call->verify = manner->verify && !defaults->insecure;
    call->ca_path = manner->ca_path ? manner->ca_path : defaults->ca_path;
    call->timeout_ns =
        manner->timeout_ns ? manner->timeout_ns : defaults->timeout_ns;
    call->connect_timeout_ns = manner->connect_timeout_ns
                                   ? manner->connect_timeout_ns
                                   : defaults->connect_timeout_ns;
    return make_method(&maker) && make_address(&maker) &&
           make_cookies(&maker) && make_headers(&maker) &&
           make_credentials(&maker) && make_body(&maker);
}

void call_finish(struct call *call)
{
    address_finish(&call->address);
    arena_finish(&call->arena);
}

bool request_is_constant(const struct step *step)
{
    return step->needs.count == 0 && !step->varies;
}
