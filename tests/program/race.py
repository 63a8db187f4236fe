"""Races: N connections are open before the first request is sent, all requests
go out at one moment, and they are one test."""
import collections
import selectors
import signal
import socket
import ssl
import struct
import threading
import time

from harness import *

SO_TIMESTAMPNS = 35  # when the kernel got it, not when we looked
Request = collections.namedtuple("Request", "at open path head")


class Server(threading.Thread):
    """Gives 201 to the first request of a path and 409 to the others; /slow
    never answers, /cookie/x gives a cookie. Remembers what came when."""

    def __init__(self, context=None):
        super().__init__(daemon=True)
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=256)
        self.listener.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
        self.port = self.listener.getsockname()[1]
        self.url = f"http{'s' if context else ''}://127.0.0.1:{self.port}"
        self.context = context
        self.listener.setblocking(False)
        self.requests, self.taken, self.open = [], set(), 0
        self.later = 0  # each handshake takes longer than the one before
        self.start()

    def accept(self, selector):
        try:
            peer, _ = self.listener.accept()
        except BlockingIOError:
            return False
        peer.setblocking(True)
        peer.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
        self.open += 1
        if self.context:
            threading.Thread(target=self.shake_hands,
                             args=(peer, self.later), daemon=True).start()
            self.later += 0.02
        else:
            selector.register(peer, selectors.EVENT_READ)
        return True

    def shake_hands(self, peer, later):
        time.sleep(later)
        with self.context.wrap_socket(peer, server_side=True) as secured:
            data = secured.recv(65536)
            self.note(data, time.time())
            secured.sendall(self.answer(data))
            secured.recv(1)

    def note(self, data, at):
        head = data.split(b"\r\n\r\n")[0].decode()
        self.requests.append(Request(at, self.open, head.split()[1], head))

    def answer(self, data):
        path = data.split()[1].decode()
        status = "409 Conflict" if path in self.taken else "201 Created"
        self.taken.add(path)
        cookie = ""
        if path.startswith("/cookie/"):
            cookie = f"Set-Cookie: {path[8:]}=1; Path=/\r\n"
        body = json.dumps({"id": 7} if status[0] == "2" else {})
        return (f"HTTP/1.1 {status}\r\n{cookie}Content-Length: {len(body)}\r\n"
                f"\r\n{body}").encode()

    def hear(self, peer, selector):
        try:
            data, extra, _, _ = peer.recvmsg(65536, 256)
        except OSError:
            data = b""
        if not data:
            selector.unregister(peer)
            peer.close()
            self.open -= 1
            return
        if b"HTTP/1.1\r\n" not in data:
            return  # the rest of a body
        at = time.time()
        if extra:
            seconds, nanoseconds = struct.unpack("qq", extra[0][2])
            at = seconds + nanoseconds / 1e9
        self.note(data, at)
        if not data.split()[1].startswith(b"/slow"):
            peer.sendall(self.answer(data))

    def run(self):
        selector = selectors.DefaultSelector()
        selector.register(self.listener, selectors.EVENT_READ)
        while True:
            for key, _ in selector.select():
                while self.accept(selector):
                    pass  # those that are open already, before they are read
                if key.fileobj is not self.listener:
                    self.hear(key.fileobj, selector)

    def of(self, path):
        return [one for one in self.requests if one.path == path]


SERVER = Server()
SEAT = {"outcomes": {"201": 1, "409": "rest"}}


def race(path, count, expect=SEAT, **more):
    return {"name": path[1:], "request": {"url": path, "method": "POST",
                                          "json": {"x": 1}},
            "race": {"copies": count}, "expect": expect, **more}


def base(server=SERVER):
    return {"base_url": server.url}


def spread_us(requests):
    times = [one.at for one in requests]
    return int((max(times) - min(times)) * 1e6)


