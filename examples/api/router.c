#include "examples/api/router.h"

#include "examples/api/answer.h"
#include "examples/api/limits.h"
#include "examples/api/pages.h"
#include <stdio.h>
#include <string.h>

enum { ALLOW_BYTES = 128 };

/* In a pattern * is one segment, an argument of the page, and ** is whatever
 * follows. The method "*" is every method; HEAD goes where GET goes. */
struct route {
    const char *method;
    const char *pattern;
    page *page;
    bool needs_login;
};

static page index_page;

/* The first row that matches wins. */
static const struct route routes[] = {
    {"GET", "/", index_page, false},
    {"GET", "/health", health_page, false},
    {"GET", "/metrics", metrics_page, false},
    {"POST", "/metrics/reset", reset_metrics_page, false},
    {"POST", "/reset", reset_page, false},
    {"POST", "/login", login_page, false},
    {"GET", "/todos", list_todos_page, true},
    {"POST", "/todos", create_todo_page, true},
    {"GET", "/todos/*", read_todo_page, true},
    {"PUT", "/todos/*", replace_todo_page, true},
    {"PATCH", "/todos/*", change_todo_page, true},
    {"DELETE", "/todos/*", delete_todo_page, true},
    {"GET", "/basic-auth/*/*", basic_auth_page, false},
    {"GET", "/bearer", bearer_page, false},
    {"*", "/anything", anything_page, false},
    {"*", "/anything/**", anything_page, false},
    {"GET", "/headers", headers_page, false},
    {"GET", "/cookies", cookies_page, false},
    {"GET", "/cookies/set", set_cookies_page, false},
    {"GET", "/cookies/delete", delete_cookies_page, false},
    {"GET", "/redirect/*", redirect_page, false},
    {"*", "/redirect-to", redirect_to_page, false},
    {"GET", "/bytes/*", bytes_page, false},
    {"GET", "/stream/*", stream_page, false},
    {"GET", "/sse/*", sse_page, false},
    {"GET", "/json", json_page, false},
    {"GET", "/xml", xml_page, false},
    {"GET", "/html", html_page, false},
    {"GET", "/uuid", uuid_page, false},
    {"GET", "/gzip", gzip_page, false},
    {"*", "/delay/*", delay_page, false},
    {"*", "/status/*", status_page, false},
    {"*", "/flaky/*/*", flaky_page, false},
};

static enum MHD_Result index_page(struct call *call)
{
    json_t *list = json_array();

    for (size_t i = 0; i < COUNT(routes); i++) {
        const struct route *route = &routes[i];

        json_array_append_new(
            list, json_sprintf("%s %s", route->method, route->pattern));
    }
    return answer_json(call, MHD_HTTP_OK, json_pack("{s:o}", "pages", list));
}

/* The arguments point into the path, which is not cut yet. */
static bool fits_pattern(const char *pattern, const char *path,
                         const char *arguments[CALL_ARGUMENTS])
{
    for (; *pattern; pattern++) {
        if (*pattern != '*') {
            if (*path++ != *pattern)
                return false;
            continue;
        }
        if (pattern[1] == '*')
            return true;
        if (!*path || *path == '/')
            return false;
        *arguments++ = path;
        path += strcspn(path, "/");
    }
    return !*path;
}

static bool fits_method(const struct route *route, const char *method)
{
    if (!strcmp(method, "HEAD"))
        method = "GET";
    return !strcmp(route->method, "*") || !strcmp(route->method, method);
}

static void cut_arguments(struct call *call)
{
    for (size_t i = 0; i < CALL_ARGUMENTS && call->arguments[i]; i++) {
        size_t start = (size_t)(call->arguments[i] - call->path);
        char *argument = call->path + start;

        argument[strcspn(argument, "/")] = '\0';
    }
}

/* The methods of all rows that fit the path, "" when none does. */
static void list_methods(const char *path, char allow[ALLOW_BYTES])
{
    const char *ignored[CALL_ARGUMENTS];
    size_t length = 0;

    allow[0] = '\0';
    for (size_t i = 0; i < COUNT(routes); i++) {
        const char *method = routes[i].method;

        if (!fits_pattern(routes[i].pattern, path, ignored))
            continue;
        length += (size_t)snprintf(allow + length, ALLOW_BYTES - length,
                                   "%s%s%s", length ? ", " : "", method,
                                   !strcmp(method, "GET") ? ", HEAD" : "");
    }
}

/* No row fits both the path and the method. */
static enum MHD_Result refuse(struct call *call)
{
    struct MHD_Response *response;
    char allow[ALLOW_BYTES];

    list_methods(call->path, allow);
    if (!*allow)
        return answer_error(call, MHD_HTTP_NOT_FOUND, "there is no %s",
                            call->path);
    response = response_of_error("%s is for %s", call->path, allow);
    response_header(response, MHD_HTTP_HEADER_ALLOW, allow);
    return answer(call, MHD_HTTP_METHOD_NOT_ALLOWED, response);
}

static const struct route *find_route(struct call *call)
{
    for (size_t i = 0; i < COUNT(routes); i++) {
        const char *arguments[CALL_ARGUMENTS] = {NULL};

        if (fits_pattern(routes[i].pattern, call->path, arguments) &&
            fits_method(&routes[i], call->method)) {
            memcpy(call->arguments, arguments, sizeof(arguments));
            return &routes[i];
        }
    }
    return NULL;
}

enum MHD_Result router_answer(struct call *call)
{
    const struct route *route;

    if (call->page)
        return call->page(call); /* it slept, and goes on */
    if (call_is_too_large(call))
        return answer_error(call, MHD_HTTP_CONTENT_TOO_LARGE,
                            "a body may have %d bytes", MOST_REQUEST_BYTES);
    route = find_route(call);
    if (!route)
        return refuse(call);
    if (route->needs_login && !is_logged_in(call))
        return answer_unauthorized(call, "Bearer");
    cut_arguments(call);
    call->page = route->page;
    return call->page(call);
}
