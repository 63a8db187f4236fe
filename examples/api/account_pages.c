#include "examples/api/answer.h"
#include "examples/api/pages.h"
#include "examples/api/service.h"
#include "examples/api/text.h"
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* The one account that there is. */
static const char account_user[] = "alice";
static const char account_password[] = "wonderland-4";

/* What follows the scheme in Authorization; NULL when it is not there. */
static const char *credentials(const struct call *call, const char *scheme)
{
    const char *value = call_header(call, MHD_HTTP_HEADER_AUTHORIZATION);
    size_t length = strlen(scheme);

    if (!value || strncasecmp(value, scheme, length) != 0 ||
        value[length] != ' ')
        return NULL;
    return value + length + strspn(value + length, " ");
}

bool is_logged_in(const struct call *call)
{
    const char *token = credentials(call, "Bearer");

    return token && !strcmp(token, call->service->token);
}

enum MHD_Result login_page(struct call *call)
{
    json_auto_t *document =
        json_loadb(buffer_text(&call->body), call->body.length, 0, NULL);
    const char *user = json_string_value(json_object_get(document, "user"));
    const char *password =
        json_string_value(json_object_get(document, "password"));

    if (!document)
        return answer_error(call, MHD_HTTP_BAD_REQUEST,
                            "the body is not a JSON object");
    if (!user || !password)
        return answer_error(call, MHD_HTTP_UNPROCESSABLE_CONTENT,
                            "user and password must be strings");
    if (strcmp(user, account_user) != 0 ||
        strcmp(password, account_password) != 0)
        return answer_error(call, MHD_HTTP_UNAUTHORIZED,
                            "wrong user or password");
    return answer_json(call, MHD_HTTP_OK,
                       json_pack("{s:s}", "token", call->service->token));
}

static bool is_basic(const struct call *call, const char *user,
                     const char *password)
{
    const char *sent = credentials(call, "Basic");
    char *plain;
    char *wanted;
    bool result;

    if (!sent || asprintf(&plain, "%s:%s", user, password) < 0)
        return false;
    wanted = text_base64(plain, strlen(plain));
    result = !strcmp(sent, wanted);
    free(plain);
    free(wanted);
    return result;
}

enum MHD_Result basic_auth_page(struct call *call)
{
    const char *user = call->arguments[0];

    if (!is_basic(call, user, call->arguments[1]))
        return answer_unauthorized(call, "Basic");
    return answer_json(call, MHD_HTTP_OK,
                       json_pack("{s:b, s:o}", "authenticated", 1, "user",
                                 text_json(user, strlen(user))));
}

enum MHD_Result bearer_page(struct call *call)
{
    const char *token = credentials(call, "Bearer");

    if (!token || !*token)
        return answer_unauthorized(call, "Bearer");
    return answer_json(call, MHD_HTTP_OK,
                       json_pack("{s:b, s:o}", "authenticated", 1, "token",
                                 text_json(token, strlen(token))));
}