def check_race(path, count, *arguments):
    done = run_tests([race(path, count)], *arguments, more=base())
    assert done.status == 0, done
    came = SERVER.of(path)
    assert len(came) == count, len(came)
    assert came[0].open >= count, (came[0].open, count)
    spread = spread_us(came)
    print(f"# {count} racers{' '.join(['', *arguments])}: "
          f"arrived within {spread} us", flush=True)
    return spread


@test
def all_connections_are_open_before_the_first_request():
    for number in range(3):
        check_race(f"/five-{number}", 5)


@test
def sixty_four_arrive_together():
    spreads = [check_race(f"/many-{number}", 64) for number in range(5)]
    assert min(spreads) < 20000, spreads


@test
def serial_races_too():
    check_race("/serial", 5, "--serial")
    check_race("/serial-many", 64, "--serial")


@test
def more_racers_than_jobs():
    check_race("/jobs", 8, "-j", "2")
    check_race("/host", 8, "--max-per-host", "1")


@test
def each_connection_is_new_and_used_once():
    log = os.path.join(folder, "new.jsonl")
    done = run_tests([{"name": "warm", "request": {"url": "/warm"}},
                      race("/new", 3, after=["warm"]),
                      {"name": "next", "after": ["new"],
                       "request": {"url": "/next"}}],
                     "--report", "log=" + log, more=base())
    assert done.status == 0, done
    told = {line["name"]: line for line in log_lines(log)
            if line["event"] == "test_finished"}
    racers = told["new"]["exchanges"]
    assert [one["racer"] for one in racers] == [1, 2, 3], racers
    assert all(one["connections"] == 1 and not one["reused"]
               for one in racers), racers
    assert told["next"]["exchanges"][0]["reused"], told["next"]
    assert len(told) == 3 and "racer" not in told["warm"]["exchanges"][0]


@test
def connecting_is_told_as_such():
    log = os.path.join(folder, "connecting.jsonl")
    run_tests([race("/connecting", 4)], "--report", "log=" + log, more=base())
    for line in log_lines(log):
        for one in line.get("exchanges", []):
            timings = one["timings"]
            assert timings["connect_ns"] > 0, one
            assert timings["total_ns"] < 2e9, one


@test
def requests_differ():
    done = run_tests([
        {"name": "both", "request": {"url": "/own", "method": "PUT"},
         "race": {"requests": [{}, {"url": "/other"},
                               {"url": "/other", "method": "DELETE"}]},
         "expect": {"outcomes": {"201": 2, "409": 1}}}], more=base())
    assert done.status == 0, done
    methods = sorted(one.head.split()[0] for one in SERVER.of("/other"))
    assert len(SERVER.of("/own")) == 1 and methods == ["DELETE", "PUT"]


@test
def wrong_counts_are_one_failure_of_one_test():
    junit = os.path.join(folder, "counts.xml")
    done = run_tests([race("/counts", 4, {"outcomes": {"201": 2, "409": 2}})],
                     "--report", "junit=" + junit, more=base())
    assert done.status == 1, done
    kind, message = problems(junit)["counts"]
    assert kind == "volley.assertion" and "outcome 201" in message, message
    assert "racer 4: POST" in done.out, done


@test
def failures_name_the_racer():
    done = run_tests([race("/named", 3, {"status": 201})], more=base())
    assert done.status == 1 and "1 failed" in done.out, done
    winner = SERVER.of("/named")
    assert len(winner) == 3 and done.out.count(": status: expected 201") == 1
    assert re.search(r"racer [123]: status: expected 201, got 409",
                     done.out), done


@test
def a_refused_racer_counts_by_its_error():
    log = os.path.join(folder, "refused.jsonl")
    there = f"http://127.0.0.1:{free_port()}/"
    done = run_tests([
        {"name": "one", "request": {"url": "/refused"},
         "race": {"requests": [{"url": there}, {}, {}]},
         "expect": {"outcomes": {"connect": 1, "201": 1, "409": 1}}}],
        "--report", "log=" + log, more=base())
    assert done.status == 0, done
    told = [line for line in log_lines(log)
            if line["event"] == "test_finished"][0]["exchanges"]
    assert told[0]["arrival"] == "connect" and told[0]["sent_bytes"] == 0, told


