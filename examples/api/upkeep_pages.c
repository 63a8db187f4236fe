#include "examples/api/answer.h"
#include "examples/api/pages.h"
#include "examples/api/service.h"
#include <jansson.h>

enum MHD_Result health_page(struct call *call)
{
    return answer_json(call, MHD_HTTP_OK, json_pack("{s:s}", "status", "ok"));
}

/* The request that asks counts itself. */
enum MHD_Result metrics_page(struct call *call)
{
    const struct metrics *metrics = &call->service->metrics;

    return answer_json(call, MHD_HTTP_OK,
                       json_pack("{s:I, s:I, s:I, s:I, s:I}", "requests",
                                 (json_int_t)metrics->requests, "connections",
                                 (json_int_t)metrics->connections,
                                 "connections_open", (json_int_t)metrics->open,
                                 "in_flight", (json_int_t)metrics->in_flight,
                                 "in_flight_peak",
                                 (json_int_t)metrics->in_flight_peak));
}

/* What is still going on stays counted. */
enum MHD_Result reset_metrics_page(struct call *call)
{
    struct metrics *metrics = &call->service->metrics;

    metrics->requests = 0;
    metrics->connections = 0;
    metrics->in_flight_peak = metrics->in_flight;
    return answer_nothing(call, MHD_HTTP_NO_CONTENT);
}

/* Forgets the todos and the flaky keys; whoever is logged in stays so. */
enum MHD_Result reset_page(struct call *call)
{
    todos_clear(&call->service->todos);
    flaky_clear(&call->service->flaky);
    return answer_nothing(call, MHD_HTTP_NO_CONTENT);
}
