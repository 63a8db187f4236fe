#include <string.h>

#include "specs/base/buffer.h"
#include "specs/decode.h"

enum { FOLLOW_TRUE = 10 };

static bool is_null(const struct member *member)
{
    return json_is_null(member->value.json);
}

static bool is_set(const struct member *member)
{
    return member->value.json && !is_null(member);
}

/* Strings that templates may stand in. */
static const struct template *compile_text(struct decoder *decoder,
                                           const struct node *node)
{
    return template_compile(&decoder->plan->arena, node, decoder->faults);
}

/* Paths that the run fixes before it begins. */
static bool is_fixed(struct decoder *decoder, const struct member *member)
{
    if (!strstr(json_string_value(member->value.json), "{{"))
        return true;
    return node_fault(
        decoder->faults, &member->value,
        "\"%s\" is fixed before anything runs; it takes no template",
        member->key);
}

static char *find_file(struct decoder *decoder, const struct node *node,
                       const char *subject)
{
    const char *path = text_read(node, subject, decoder->faults);
    struct fault fault = {0};
    char *real;

    if (!path)
        return NULL;
    real = suite_file(decoder->home ? decoder->home : decoder->suite,
                      &decoder->plan->arena, path, &fault);
    if (!real)
        node_fault(decoder->faults, node, "%s", fault.text);
    return real;
}

struct layer layer_below(const struct decoder *decoder)
{
    return (struct layer){.request = decoder->base,
                          .json = decoder->base_json,
                          .manner = *decoder->base.manner};
}

static struct manner *own_manner(struct layer *layer)
{
    layer->has_manner = true;
    return &layer->manner;
}

static void decode_tls(struct decoder *decoder, const struct node *written,
                       struct manner *manner)
{
    struct member found[TLS_RULES];

    fields_read(&decoder->scratch, written, &tls_table, found, decoder->faults);
    if (found[TLS_VERIFY].value.json)
        manner->verify = !json_is_false(found[TLS_VERIFY].value.json);
    if (is_null(&found[TLS_CA]))
        manner->ca_path = NULL;
    else if (is_set(&found[TLS_CA]) && is_fixed(decoder, &found[TLS_CA]))
        manner->ca_path = find_file(decoder, &found[TLS_CA].value, "\"ca\"");
}

static void decode_timeout(struct decoder *decoder,
                           const struct member *written, struct manner *manner)
{
    struct member found[TIMEOUT_RULES];

    if (!json_is_object(written->value.json)) {
        manner->timeout_ns = duration_decode(decoder, written);
        return;
    }
    fields_read(&decoder->scratch, &written->value, &timeout_table, found,
                decoder->faults);
    if (found[TIMEOUT_CONNECT].value.json) {
        manner->connect_timeout_ns =
            is_null(&found[TIMEOUT_CONNECT])
                ? 0
                : duration_decode(decoder, &found[TIMEOUT_CONNECT]);
    }
    if (found[TIMEOUT_TOTAL].value.json) {
        manner->timeout_ns =
            is_null(&found[TIMEOUT_TOTAL])
                ? 0
                : duration_decode(decoder, &found[TIMEOUT_TOTAL]);
    }
}

/* RFC 7617, section 2. A colon in a template's own text is no mistake. */
static void check_user(struct decoder *decoder, const struct node *user)
{
    const char *text = json_string_value(user->json);

    if (text && !strstr(text, "{{"))
        text_look(decoder, user, TEXT_USER);
}

static void decode_basic(struct decoder *decoder, const struct node *written,
                         struct manner *manner)
{
    struct member found[BASIC_RULES];

    fields_read(&decoder->scratch, written, &basic_table, found,
                decoder->faults);
    if (manner->auth_kind != AUTH_BASIC)
        manner->user = manner->password = NULL;
    manner->auth_kind = AUTH_BASIC;
    manner->token = NULL;
    check_user(decoder, &found[BASIC_USER].value);
    text_look(decoder, &found[BASIC_PASSWORD].value, TEXT_PLAIN);
    if (found[BASIC_USER].value.json) {
        manner->user = is_null(&found[BASIC_USER])
                           ? NULL
                           : compile_text(decoder, &found[BASIC_USER].value);
    }
    if (found[BASIC_PASSWORD].value.json) {
        manner->password =
            is_null(&found[BASIC_PASSWORD])
                ? NULL
                : compile_text(decoder, &found[BASIC_PASSWORD].value);
    }
}

static void forget_auth(struct manner *manner)
{
    manner->auth_kind = AUTH_NONE;
    manner->user = manner->password = manner->token = NULL;
}

static void decode_auth(struct decoder *decoder, const struct node *written,
                        struct manner *manner)
{
    struct member found[AUTH_RULES];
    const struct member *basic = &found[AUTH_KEY_BASIC];
    const struct member *bearer = &found[AUTH_KEY_BEARER];