@test
def a_racer_without_an_answer_in_time():
    done = run_tests([
        {"name": "one", "request": {"url": "/time", "timeout": "300ms"},
         "race": {"requests": [{}, {"url": "/slow"}]},
         "expect": {"outcomes": {"201": 1, "timeout": 1}}}], more=base())
    assert done.status == 0, done


def full_listener():
    """Nobody accepts there, and one waits already: a connect gets no answer."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen(0)
    first = socket.create_connection(listener.getsockname())
    return listener, first, f"http://127.0.0.1:{listener.getsockname()[1]}/"


@test
def a_racer_that_cannot_connect_in_time():
    *kept, there = full_listener()
    for strategy in ([], ["--serial"]):
        path = "/connect" + "".join(strategy)
        began = time.monotonic()
        done = run_tests([
            {"name": "one",
             "request": {"url": path, "timeout": {"connect": "400ms"}},
             "race": {"requests": [{}, {"url": there}]},
             "expect": {"outcomes": {"201": 1, "timeout": 1}}}],
            *strategy, more=base())
        assert done.status == 0, done
        assert 0.35 < time.monotonic() - began < 5, done
    assert kept


def interrupted(tests, *arguments, signals=1):
    suite("interrupted.json", tests, **base(),
          teardown=[{"name": "clean", "request": {"url": "/clean"},
                     "expect": {"status": "any"}}])
    junit = os.path.join(folder, "interrupted.xml")
    process = subprocess.Popen(
        [VOLLEY, "run", "interrupted.json", "--report", "junit=" + junit,
         *arguments], cwd=folder, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True, env=clean_environment())
    time.sleep(0.8)
    for _ in range(signals):
        process.send_signal(signal.SIGINT)
        time.sleep(0.1)
    out, err = process.communicate(timeout=WAIT_S)
    assert "Sanitizer" not in err, err
    assert process.returncode == 130, (process.returncode, out, err)
    return outcomes(junit), out


@test
def an_interrupt_while_racers_connect():
    *kept, there = full_listener()
    for strategy in ([], ["--serial"]):
        found, out = interrupted(
            [{"name": "one", "request": {"url": "/never"},
              "race": {"requests": [{}, {"url": there}]},
              "expect": {"outcomes": {"201": 2}}}], *strategy)
        assert found["one"] == "error" and "interrupted" in out, (found, out)
        assert found["clean"] == "passed", found
    assert kept and not SERVER.of("/never")


@test
def an_interrupt_while_racers_fly():
    for strategy in ([], ["--serial"]):
        found, out = interrupted(
            [race("/slow/5", 5, {"outcomes": {"201": "rest"}})], *strategy)
        assert found["slow/5"] == "error" and "interrupted" in out, out
        assert found["clean"] == "passed", found


@test
def an_interrupt_while_a_race_waits_for_room():
    found, _ = interrupted([
        {"name": "long", "request": {"url": "/slow/long"}},
        race("/waits", 4)], "-j", "2")
    assert found["waits"] == "error" or found["waits"] == "skipped", found
    assert not SERVER.of("/waits")


@test
def a_race_beside_many_tests_starves_nobody():
    many = [{"name": f"t{number}", "request": {"url": f"/beside/{number}"}}
            for number in range(50)]
    races = [race(f"/beside-race-{number}", 6) for number in range(4)]
    junit = os.path.join(folder, "beside.xml")
    for strategy in (["-j", "8"], ["-j", "2"], ["--serial"]):
        SERVER.taken.clear()
        done = run_tests(many[:25] + races + many[25:], *strategy,
                         "--report", "junit=" + junit, more=base())
        assert done.status == 0, done
        assert len(outcomes(junit)) == 54


@test
def a_rate_counts_every_racer():
    began = time.monotonic()
    done = run_tests([race("/rate", 5), {"name": "next", "after": ["rate"],
                                         "request": {"url": "/rated"}}],
                     "--rate", "10", more=base())
    assert done.status == 0, done
    assert spread_us(SERVER.of("/rate")) < 90000
    assert SERVER.of("/rated")[0].at - SERVER.of("/rate")[0].at > 0.4
    assert time.monotonic() - began < 5


@test
def captures_come_from_the_first_that_has_them():
    done = run_tests([
        race("/captured", 6, capture={"seat": {"json": "$.id"}}),
        {"name": "use", "request": {"url": "/use/{{seat}}"}}], more=base())
    assert done.status == 0, done
    assert len(SERVER.of("/use/7")) == 1


@test
def cookies_come_together():
    done = run_tests([
        {"name": "given", "request": {"url": "/cookie/z"}},
        {"name": "both", "after": ["given"], "request": {"url": "/cookie/a"},
         "race": {"requests": [{}, {"url": "/cookie/b"}]},
         "expect": {"outcomes": {"201": 2}}},
        {"name": "sent", "after": ["both"], "request": {"url": "/sent"}}],
        more=base())
    assert done.status == 0, done
    for one in SERVER.of("/cookie/a") + SERVER.of("/cookie/b"):
        cookies = re.search(r"Cookie: (.*)", one.head, re.I).group(1)
        assert cookies.strip() == "z=1", one
    cookies = re.search(r"Cookie: (.*)", SERVER.of("/sent")[0].head, re.I)
    assert sorted(cookies.group(1).strip().split("; ")) == \
        ["a=1", "b=1", "z=1"], cookies


@test
def a_retry_is_the_whole_race_again():
    done = run_tests([race("/again", 3, {"outcomes": {"409": 3}},
                           retry={"times": 1, "on": ["expect"]})],
                     more=base())
    assert done.status == 0 and "1 flaky" in done.out, done
    assert len(SERVER.of("/again")) == 6


@test
def a_name_is_looked_up_once_for_all():
    junit = os.path.join(folder, "name.xml")
    done = run_tests([{"name": "one", "request": {"url": "http://no.invalid/"},
                       "race": {"copies": 3},
                       "expect": {"outcomes": {"dns": 3}}}],
                     "--report", "junit=" + junit)
    assert done.status == 0, done


@test
def a_file_is_sent_by_each():
    path = write("sent.txt", "x" * 100)
    done = run_tests([{"name": "one", "request": {
        "url": "/file", "method": "PUT", "file": os.path.basename(path)},
        "race": {"copies": 3}, "expect": SEAT}], more=base())
    assert done.status == 0, done
    assert len(SERVER.of("/file")) == 3


@test
def handshakes_are_made_before_any_request():
    key = os.path.join(folder, "key.pem")
    certificate = os.path.join(folder, "certificate.pem")
    made = subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout",
         key, "-out", certificate, "-days", "2", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=IP:127.0.0.1"], capture_output=True)
    if made.returncode:
        raise Skip("openssl makes no certificate")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    secure = Server(context)
    done = run_tests([race("/tls", 5, {"outcomes": {
        "201": {"gt": 0}, "409": "rest"}})], "-vv", "--cacert", certificate, more=base(secure))
    assert done.status == 0, done
    came = secure.of("/tls")
    assert len(came) == 5 and came[0].open == 5, (came, done)
    print(f"# 5 racers over TLS: read within {spread_us(came)} us", flush=True)
    assert spread_us(came) < 60000, came  # the handshakes take 80 ms more


@test
def a_proxy_is_asked_for_the_way():
    done = run_tests([{"name": "one",
                       "request": {"url": "http://example.invalid/proxied"},
                       "race": {"copies": 3},
                       "expect": {"outcomes": {"201": 1, "409": "rest"}}}],
                     env={"http_proxy": SERVER.url})
    assert done.status == 0, done
    assert len(SERVER.of("http://example.invalid/proxied")) == 3


main()
