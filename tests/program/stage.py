"""A server that plays what a test wrote for it, and runs whose reports are
compared with each other: what the console, the JUnit file and the log count
must be the same."""
import collections
import contextlib
import http.server
import signal
import socket
import struct
import threading
import time

from harness import *

HELD_S = 20
KINDS = ("passed", "failed", "erred", "skipped", "quarantined")


class Call:
    """One request: when it came and when its answer left, by this clock."""

    def __init__(self, path, headers):
        self.path, self.headers = path, headers
        self.came, self.left = time.monotonic(), None


class Stage(http.server.ThreadingHTTPServer):
    """Answers 200 at once, but for paths with a script: a list of answers, one
    a request, of which the last one stays. An answer is a status or a
    dictionary of status, body, headers, wait (seconds), hold (until let go) or
    reset (the connection, in place of an answer)."""
    daemon_threads = True
    request_queue_size = 512

    def __init__(self, port=0):
        super().__init__(("127.0.0.1", port), Player)
        self.base = f"http://127.0.0.1:{self.server_port}"
        self.scripts, self.calls = {}, []
        self.counts = collections.Counter()
        self.lock = threading.Lock()
        self.let_go = threading.Event()
        self.reached = threading.Condition(self.lock)
        threading.Thread(target=self.serve_forever, args=(0.05,),
                         daemon=True).start()

    def handle_error(self, request, address):
        pass  # whoever asked went away

    def enter(self, path, headers):
        with self.lock:
            call = Call(path, headers)
            script = self.scripts.get(path.split("?")[0], [200])
            answer = script[min(self.counts[path], len(script) - 1)]
            self.counts[path] += 1
            self.calls.append(call)
            self.reached.notify_all()
        return call, answer if isinstance(answer, dict) else {"status": answer}

    def wait_for(self, path, count=1):
        with self.lock:
            assert self.reached.wait_for(lambda: self.counts[path] >= count,
                                         HELD_S), (path, self.counts)

    def paths(self):
        return [call.path for call in self.calls]

    def times(self, path):
        return [call.came for call in self.calls if call.path == path]

    def busiest(self, *beginnings):
        """How many requests of those paths were being answered at once."""
        edges = [(moment, step) for call in self.calls
                 for moment, step in ((call.came, 1), (call.left, -1))
                 if call.path.startswith(beginnings)]
        now = most = 0
        for _, step in sorted(edges):
            now += step
            most = max(most, now)
        return most


class Player(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1

    def do_GET(self):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        call, answer = self.server.enter(self.path, dict(self.headers))
        if "hold" in answer:
            self.server.let_go.wait(HELD_S)
        time.sleep(answer.get("wait", 0))
        call.left = time.monotonic()
        if "reset" in answer:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER,
                                       struct.pack("ii", 1, 0))
            self.connection.close()
            self.close_connection = True
            return
        body = answer.get("body", "{}").encode()
        self.send_response(answer.get("status", 200))
        self.send_header("Content-Length", str(len(body)))
        for name, value in answer.get("headers", {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_DELETE = do_GET

    def finish(self):
        with contextlib.suppress(OSError, ValueError):
            super().finish()

    def log_message(self, *_):
        pass


@contextlib.contextmanager
def stage(**scripts):
    """`stage(a=[500, 200])` answers /a so."""
    made = Stage()
    made.scripts = {"/" + name: script for name, script in scripts.items()}
    try:
        yield made
    finally:
        made.let_go.set()
        made.shutdown()
        made.server_close()


class Story(Told):
    """What a run told, everywhere. A name that is no suite's in the log, a
    count that is not the sum of its parts, a test that is told twice: each
    fails the test that looks."""

    def __init__(self, *begun):
        super().__init__(*begun)
        self.counts = self.log[-1]["counts"]
        self.tests = {line["name"]: line for line in self.told("test_finished")}
        self.expect_one_story()

    def order(self):
        return [line["name"] for line in self.told("dispatched")]

    def expect_one_story(self):
        counts = self.counts
        assert sum(counts[kind] for kind in KINDS) == counts["tests"], counts
        finished = self.told("test_finished")
        assert len(finished) == counts["tests"], counts
        ordinals = [line["ordinal"] for line in finished]
        assert len(set(ordinals)) == len(ordinals), ordinals
        suites = self.told("suite_finished")
        for key in (*KINDS, "tests", "flaky"):
            assert sum(line["counts"][key] for line in suites) == counts[key], (
                key, counts, suites)
        numbers = [line["suite"] for line in suites]
        assert sorted(set(numbers)) == sorted(numbers), numbers
        assert len(suites) == len(self.log[0]["suites"]), suites
        self.expect_junit_to_agree()
        self.expect_console_to_agree()

    def expect_junit_to_agree(self):
        root = xml.parse(self.junit).getroot()
        counts = self.counts
        names = [(case.get("classname"), case.get("name"))
                 for case in root.iter("testcase")]
        assert len(set(names)) == len(names) == counts["tests"], names
        assert int(root.get("tests")) == counts["tests"], root.attrib
        assert int(root.get("failures")) == counts["failed"], root.attrib
        assert int(root.get("errors")) == counts["erred"], root.attrib
        for kind, tag in (("failed", "failure"), ("erred", "error")):
            assert len(list(root.iter(tag))) == counts[kind], (tag, counts)
        skipped = len(list(root.iter("skipped")))
        assert skipped == counts["skipped"] + counts["quarantined"], counts
        expect_valid(self.junit)

    def expect_console_to_agree(self):
        line = re.search(r"^(\d+) tests?\b.*$", self.out, re.M)
        assert line and int(line[1]) == self.counts["tests"], self
        for kind in (*KINDS, "flaky"):
            told = re.search(rf"(\d+) {kind}\b", line[0])
            assert int(told[1] if told else 0) == self.counts[kind], (
                kind, self.counts, self)


def begin(*arguments, **options):
    """A run of those suites, with all reports; to be ended by end()."""
    return begin_reported("run", *arguments, **options)


def end(begun):
    return Story(*begun)


def play(*arguments, status=0, **options):
    story = end(begin(*arguments, **options))
    assert story.status == status, story
    return story


def case(name, path=None, **more):
    return {"name": name, "request": {"url": path or f"/{name}"}, **more}


def scene(made, tests, name="stage.json", **more):
    return suite(name, tests, base_url=made.base, **more)


def interrupt(begun, number=signal.SIGINT):
    begun[0].send_signal(number)