    fields_read(&decoder->scratch, written, &auth_table, found,
                decoder->faults);
    if (is_set(basic) && is_set(bearer))
        spot_fault(decoder->faults, bearer->key_at,
                   "\"auth\" is \"basic\" or \"bearer\", not both");
    if ((is_null(basic) && manner->auth_kind == AUTH_BASIC) ||
        (is_null(bearer) && manner->auth_kind == AUTH_BEARER))
        forget_auth(manner);
    if (is_set(bearer)) {
        forget_auth(manner);
        if (text_look(decoder, &bearer->value, TEXT_HEADER))
            manner->token = compile_text(decoder, &bearer->value);
        manner->auth_kind = AUTH_BEARER;
    } else if (is_set(basic)) {
        decode_basic(decoder, &basic->value, manner);
    }
}

static void decode_follow(struct decoder *decoder, const struct node *written,
                          struct manner *manner)
{
    if (json_is_boolean(written->json)) {
        manner->follow_most = json_is_true(written->json) ? FOLLOW_TRUE : 0;
        return;
    }
    if (json_number_value(written->json) < 0 ||
        json_number_value(written->json) > LIMIT_REDIRECTS ||
        json_exact_number(written->json)) {
        node_fault(decoder->faults, written,
                   "\"follow\" must be from 0 to %d, or true or false",
                   LIMIT_REDIRECTS);
        return;
    }
    manner->follow_most = (uint32_t)json_number_value(written->json);
}

/* The kinds of body, at their keys. */
static const struct {
    int key;
    enum body_kind kind;
} bodies[] = {
    {REQUEST_JSON, BODY_JSON},
    {REQUEST_FORM, BODY_FORM},
    {REQUEST_TEXT, BODY_TEXT},
    {REQUEST_FILE, BODY_FILE},
};

/* A path without templates must lead to a file now. */
static void decode_file(struct decoder *decoder, const struct node *written,
                        struct layer *layer)
{
    if (!text_read(written, "\"file\"", decoder->faults))
        return;
    layer->request.body = compile_text(decoder, written);
    own_manner(layer)->body_home = decoder->home;
    if (template_is_literal(layer->request.body))
        (void)find_file(decoder, written, "\"file\"");
}

static void forget_body(struct layer *layer)
{
    layer->request.body_kind = BODY_NONE;
    layer->request.body = NULL;
    layer->json = (struct node){0};
    if (layer->manner.body_home || layer->manner.form.count) {
        own_manner(layer)->body_home = NULL;
        layer->manner.form = (struct field_list){0};
    }
}

static void set_body(struct decoder *decoder, struct member *written,
                     enum body_kind kind, struct layer *layer)
{
    struct request *request = &layer->request;
    struct field_list below = {0};
    struct node *json;

    if (request->body_kind == kind)
        below = layer->manner.form;
    if (kind == BODY_JSON && request->body_kind == BODY_JSON) {
        json = arena_take(&decoder->plan->arena, sizeof(*json));
        *json = layer->json;
        written->value.over = json;
    }
    forget_body(layer);
    request->body_kind = kind;
    switch (kind) {
    case BODY_NONE: break;
    case BODY_JSON:
        layer->json = written->value;
        request->body = compile_text(decoder, &written->value);
        break;
    case BODY_TEXT:
        request->body = compile_text(decoder, &written->value);
        break;
    case BODY_FORM:
        own_manner(layer)->form =
            field_list_decode(decoder, &written->value, &below, USE_FORM);
        break;
    case BODY_FILE: decode_file(decoder, &written->value, layer); break;
    }
}

/* What lies below a named request is another matter for each who uses it. */
static void remove_body(struct decoder *decoder, const struct member *written,
                        enum body_kind kind, struct layer *layer)
{
    if (layer->request.body_kind == kind) {
        forget_body(layer);
    } else if (kind == BODY_JSON && !decoder->home) {
        node_fault(decoder->faults, &written->value,
                   "null removes the body of the defaults, and they have "
                   "none; to send null, write \"text\": \"null\"");
    }
}

static void decode_body(struct decoder *decoder, struct member *found,
                        struct layer *layer)
{
    struct member *first = NULL;

    for (size_t i = 0; i < COUNT(bodies); i++) {
        if (is_null(&found[bodies[i].key]))
            remove_body(decoder, &found[bodies[i].key], bodies[i].kind, layer);
    }
    for (size_t i = 0; i < COUNT(bodies); i++) {
        struct member *body = &found[bodies[i].key];

        if (!is_set(body))
            continue;
        if (first) {
            spot_fault(decoder->faults, body->key_at,
                       "a request has one body, and \"%s\" is another",
                       first->key);
            continue;
        }
        first = body;
        set_body(decoder, body, bodies[i].kind, layer);
    }
}

static void decode_target(struct decoder *decoder, struct member *found,
                          struct request *request)
{
    const struct node *method = &found[REQUEST_METHOD].value;
    const struct node *url = &found[REQUEST_URL].value;

    if (method->json) {
        request->method = NULL;
        if (is_set(&found[REQUEST_METHOD])) {
            method_check(decoder, method);
            request->method = compile_text(decoder, method);
        }
    }
    if (!url->json)
        return;
    request->url = NULL;
    if (is_set(&found[REQUEST_URL])) {
        url_check(decoder, url, false);
        request->url = compile_text(decoder, url);
        request->url_at = url->at;
    }
}

