/* Templates and scope become a request with no holes. */
#pragma once

#include "runner/exchange.h"

/* The run's own settings, where a request says nothing. */
struct call_defaults {
    int64_t timeout_ns;
    int64_t connect_timeout_ns;
    bool insecure;
    const char *ca_path;
};

/* What a call is made of. */
struct call_source {
    const struct request *request;
    const struct suite *suite;
    const struct scope *scope;
    const struct call_defaults *defaults;
};

/* Fills `call` (zeroed but for its arena). False with the fault raised, at the
 * place in the spec: a template that cannot be filled, not a URL, a header
 * value with a line break, a file that cannot be read. */
bool call_make(const struct call_source *source, struct call *call,
               struct fault *fault) NODISCARD;

void call_finish(struct call *call);

/* Nothing in it changes from copy to copy, so that one call serves all. */
bool request_is_constant(const struct step *step);
