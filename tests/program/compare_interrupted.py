"""volley compare, interrupted: the reports tell a whole story all the same."""
import collections
import contextlib
import http.server
import signal
import threading
import time

from harness import *

SCHEMAS = {"default": ["volley-junit.xsd"],
           "strict": ["jenkins-xunit-junit-10.xsd", "windyroad-ant-junit.xsd"]}
HELD_S = 20


class Scene(http.server.ThreadingHTTPServer):
    """Answers at once, but for the nth request of a path that is held until
    the test lets go. So a test knows where an interrupt meets the run."""
    daemon_threads = True

    def __init__(self, path, nth):
        super().__init__(("127.0.0.1", 0), Answer)
        self.held_path, self.held_nth = path, nth
        self.counts = collections.Counter()
        self.lock = threading.Lock()
        self.reached = threading.Event()
        self.let_go = threading.Event()

    def handle_error(self, request, address):
        pass  # whoever asked went away


class Answer(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        scene = self.server
        with scene.lock:
            scene.counts[self.path] += 1
            is_held = (self.path == scene.held_path
                       and scene.counts[self.path] == scene.held_nth)
        if is_held:
            scene.reached.set()
            scene.let_go.wait(HELD_S)
        self.send_response(500 if self.path == "/wrong" else 200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")

    def log_message(self, *_):
        pass


@contextlib.contextmanager
def scene(path, nth):
    made = Scene(path, nth)
    threading.Thread(target=made.serve_forever, daemon=True).start()
    try:
        yield made
    finally:
        made.let_go.set()
        made.shutdown()
        made.server_close()


class Ended:
    """What an interrupted comparison left behind."""

    def __init__(self, process, junit, log):
        self.out, self.err = process.communicate(timeout=WAIT_S)
        self.status = process.returncode
        assert "Sanitizer" not in self.err, self
        self.junit = junit
        self.found = outcomes(junit)
        self.reasons = problems(junit)
        self.log = log_lines(log)
        self.events = [line["event"] for line in self.log]

    def __repr__(self):
        return f"status {self.status}\n{self.out}\n{self.err}"

    def told(self, event):
        return [line for line in self.log if line["event"] == event]


def begin(made, *arguments):
    """Tests one after the other, so that what is done is known: first, wrong,
    held, later; then clean."""
    junit = os.path.join(folder, "halted.xml")
    log = os.path.join(folder, "halted.jsonl")
    for path in (junit, log):
        if os.path.exists(path):
            os.remove(path)
    suite("halted.json", [
        {"name": "first", "request": {"url": "/first"}},
        {"name": "wrong", "request": {"url": "/wrong"}},
        {"name": "held", "request": {"url": "/held"}},
        {"name": "later", "request": {"url": "/later"}}],
        sequential=True, base_url=f"http://127.0.0.1:{made.server_port}",
        teardown=[{"name": "clean", "request": {"url": "/clean"}}])
    suite("other.json", [{"name": "other", "skip": "not today",
                          "request": {"url": "/other"}}],
          base_url=f"http://127.0.0.1:{made.server_port}")
    process = subprocess.Popen(
        [VOLLEY, "compare", "halted.json", "other.json", "--strategies",
         "serial,async", "--runs", "2", "--warmup", "1", "--report",
         "junit=" + junit, "--report", "log=" + log, *arguments], cwd=folder,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env=clean_environment())
    running.append(process)
    return process, junit, log


def interrupted(nth, *arguments, number=signal.SIGINT, path="/held"):
    with scene(path, nth) as made:
        process, junit, log = begin(made, *arguments)
        assert made.reached.wait(HELD_S), "it was not sent"
        process.send_signal(number)
        ended = Ended(process, junit, log)
        ended.counts = dict(made.counts)
        return ended


def expect_valid(junit, dialect):
    """By our schema or by those of others, where they and xmllint are."""
    source = os.environ["VOLLEY_SOURCE"]
    shared = os.environ.get("VOLLEY_SHARED") or f"{source}/../shared"
    folders = {"default": f"{source}/tests/junit",
               "strict": f"{shared}/conformance/junit"}
    if not shutil.which("xmllint"):
        raise Skip("there is no xmllint")
    if not os.path.isdir(folders[dialect]):
        raise Skip("the schemas of others are not here")
    for schema in SCHEMAS[dialect]:
        done = subprocess.run(
            ["xmllint", "--noout", "--nonet", "--schema",
             os.path.join(folders[dialect], schema), junit],
            capture_output=True, text=True)
        assert done.returncode == 0, done.stderr


def expect_whole(ended, number=signal.SIGINT):
    """The log tells one run from its start to its end, and each test once."""
    events = ended.events
    assert events[0] == "run_started" and events[-1] == "run_finished", events
    assert events.count("run_started") == events.count("run_finished") == 1
    names = [line["name"] for line in ended.told("test_finished")]
    assert sorted(names) == ["clean", "first", "held", "later", "other",
                             "wrong"], names
    assert ended.log[0]["tests"] == 6, ended.log[0]
    assert events.count("suite_finished") == 2, events
    assert ended.log[-1]["signal"] == number, ended.log[-1]
    assert ended.log[-1]["counts"]["tests"] == 6, ended.log[-1]
    assert sorted(ended.found) == sorted(names), ended.found
    expect_valid(ended.junit, "default")


def expect_halted_at_held(ended, number=signal.SIGINT):
    """The reports tell the very run that was interrupted."""
    expect_whole(ended, number)
    assert ended.found == {
        "first": "passed", "wrong": "failure", "held": "error",
        "later": "skipped", "clean": "passed", "other": "skipped"}, ended.found
    kind, reason = ended.reasons["later"]
    assert reason == "not run: interrupted", reason
    assert ended.reasons["other"][1] == "not today", ended.reasons
    wrong = next(line for line in ended.told("test_finished")
                 if line["name"] == "wrong")
    assert wrong["failures"] and wrong["exchanges"][0]["transcript"], wrong
    assert "compared" not in ended.events, ended.events
    assert ended.out == "", ended


@test
def the_first_warm_up_is_told_when_it_is_interrupted():
    ended = interrupted(1)
    expect_halted_at_held(ended)
    assert ended.status == 130, ended
    assert ended.log[0]["transport"] == "serial", ended.log[0]
    assert "interrupted in run 1 of 6; nothing is compared" in ended.err, ended
    assert ended.counts == {"/first": 1, "/wrong": 1, "/held": 1,
                            "/clean": 1}, ended.counts


@test
def a_later_warm_up_is_told_and_what_was_recorded_before_is_not():
    ended = interrupted(2)
    expect_halted_at_held(ended)
    assert ended.status == 130, ended
    assert ended.log[0]["transport"] == "async", ended.log[0]
    assert "interrupted in run 2 of 6; nothing is compared" in ended.err, ended
    assert ended.counts["/clean"] == 2, ended.counts


@test
def an_earlier_strategy_is_told_when_it_is_interrupted():
    """Each round begins with another one: the second with async, and the run
    of session that follows it is the one that would be told."""
    ended = interrupted(4, "--strategies", "serial,async,session")
    expect_halted_at_held(ended)
    assert ended.status == 130, ended
    assert ended.log[0]["transport"] == "async", ended.log[0]
    assert "interrupted in run 4 of 9; nothing is compared" in ended.err, ended


@test
def the_told_run_is_told_once():
    ended = interrupted(3)
    expect_halted_at_held(ended)
    assert ended.status == 130, ended
    assert ended.log[0]["transport"] == "async", ended.log[0]
    assert "interrupted in run 3 of 6; nothing is compared" in ended.err, ended


@test
def rounds_that_were_measured_are_compared():
    ended = interrupted(5)
    expect_whole(ended)
    assert ended.status == 130, ended
    assert ended.found == {
        "first": "passed", "wrong": "failure", "held": "passed",
        "later": "passed", "clean": "passed", "other": "skipped"}, ended.found
    assert ended.events[-2] == "compared", ended.events
    assert [lane["runs"] for lane in ended.log[-2]["strategies"]] == [1, 1]
    assert "interrupted in run 5 of 6; 1 of 2 rounds are compared" in ended.err
    assert "1 warm-up, 1 of 2 runs each, interleaved\n" in ended.out, ended
    assert re.search("^  serial  .*\n  async ", ended.out, re.M), ended
    assert re.search("^INCOMPLETE  interrupted when 1 of 2 rounds were "
                     "measured", ended.out, re.M), ended
    assert "NOT THE SAME" not in ended.out, ended
    assert "wrong" in ended.out and "held" not in ended.out, ended


@test
def half_a_round_is_not_compared():
    """The last run is interrupted: its strategy was measured once, the other
    one twice, of which one counts."""
    ended = interrupted(6)
    expect_whole(ended)
    assert [lane["runs"] for lane in ended.log[-2]["strategies"]] == [1, 1]
    assert "interrupted in run 6 of 6; 1 of 2 rounds" in ended.err, ended
    assert "NOT THE SAME" not in ended.out, ended


@test
def a_termination_has_its_own_status():
    for nth in (1, 3):
        ended = interrupted(nth, number=signal.SIGTERM)
        expect_halted_at_held(ended, signal.SIGTERM)
        assert ended.status == 143, ended


@test
def a_second_signal_ends_teardown():
    for nth in (1, 3):
        with scene("/clean", nth) as made:
            made.held_path = "/held"
            process, junit, log = begin(made)
            assert made.reached.wait(HELD_S), "it was not sent"
            made.reached.clear()
            made.held_path = "/clean"
            process.send_signal(signal.SIGINT)
            assert made.reached.wait(HELD_S), "teardown did not run"
            process.send_signal(signal.SIGTERM)
            ended = Ended(process, junit, log)
        expect_whole(ended, signal.SIGTERM)
        assert ended.status == 143, ended
        assert ended.found["clean"] == "error", ended.found
        assert ended.found["held"] == "error", ended.found
        assert ended.reasons["later"][1] == "not run: interrupted"


@test
def two_signals_at_once_skip_teardown():
    with scene("/held", 1) as made:
        process, junit, log = begin(made)
        assert made.reached.wait(HELD_S), "it was not sent"
        process.send_signal(signal.SIGSTOP)
        process.send_signal(signal.SIGTERM)
        process.send_signal(signal.SIGINT)
        process.send_signal(signal.SIGCONT)
        ended = Ended(process, junit, log)
        counts = dict(made.counts)
    assert ended.status in (130, 143), ended
    expect_whole(ended, ended.status - 128)
    assert ended.reasons["clean"][1] == "not run: interrupted", ended.reasons
    assert ended.found["clean"] == "skipped", ended.found
    assert "/clean" not in counts, counts


@test
def the_strict_dialect_is_valid_too():
    ended = interrupted(1, "--junit-dialect", "strict")
    assert ended.status == 130 and len(ended.found) == 6, ended
    assert ended.reasons["later"][1] == "not run: interrupted", ended.reasons
    expect_valid(ended.junit, "strict")


@test
def secrets_stay_hidden_in_what_is_told_late():
    with scene("/held", 1) as made:
        junit = os.path.join(folder, "secret.xml")
        log = os.path.join(folder, "secret.jsonl")
        suite("secret.json", [
            {"name": "wrong", "request": {
                "url": "/wrong?{{word}}", "headers": {"X-Word": "{{word}}"}},
             "expect": {"status": 201}},
            {"name": "held", "request": {"url": "/held"}}],
            sequential=True, base_url=f"http://127.0.0.1:{made.server_port}",
            secrets=["word"])
        process = subprocess.Popen(
            [VOLLEY, "compare", "secret.json", "--secret",
             "word=hushhush-123", "--report", "junit=" + junit, "--report",
             "log=" + log], cwd=folder, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True, env=clean_environment())
        assert made.reached.wait(HELD_S), "it was not sent"
        process.send_signal(signal.SIGINT)
        ended = Ended(process, junit, log)
    assert ended.found == {"wrong": "failure", "held": "error"}, ended.found
    for path in (junit, log):
        content = open(path).read()
        assert "hushhush" not in content and "***" in content, content


main()
