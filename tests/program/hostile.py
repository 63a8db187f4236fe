"""Nothing that a server does breaks more than its own test."""
import threading
import time

from harness import *

HOSTILE = server("hostile")


def arrival(path, expected, *arguments, request=None, name="t"):
    url = path if "://" in path else HOSTILE + path
    told = run_tests([
        {"name": name, "request": {"url": url, **(request or {})},
         "expect": {"error": expected}},
        {"name": "beside it", "request": {"url": HOSTILE + "/well"}},
    ], *arguments)
    assert told.status == 0, told


@test
def a_closed_port_is_a_connect_error():
    arrival(f"http://127.0.0.1:{free_port()}/", "connect")


@test
def an_unknown_host_is_a_dns_error():
    arrival("http://no-such-host.invalid/", "dns")


@test
def many_tests_to_an_unknown_host_all_err():
    told = run_tests([{"name": "t", "repeat": 200, "request": {
        "url": "http://no-such-host.invalid/"}, "expect": {
            "error": {"in": ["dns", "timeout"]}}}], "--connect-timeout", "3s")
    assert told.status == 0 and "200 passed" in told.out, told


@test
def connecting_has_a_timeout_of_its_own():
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        callers = [socket.socket() for _ in range(4)]
        for caller in callers:
            caller.setblocking(False)
            caller.connect_ex(full.getsockname())
        url = "http://127.0.0.1:%d/" % full.getsockname()[1]
        arrival(url, "timeout", request={"timeout": {
            "connect": "300ms", "total": "60s"}})
        arrival(url, "timeout", "--connect-timeout", "300ms")
        for caller in callers:
            caller.close()


@test
def what_is_not_http_is_malformed():
    arrival("/garbage", "malformed")
    arrival("/bad-chunk", "malformed")
    arrival("/gzip-garbage", "malformed", request={"compressed": True})


@test
def an_answer_cut_short_is_truncated():
    arrival("/cut", "truncated")
    arrival("/cut-chunked", "truncated")


@test
def a_reset_or_an_early_close_is_a_reset():
    arrival("/reset-early", "reset")
    arrival("/empty", "reset")
    arrival("/reset", ["reset", "truncated"])


@test
def slow_and_silent_servers_time_out():
    quick = {"timeout": "300ms"}
    arrival("/slow/50", "timeout", request=quick)
    arrival("/stall", "timeout", request=quick)
    arrival("/silent", "timeout", request=quick)


@test
def the_run_has_a_timeout_of_its_own():
    arrival("/silent", "timeout", "--timeout", "300ms")


@test
def headers_have_limits():
    arrival("/endless-headers", "too_large")
    arrival("/huge-header", "too_large")
    arrival("/many-headers/1100", "too_large")


@test
def a_held_body_has_a_limit_after_decompression():
    needs_all = {"name": "t", "request": {"url": HOSTILE + "/bomb",
                                          "compressed": True},
                 "expect": {"body": {"matches": "x"}}}
    junit = os.path.join(folder, "bomb.xml")
    told = run_tests([needs_all], "--max-body", "1MB", "--report",
                     "junit=" + junit)
    assert told.status == 1, told
    kind, message = problems(junit)["t"]
    assert kind == "volley.transport" and "--max-body" in message, message


@test
def redirects_end():
    arrival("/redirect-loop", "redirects", request={"follow": 5})
    arrival("/redirect-file", "redirects", request={"follow": True})


def sent_on_a_dying_connection(method, key):
    """Its connection is closed when the request comes, and not counted there;
    what then happened, and how often it came on another connection."""
    log = os.path.join(folder, "dying.jsonl")
    told = run_tests([
        {"name": "first", "request": {"url": "/close-after"}},
        {"name": "second", "after": ["first"],
         "request": {"url": "/well?key=" + key, "method": method},
         "expect": {"status": {"gte": 200}}},
    ], "--report", "log=" + log, more={"base_url": HOSTILE})
    second = [line for line in log_lines(log) if line["event"] ==
              "test_finished" and line["name"] == "second"][0]
    number = get(HOSTILE + "/count/" + key)
    return told, second["exchanges"][0], number


@test
def a_post_is_never_sent_twice():
    told, exchange, number = sent_on_a_dying_connection("POST", "post")
    assert told.status == 1 and exchange["arrival"] == "reset", told
    assert not exchange["resent"] and number == {"count": 0}, number
    assert "not sent twice" in told.out, told


@test
def a_get_is_sent_once_more_on_a_fresh_connection():
    told, exchange, number = sent_on_a_dying_connection("GET", "get")
    assert told.status == 0 and exchange["arrival"] == "arrived", told
    assert exchange["resent"] and number == {"count": 1}, (exchange, number)


