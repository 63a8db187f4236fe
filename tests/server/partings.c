#include "tests/server/misdeeds.h"

/* Long enough for what was sent to be read before the RST throws it away. */
enum { DELIVERY_MS = 50 };

bool part_by_reset(struct visit *visit)
{
    if (say(visit, "HTTP/1.1 200 OK\r\n"
                   "Content-Type: text/plain\r\n"
                   "Content-Length: 1000\r\n\r\n"
                   "the beginning of a body"))
        visit_wait(visit, DELIVERY_MS);
    visit_reset(visit);
    return false;
}

bool part_by_early_reset(struct visit *visit)
{
    visit_reset(visit);
    return false;
}

bool part_without_answer(struct visit *visit)
{
    (void)visit;
    return false;
}

/* Promises to stay, and leaves when it is asked again: a client cannot see that
 * coming, as it could if the connection were closed at once. */
bool part_at_next_request(struct visit *visit)
{
    if (say_answer(visit, "200 OK",
                   "Content-Type: application/json\r\n"
                   "Connection: keep-alive\r\n"
                   "Keep-Alive: timeout=60\r\n",
                   "{\"staying\":true}"))
        (void)!visit_read(visit);
    return false;
}

bool part_by_late_reset(struct visit *visit)
{
    if (say_answer(visit, "200 OK",
                   "Content-Type: application/json\r\n"
                   "Connection: keep-alive\r\n",
                   "{\"staying\":true}"))
        visit_wait(visit, DELIVERY_MS);
    visit_reset(visit);
    return false;
}
