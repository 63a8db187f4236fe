#include "tests/server/misdeeds.h"

bool answer_garbage(struct visit *visit)
{
    say(visit, "\x16\x03\x01 this is not the protocol that you look for\r\n"
               "\x80\xff\r\n\r\n");
    return false;
}

bool answer_cut(struct visit *visit)
{
    say(visit, "HTTP/1.1 200 OK\r\n"
               "Content-Type: application/json\r\n"
               "Content-Length: 1000\r\n\r\n"
               "{\"text\":\"here it en");
    return false;
}

bool answer_cut_chunked(struct visit *visit)
{
    say(visit, "HTTP/1.1 200 OK\r\n"
               "Transfer-Encoding: chunked\r\n\r\n"
               "5\r\nwhole\r\n"
               "64\r\nthis chunk should have a hundred bytes");
    return false;
}

bool answer_bad_chunk(struct visit *visit)
{
    say(visit, "HTTP/1.1 200 OK\r\n"
               "Transfer-Encoding: chunked\r\n\r\n"
               "5\r\nwhole\r\n"
               "zz\r\nno number\r\n"
               "0\r\n\r\n");
    return false;
}

bool answer_two_lengths(struct visit *visit)
{
    say(visit, "HTTP/1.1 200 OK\r\n"
               "Content-Length: 5\r\n"
               "Content-Length: 10\r\n\r\n"
               "whichisit?");
    return false;
}

bool answer_without_length(struct visit *visit)
{
    say(visit, "HTTP/1.0 200 OK\r\n"
               "Content-Type: text/plain\r\n\r\n"
               "the end of the connection is the end of the body\n");
    return false;
}

bool answer_after_continue(struct visit *visit)
{
    return say(visit, "HTTP/1.1 100 Continue\r\n\r\n") &&
           say_json(visit, "{\"continued\":true}");
}

bool answer_after_hints(struct visit *visit)
{
    return say(visit, "HTTP/1.1 103 Early Hints\r\n"
                      "Link: </style.css>; rel=preload\r\n\r\n") &&
           say_json(visit, "{\"hinted\":true}");
}
