#include "examples/api/answer.h"
#include "examples/api/limits.h"
#include "examples/api/pages.h"
#include "examples/api/service.h"
#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

enum { DEFAULT_LISTED = 100 };

/* What a client wrote about a todo; the title is borrowed from its document and
 * NULL when it is not there. */
struct draft {
    json_t *document;
    const char *title;
    bool has_done;
    bool done;
};

static json_t *todo_json(const struct todo *todo)
{
    return json_pack("{s:I, s:s, s:b}", "id", (json_int_t)todo->id, "title",
                     todo->title, "done", todo->done);
}

/* NULL when the draft is in order, else what is wrong with it. */
static const char *read_draft(struct draft *draft)
{
    json_t *title = json_object_get(draft->document, "title");
    json_t *done = json_object_get(draft->document, "done");

    if (!json_is_object(draft->document))
        return "a todo is an object";
    if (title && !json_is_string(title))
        return "title must be a string";
    if (title && !json_string_length(title))
        return "title must not be empty";
    if (title && json_string_length(title) > MOST_TITLE_BYTES)
        return "title is too long";
    if (done && !json_is_boolean(done))
        return "done must be true or false";
    draft->title = json_string_value(title);
    draft->has_done = done != NULL;
    draft->done = json_is_true(done);
    return NULL;
}

/* True when there is a draft; else the call is answered, by *result. The
 * caller releases the document in both cases. */
static bool take_draft(struct call *call, bool is_whole, struct draft *draft,
                       enum MHD_Result *result)
{
    json_error_t error;
    const char *wrong;

    draft->document = json_loadb(buffer_text(&call->body), call->body.length,
                                 JSON_DECODE_ANY, &error);
    if (!draft->document) {
        *result = answer_error(call, MHD_HTTP_BAD_REQUEST,
                               "the body is not JSON: %s", error.text);
        return false;
    }
    wrong = read_draft(draft);
    if (!wrong && is_whole && !draft->title)
        wrong = "title is missing";
    if (!wrong)
        return true;
    *result = answer_error(call, MHD_HTTP_UNPROCESSABLE_CONTENT, "%s", wrong);
    return false;
}

/* The todo that the path names; NULL when there is none. */
static struct todo *named_todo(struct call *call)
{
    uint64_t id;

    if (!read_count(call->arguments[0], INT64_MAX, &id))
        return NULL;
    return todos_find(&call->service->todos, (int64_t)id);
}

static enum MHD_Result answer_unknown(struct call *call)
{
    return answer_error(call, MHD_HTTP_NOT_FOUND, "there is no todo %s",
                        call->arguments[0]);
}

/* ?done=true or false; all todos without it. */
static bool read_filter(const struct call *call, bool *filters, bool *done)
{
    const char *text = call_query(call, "done");

    *filters = text != NULL;
    *done = text && !strcmp(text, "true");
    return !text || *done || !strcmp(text, "false");
}

enum MHD_Result list_todos_page(struct call *call)
{
    const struct todos *todos = &call->service->todos;
    uint64_t limit = DEFAULT_LISTED;
    json_t *items;
    size_t total = 0;
    bool filters;
    bool done;

    if (!call_count(call, "limit", MOST_LISTED, &limit))
        return answer_bad_argument(call, "a limit from 0 to 1000");
    if (!read_filter(call, &filters, &done))
        return answer_bad_argument(call, "done to be true or false");
    items = json_array();
    for (size_t i = 0; i < todos->count; i++) {
        const struct todo *todo = &todos->items[i];

        if (filters && todo->done != done)
            continue;
        if (total++ < limit)
            json_array_append_new(items, todo_json(todo));
    }
    return answer_json(
        call, MHD_HTTP_OK,
        json_pack("{s:o, s:I}", "items", items, "total", (json_int_t)total));
}

static enum MHD_Result answer_created(struct call *call,
                                      const struct todo *todo)
{
    struct MHD_Response *response = response_of_json(todo_json(todo));
    char location[64];

    snprintf(location, sizeof(location), "/todos/%" PRId64, todo->id);
    response_header(response, MHD_HTTP_HEADER_LOCATION, location);
    return answer(call, MHD_HTTP_CREATED, response);
}

enum MHD_Result create_todo_page(struct call *call)
{
    struct draft draft = {0};
    enum MHD_Result result;
    struct todo *todo;

    if (take_draft(call, true, &draft, &result)) {
        todo = todos_add(&call->service->todos, draft.title, draft.done);
        result = todo ? answer_created(call, todo)
                      : answer_error(call, MHD_HTTP_INSUFFICIENT_STORAGE,
                                     "there may be %d todos", MOST_TODOS);
    }
    json_decref(draft.document);
    return result;
}

enum MHD_Result read_todo_page(struct call *call)
{
    const struct todo *todo = named_todo(call);

    if (!todo)
        return answer_unknown(call);
    return answer_json(call, MHD_HTTP_OK, todo_json(todo));
}

static enum MHD_Result write_todo(struct call *call, bool is_whole)
{
    struct todo *todo = named_todo(call);
    struct draft draft = {0};
    enum MHD_Result result;

    if (!todo)
        return answer_unknown(call);
    if (take_draft(call, is_whole, &draft, &result)) {
        if (draft.title)
            todo_rename(todo, draft.title);
        if (draft.has_done || is_whole)
            todo->done = draft.done;
        result = answer_json(call, MHD_HTTP_OK, todo_json(todo));
    }
    json_decref(draft.document);
    return result;
}

enum MHD_Result replace_todo_page(struct call *call)
{
    return write_todo(call, true);
}

enum MHD_Result change_todo_page(struct call *call)
{
    return write_todo(call, false);
}

enum MHD_Result delete_todo_page(struct call *call)
{
    struct todo *todo = named_todo(call);

    if (!todo)
        return answer_unknown(call);
    todos_remove(&call->service->todos, todo);
    return answer_nothing(call, MHD_HTTP_NO_CONTENT);
}