static void decode_lists(struct decoder *decoder, struct member *found,
                         struct layer *layer)
{
    const struct {
        int key;
        enum field_use use;
        struct field_list *list;
    } lists[] = {
        {REQUEST_QUERY, USE_QUERY, &layer->request.query},
        {REQUEST_HEADERS, USE_HEADERS, &layer->request.headers},
        {REQUEST_COOKIES, USE_COOKIES, &layer->manner.cookies},
    };

    for (size_t i = 0; i < COUNT(lists); i++) {
        const struct member *written = &found[lists[i].key];

        if (is_null(written))
            *lists[i].list = (struct field_list){0};
        else if (is_set(written))
            *lists[i].list = field_list_decode(decoder, &written->value,
                                               lists[i].list, lists[i].use);
    }
}

static void decode_manner(struct decoder *decoder, struct member *found,
                          struct manner *manner)
{
    if (is_null(&found[REQUEST_AUTH]))
        forget_auth(manner);
    else if (is_set(&found[REQUEST_AUTH]))
        decode_auth(decoder, &found[REQUEST_AUTH].value, manner);
    if (is_null(&found[REQUEST_TLS])) {
        manner->verify = true;
        manner->ca_path = NULL;
    } else if (is_set(&found[REQUEST_TLS])) {
        decode_tls(decoder, &found[REQUEST_TLS].value, manner);
    }
    if (is_null(&found[REQUEST_FOLLOW]))
        manner->follow_most = 0;
    else if (is_set(&found[REQUEST_FOLLOW]))
        decode_follow(decoder, &found[REQUEST_FOLLOW].value, manner);
    if (found[REQUEST_COMPRESSED].value.json)
        manner->compressed = json_is_true(found[REQUEST_COMPRESSED].value.json);
    if (is_null(&found[REQUEST_TIMEOUT]))
        manner->timeout_ns = manner->connect_timeout_ns = 0;
    else if (is_set(&found[REQUEST_TIMEOUT]))
        decode_timeout(decoder, &found[REQUEST_TIMEOUT], manner);
}

static bool has_manner(const struct member *found)
{
    static const int keys[] = {REQUEST_COOKIES, REQUEST_AUTH,
                               REQUEST_TLS,     REQUEST_FOLLOW,
                               REQUEST_TIMEOUT, REQUEST_COMPRESSED};

    for (size_t i = 0; i < COUNT(keys); i++)
        if (found[keys[i]].value.json)
            return true;
    return false;
}

/* Lets the layer's request have it for good. */
static void keep_manner(struct decoder *decoder, struct layer *layer)
{
    struct manner *kept;

    if (!layer->has_manner)
        return;
    kept = arena_take(&decoder->plan->arena, sizeof(*kept));
    *kept = layer->manner;
    layer->request.manner = kept;
}

void request_decode_over(struct decoder *decoder, const struct node *written,
                         const struct use *use,
                         struct member found[static REQUEST_RULES],
                         struct layer *layer)
{
    struct request *request = &layer->request;

    fields_read(&decoder->scratch, written, &request_table, found,
                decoder->faults);
    if (is_null(&found[REQUEST_USE]) && !decoder->uses_nothing)
        request_use_nothing(decoder, layer);
    else if (found[REQUEST_USE].value.json && !decoder->uses_nothing)
        request_use(decoder, &found[REQUEST_USE].value, use, layer);
    request->at = written->at;
    layer->has_manner |= has_manner(found);
    decode_target(decoder, found, request);
    decode_lists(decoder, found, layer);
    decode_body(decoder, found, layer);
    decode_manner(decoder, found, &layer->manner);
}

void request_decode_base(struct decoder *decoder, const struct node *written)
{
    struct layer layer = {.manner = {.verify = true}, .has_manner = true};
    struct member found[REQUEST_RULES];

    if (written->json)
        request_decode_over(decoder, written, NULL, found, &layer);
    keep_manner(decoder, &layer);
    decoder->base = layer.request;
    decoder->base_json = layer.json;
    decoder->base_written = *written;
}

struct request request_decode(struct decoder *decoder,
                              const struct node *written)
{
    struct layer layer = layer_below(decoder);
    const struct request *request = &layer.request;
    struct member found[REQUEST_RULES];

    request_decode_over(decoder, written, NULL, found, &layer);
    decoder->own_json = layer.json;
    if (!request->url && !layer.is_broken &&
        (!found[REQUEST_URL].key || is_null(&found[REQUEST_URL])))
        node_fault(decoder->faults, written, "a request needs \"url\"");
    if (layer.manner.auth_kind == AUTH_BASIC &&
        !(layer.manner.user && layer.manner.password)) {
        node_fault(decoder->faults,
                   is_set(&found[REQUEST_AUTH]) ? &found[REQUEST_AUTH].value
                                                : written,
                   "\"basic\" needs \"user\" and \"password\"");
    }
    keep_manner(decoder, &layer);
    return layer.request;
}
