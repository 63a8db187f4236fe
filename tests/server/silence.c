#include "tests/server/misdeeds.h"

#include "specs/base/clock.h"

bool answer_slowly(struct visit *visit)
{
    uint64_t pause_ms = visit_number(visit, VISIT_LONGEST_MS);
    int64_t end_ns = clock_monotonic_ns() + VISIT_LONGEST_MS * NS_PER_MS;
    bool is_heard = say(visit, "HTTP/1.1 200 OK\r\n"
                               "Content-Type: text/plain\r\n"
                               "Connection: close\r\n\r\n");

    while (is_heard && clock_monotonic_ns() < end_ns)
        is_heard = say(visit, ".") && visit_wait(visit, pause_ms);
    return false;
}

bool answer_late(struct visit *visit)
{
    return visit_wait(visit, visit_number(visit, VISIT_LONGEST_MS)) &&
           say_json(visit, "{\"late\":true}");
}

bool answer_stalled(struct visit *visit)
{
    if (say(visit, "HTTP/1.1 200 OK\r\n"
                   "Content-Type: text/plain\r\n"
                   "Content-Length: 1000\r\n\r\n"))
        visit_wait(visit, VISIT_LONGEST_MS);
    return false;
}

bool answer_never(struct visit *visit)
{
    visit_wait(visit, VISIT_LONGEST_MS);
    return false;
}