class Dying(threading.Thread):
    """Keeps each connection for one answer; the next request on it waits for
    a while and gets none, and one to /stays on a fresh connection waits for
    ever."""
    WHILE_S = 0.15

    def __init__(self):
        super().__init__(daemon=True)
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = "http://127.0.0.1:%d" % self.listener.getsockname()[1]
        self.all_open = threading.Barrier(KEPT)
        self.start()

    def run(self):
        while True:
            peer, _ = self.listener.accept()
            threading.Thread(target=self.serve, args=(peer,),
                             daemon=True).start()

    def serve(self, peer):
        with peer:
            if peer.recv(9999).startswith(b"GET /stays"):
                peer.recv(9999)
                return
            self.all_open.wait(WAIT_S)
            peer.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
            peer.recv(9999)
            time.sleep(self.WHILE_S)


KEPT = 8  # libcurl itself tries six of them


@test
def a_second_try_has_no_time_of_its_own():
    """All connections that were kept are dead, and the fresh one is silent."""
    log = os.path.join(folder, "again.jsonl")
    for test, request in (("1200ms", "9s"), ("9s", "1200ms")):
        told = run_tests([
            {"name": "keep", "repeat": KEPT, "request": {"url": "/keep"}},
            {"name": "stays", "after": ["keep"], "timeout": test,
             "request": {"url": "/stays", "timeout": request}},
        ], "--report", "log=" + log, more={"base_url": Dying().url})
        assert told.status == 1, told
        stays = [line for line in log_lines(log) if line["event"] ==
                 "test_finished" and line["name"] == "stays"][0]
        exchange = stays["exchanges"][0]
        assert exchange["arrival"] == "timeout", exchange
        assert exchange["resent"] and exchange["connections"] == 1, exchange
        took_s = exchange["timings"]["total_ns"] / 1e9
        assert 1.1 < took_s < 1.7, took_s
        assert 1.1 < stays["attempts_ns" if "attempts_ns" in stays else
                           "duration_ns"] / 1e9 < 1.7, stays
        ended_s = [line["at_ns"] for line in log_lines(log)][-1] / 1e9
        assert ended_s < 1.8, ended_s


@test
def a_connection_that_was_reset_is_not_reused():
    told = run_tests([
        {"name": "first", "request": {"url": "/rst-after"}},
        {"name": "wait", "after": ["first"], "request": {"url": "/late/200"}},
        {"name": "second", "after": ["wait"], "request": {"url": "/well"}},
    ], more={"base_url": HOSTILE})
    assert told.status == 0, told


@test
def control_bytes_never_reach_the_terminal():
    told = run_tests([{"name": "t", "request": {"url": HOSTILE + "/control"},
                       "expect": {"body": "x", "headers": {"x-y": "z"}}}],
                     "-vv", "--color", "never")
    assert told.status == 1, told
    for byte in ("\x1b", "\x07", "\x00", "\x9b"):
        assert byte not in told.out, repr(told.out)


@test
def json_that_is_none_says_so():
    junit = os.path.join(folder, "notjson.xml")
    told = run_tests([
        {"name": "not", "request": {"url": HOSTILE + "/notjson"},
         "expect": {"json": {"$.a": 1}}},
        {"name": "deep", "request": {"url": HOSTILE + "/deep/600"},
         "expect": {"json": {"$": {"exists": True}}}},
        {"name": "bytes", "request": {"url": HOSTILE + "/invalid-utf8"},
         "expect": {"json": {"$": {"exists": True}}}},
    ], "--report", "junit=" + junit)
    assert told.status == 1, told
    assert set(outcomes(junit).values()) == {"failure"}, outcomes(junit)


@test
def byte_order_marks_and_big_numbers_are_read():
    told = run_tests([
        {"name": "bom", "request": {"url": HOSTILE + "/bom"},
         "expect": {"json": {"$": {"type": "object"}}}},
        {"name": "big", "request": {"url": HOSTILE + "/bignumber"},
         "expect": {"body": {"contains": "18446744073709551615"},
                    "json": {"$..*": {"includes": [18446744073709551615]}}}},
        {"name": "not equal", "request": {"url": HOSTILE + "/bignumber"},
         "expect": {"json": {"$..*": {"not": {
             "includes": [18446744073709551614]}}}}},
    ])
    assert told.status == 0, told


@test
def interim_answers_are_passed_over():
    told = run_tests([
        {"name": "100", "request": {"url": HOSTILE + "/100"}},
        {"name": "103", "request": {"url": HOSTILE + "/early-hints"}},
        {"name": "no length", "request": {"url": HOSTILE + "/no-length"}},
    ])
    assert told.status == 0, told


main()
