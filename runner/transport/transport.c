#include "runner/transport/transport.h"

#include <curl/curl.h>
#include <string.h>

/* Sorted by name. */
static const struct {
    const char *name;
    struct transport *(*open)(const struct transport_options *options,
                              struct fault *fault);
    bool keep_alive;
} transports[] = {
    {"async", loop_open, true},
    {"serial", blocking_open, false},
    {"session", blocking_open, true},
};

bool transport_is_interrupted(const struct transport *transport)
{
    return transport->interrupt &&
           transport->interrupt->count > transport->heeded;
}

bool transport_heed(struct transport *transport)
{
    /* Read once: another one may come right now. It is not heeded here, so the
     * next look finds it. */
    sig_atomic_t count = transport->interrupt->count;
    bool is_second = count > 1;

    transport->cancel(transport, is_second);
    transport->heeded = count;
    return is_second;
}

bool transport_cuts_off(const struct transport *transport,
                        const struct exchange *exchange)
{
    return transport_is_interrupted(transport) &&
           (!exchange->is_teardown || transport->interrupt->count > 1);
}

bool transport_is_over(const struct transport *transport,
                       const struct exchange *exchange)
{
    return transport->end_ns && !exchange->is_teardown &&
           clock_monotonic_ns() >= transport->end_ns;
}

bool transport_is_late(const struct exchange *exchange)
{
    return exchange->until_ns && clock_monotonic_ns() >= exchange->until_ns;
}

struct transport *transport_open(const char *name, size_t jobs,
                                 const struct interrupt *interrupt,
                                 struct fault *fault)
{
    for (size_t i = 0; i < COUNT(transports); i++) {
        struct transport_options options = {
            .jobs = jobs,
            .keep_alive = transports[i].keep_alive,
            .interrupt = interrupt,
        };
        struct transport *transport;

        if (strcmp(transports[i].name, name) != 0)
            continue;
        transport = transports[i].open(&options, fault);
        if (transport)
            transport->name = transports[i].name;
        if (transport)
            transport->cancelled_by = "the run was interrupted";
        return transport;
    }
    fault_raise(fault, (struct place){0}, "no strategy is called \"%s\"", name);
    return NULL;
}

const char *const *transport_names(size_t *count)
{
    static const char *const names[] = {"async", "serial", "session"};

    *count = COUNT(names);
    return names;
}

const char *transport_versions(void)
{
    return curl_version();
}
