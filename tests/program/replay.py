"""--replay: an earlier run's requests in their order, each when the same ones
had been answered. A server of the test's own answers after a time by chance and
writes down when each request came and when it was answered."""
import http.server
import random
import threading
import time

from harness import *


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.lock = threading.Lock()
        self.story = []  # ("came" or "answered", path)
        self.slowest = 0.03
        self.refused = set()  # paths that are answered 503, once
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def handle_error(self, *_):
        pass  # some connections end early

    def note(self, what, path):
        with self.lock:
            self.story.append((what, path))


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self):
        self.server.note("came", self.path)
        time.sleep(random.uniform(0, self.server.slowest))
        with self.server.lock:
            status = 503 if self.path in self.server.refused else 200
            self.server.refused.discard(self.path)
        self.server.note("answered", self.path)
        self.send_response(status)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *_):
        pass


SERVER = Server()
BASE = f"http://127.0.0.1:{SERVER.server_port}"
LOG = os.path.join(folder, "first.jsonl")
AGAIN = os.path.join(folder, "again.jsonl")
REPLAY = ("--replay", LOG, "--report", f"log={AGAIN}")


def case(name, steps=1, **more):
    requests = [{"request": {"url": f"{BASE}/{name}/{step}"}}
                for step in range(steps)]
    return {"name": name, **more,
            **(requests[0] if steps == 1 else {"steps": requests})}


def sends(path):
    return [(line["name"], line["step"], line["attempt"])
            for line in log_lines(path) if line["event"] == "dispatched"]


def recorded(path, *arguments, log=LOG, status=0):
    SERVER.story.clear()
    done = run(path, "--report", f"log={log}", *arguments)
    assert done.status == status, done
    return done


def replayed(path, *arguments, status=0):
    SERVER.story.clear()
    done = run(path, *REPLAY, *arguments)
    assert done.status == status, done
    return done


def answers_before_sends(path):
    """{request: the requests that were answered before it was sent}, by path
    on the server; for runs in which each request is made once."""
    found, over, last = {}, set(), {}
    for line in log_lines(path):
        name = line.get("name")
        if line["event"] == "dispatched":
            last[name] = f"/{name}/{line['step']}"
            found[last[name]] = set(over)
        elif line["event"] in ("answered", "test_finished"):
            over.add(last[name])
    return found


def flows(name, more=()):
    """Ten flows of four steps that get in each other's way."""
    tests = [case(f"flow{i}", 4, **({"lock": ["a"]} if i % 4 == 0 else {}))
             for i in range(10)]
    tests += [case("alone", 2, lock=["*"]), case("late", 2, after=["flow3"])]
    return suite(name, tests + list(more), setup=[case("begin")],
                 teardown=[case("end")])


@test
def the_order_of_a_run_is_that_of_its_replays():
    path = flows("flows.json")
    recorded(path)
    first = sends(LOG)
    others = set()
    for _ in range(3):
        recorded(path, log=AGAIN)
        others.add(tuple(sends(AGAIN)))
    assert others != {tuple(first)}, "chance does not change the order"
    for _ in range(5):
        done = replayed(path, "-v")
        assert sends(AGAIN) == first, (first, sends(AGAIN))
        assert done.err == "", done


@test
def what_had_been_answered_has_been_answered_again():
    path = flows("flows.json")
    recorded(path)
    before = answers_before_sends(LOG)
    for _ in range(5):
        replayed(path)
        for number, (what, request) in enumerate(SERVER.story):
            if what == "came":
                answered = {told for what, told in SERVER.story[:number]
                            if what == "answered"}
                assert before[request] <= answered, (request, SERVER.story)


@test
def a_slow_answer_holds_up_what_was_sent_after_it():
    path = suite("slow.json", [case("slow"), case("quick", 3)])
    SERVER.slowest = 0
    recorded(path)
    with open(LOG) as file:
        lines = file.readlines()
    kinds = [json.loads(line) for line in lines]
    slow = next(i for i, line in enumerate(kinds)
                if line["event"] == "test_finished" and line["name"] == "slow")
    step = next(i for i, line in enumerate(kinds)
                if line["event"] == "dispatched" and line["step"] == 2)
    if slow > step:  # as if it had been the other way round
        lines.insert(step, lines.pop(slow))
        with open(LOG, "w") as file:
            file.writelines(lines)
    SERVER.slowest = 0.03
    for _ in range(5):
        replayed(path)
        assert SERVER.story.index(("came", "/quick/2")) > \
            SERVER.story.index(("answered", "/slow/0")), SERVER.story


@test
def attempts_are_replayed():
    path = suite("retries.json", [
        case(f"again{i}", 2, retry={"times": 3, "delay": "5ms",
                                    "on": ["5xx"]}) for i in range(4)])
    refused = {"/again1/0", "/again2/1", "/again3/0", "/again3/1"}
    SERVER.refused = set(refused)
    recorded(path)
    first = sends(LOG)
    assert ("again3", 1, 2) in first, first
    for _ in range(3):
        SERVER.refused = set(refused)
        assert replayed(path, "-v").err == ""
        assert sends(AGAIN) == first, (first, sends(AGAIN))


@test
def attempts_that_do_not_come_are_told():
    path = suite("retries.json", [
        case("again", 2, retry={"times": 3, "on": ["5xx"]}), case("other", 2)])
    SERVER.refused = {"/again/0", "/again/1"}
    recorded(path)
    assert len(sends(LOG)) == 7, sends(LOG)
    done = replayed(path)
    assert "replay: 4 of 7 sends could not be followed; -v tells which\n" \
        "volley: replay: 1 request was sent that the log does not have " \
        "there\n" in done.err, done
    assert len(sends(AGAIN)) == 4, sends(AGAIN)
    done = replayed(path, "-v")
    assert re.search(r"^  \S*retries.json: again, step 1, attempt 2$", done.err,
                     re.M), done
    SERVER.refused = {"/other/0"}
    done = replayed(path, "--retries", 1, "-v")
    assert "replay: 3 requests were sent that the log does not have there" in \
        done.err, done


@test
def the_beginning_of_a_log_will_do():
    path = flows("flows.json")
    recorded(path)
    first = sends(LOG)
    with open(LOG, "rb") as file:
        text = file.read()
    half = text.index(b"\n", len(text) // 2)
    for end in (half + 1, half + 20, half - 1):
        with open(LOG, "wb") as file:
            file.write(text[:end])
        kept = [(line["name"], line["step"], line["attempt"])
                for line in map(json.loads, text[:end].splitlines()[:-1])
                if line["event"] == "dispatched"]
        assert 5 < len(kept) < len(first) - 5, kept
        assert replayed(path).err == ""
        assert sends(AGAIN)[:len(kept)] == kept
        assert sorted(sends(AGAIN)) == sorted(first)


@test
def tests_that_the_log_does_not_know_come_too():
    path = flows("flows.json")
    recorded(path)
    first = sends(LOG)
    path = flows("flows.json", [case("new", 2), case("first", 1)])
    with open(path) as file:
        content = json.load(file)
    content["tests"][2]["after"] = ["first"]  # the log waits for a new one
    write("flows.json", content)
    done = replayed(path, "-v")
    known = [send for send in sends(AGAIN) if send[0] not in ("new", "first")]
    assert known == first, (first, known)
    assert sends(AGAIN).index(("first", 0, 0)) < \
        sends(AGAIN).index(("flow2", 0, 0)), sends(AGAIN)
    assert "replay: 3 requests were sent" in done.err, done
    assert "could not be followed" not in done.err, done


@test
def a_part_of_the_tests_is_replayed():
    path = flows("flows.json")
    recorded(path)
    wanted = [send for send in sends(LOG)
              if send[0] in ("begin", "end", "flow1", "flow3", "late")]
    assert replayed(path, "-g", "flow1|late", "-v").err == ""
    assert sends(AGAIN) == wanted, (wanted, sends(AGAIN))


@test
def a_test_that_is_gone_is_told():
    path = suite("gone.json", [case("stays", 2), case("goes", 2)])
    recorded(path)
    suite("gone.json", [case("stays", 2)])
    assert "2 of 4 sends could not be followed" in replayed(path).err


@test
def copies_are_told_apart():
    path = suite("copies.json", [
        case("row", each=[{"name": f"r{i}"} for i in range(9)], lock=["x"]),
        case("copy", 2, repeat=9), case("number", each=[{"v": 1}, {"v": 2}])])
    recorded(path)
    first = sends(LOG)
    assert len(first) == 29, first
    for _ in range(3):
        assert replayed(path, "-v").err == ""
        assert sends(AGAIN) == first, (first, sends(AGAIN))


@test
def one_at_a_time_in_the_same_order():
    path = flows("flows.json")
    recorded(path)
    wanted = sends(LOG)
    for arguments in (["--serial"], ["--jobs", "1"], ["--max-per-host", "2"]):
        assert replayed(path, "-v", *arguments).err == ""
        assert sends(AGAIN) == wanted, (arguments, wanted, sends(AGAIN))
    recorded(path, "--serial")
    wanted = sends(LOG)
    assert replayed(path, "-v").err == ""
    assert sends(AGAIN) == wanted, (wanted, sends(AGAIN))


@test
def jobs_and_seed_are_those_of_the_log():
    path = suite("seed.json", [{"name": "x", "request": {
        "url": BASE + "/{{random_string(12)}}"}}])

    def came():
        return [told for what, told in SERVER.story if what == "came"]

    recorded(path, "--jobs", 7)
    first = came()
    replayed(path)
    assert came() == first, (came(), first)
    assert log_lines(AGAIN)[0]["jobs"] == 7
    replayed(path, "--seed", 1, "--jobs", 3)
    assert came() != first
    assert log_lines(AGAIN)[0]["jobs"] == 3
    assert log_lines(AGAIN)[0]["seed"] == "1"


@test
def of_several_rounds_the_last_one_is_replayed():
    path = suite("rounds.json", [
        case(f"flow{i}", 3) for i in range(4)] + [{
            "name": "x", "request": {"url": BASE + "/{{uuid()}}"}}])
    recorded(path, "--repeat", 3)
    wanted = [(name[:-len(" [round 3]")], step, attempt)
              for name, step, attempt in sends(LOG)
              if name.endswith(" [round 3]")]
    last = [told for what, told in SERVER.story
            if what == "came" and "flow" not in told][-1]
    assert replayed(path, "-v").err == ""
    assert sends(AGAIN) == wanted, (wanted, sends(AGAIN))
    assert ("came", last) in SERVER.story, (last, SERVER.story)


@test
def polls_races_and_conditions_are_replayed():
    path = suite("kinds.json", [
        case("poll", 2, poll={"for": "5s", "every": "5ms"}), case("other", 4),
        case("race", race={"copies": 5}, expect={
            "outcomes": {"200": "rest"}}),
        case("never", when={"env.NONE": {"exists": True}}),
        case("behind", 2, after=["never", "race"])])
    SERVER.refused = {"/poll/0", "/poll/1"}
    recorded(path)
    first = sends(LOG)
    for _ in range(3):
        SERVER.refused = {"/poll/0", "/poll/1"}
        assert replayed(path, "-v").err == ""
        assert sends(AGAIN) == first, (first, sends(AGAIN))
    SERVER.refused = {f"/poll/{step}" for step in range(2)} | {"/other/3"}
    replayed(path, "--retries", 1)
    assert sends(AGAIN)[-1][0] in ("other", "behind", "poll"), sends(AGAIN)
    SERVER.refused = set()


@test
def a_race_is_replayed_whole_and_in_its_place():
    """All racers come when what had been answered before them is, and all are
    answered before what had waited for them is sent."""
    racers = 6
    path = suite("raced.json", [
        *(case(f"flow{i}", 3) for i in range(5)),
        case("race", after=["flow0"], race={"copies": racers},
             expect={"outcomes": {"200": racers}}),
        case("then", 2, after=["race"])])
    recorded(path)
    first, before = sends(LOG), answers_before_sends(LOG)
    for arguments in ((), ("--jobs", 3), ("--serial",)):
        done = replayed(path, "-v", *arguments)
        assert sends(AGAIN) == first, (first, sends(AGAIN))
        assert done.err == "", done
        story = SERVER.story
        came = [at for at, one in enumerate(story) if one == ("came", "/race/0")]
        over = [at for at, one in enumerate(story)
                if one == ("answered", "/race/0")]
        assert len(came) == len(over) == racers, story
        answered = {told for what, told in story[:came[0]]
                    if what == "answered"}
        assert before["/race/0"] <= answered, (before["/race/0"], story)
        assert over[-1] < story.index(("came", "/then/0")), story
        log = [line for line in log_lines(AGAIN)
               if line["event"] == "test_finished" and line["name"] == "race"]
        assert [one["racer"] for one in log[0]["exchanges"]] == list(
            range(1, racers + 1)), log


@test
def a_poll_that_takes_longer_holds_up_what_came_after_it():
    path = suite("poll.json", [
        case("poll", poll={"for": "5s", "every": "5ms"}),
        case("then", 2, after=["poll"]), case("other", 3)])
    recorded(path)
    first = sends(LOG)
    kept = SERVER.refused = {"/poll/0"}
    assert "could not be followed" not in replayed(path, "-v").err
    assert not kept, kept
    assert [send for send in sends(AGAIN) if send != ("poll", 0, 1)] == first


@test
def names_may_hold_what_is_secret():
    path = suite("secret.json", [
        case(f"{i}-hidden-word", 2) for i in range(5)] + [
        case("row", each=[{"name": "hidden-word"}])])
    recorded(path, "--secret", "s=hidden-word")
    first = sends(LOG)
    assert any("***" in name for name, _, _ in first), first
    assert replayed(path, "-v", "--secret", "s=hidden-word").err == ""
    assert sends(AGAIN) == first, (first, sends(AGAIN))


@test
def a_failure_ends_nothing_but_its_test():
    path = flows("flows.json")
    recorded(path)
    SERVER.refused = {"/flow3/0", "/flow4/2"}
    done = replayed(path, status=1)
    # three steps and late are not sent, and one step
    assert "6 of 46 sends could not be followed" in done.err, done
    kept = [send for send in sends(LOG) if send in sends(AGAIN)]
    assert sends(AGAIN) == kept, (kept, sends(AGAIN))


@test
def bail_and_its_teardown():
    path = flows("flows.json")
    recorded(path)
    SERVER.refused = {"/flow3/0"}
    replayed(path, "--bail", status=1)
    assert sends(AGAIN)[-1] == ("end", 0, 0), sends(AGAIN)


@test
def a_run_that_is_cut_short_is_not_held():
    path = flows("flows.json")
    recorded(path)
    SERVER.slowest = 0.5
    began = time.monotonic()
    done = replayed(path, "--run-timeout", "300ms", status=4)
    SERVER.slowest = 0.03
    assert time.monotonic() - began < 30
    assert "could not be followed" not in done.err, done
    late = {line["name"] for line in log_lines(AGAIN)
            if line["event"] == "dispatched" and line["at_ns"] > 0.6e9}
    assert sends(AGAIN)[-1] == ("end", 0, 0) and late <= {"end"}, late


@test
def what_is_no_log_is_refused():
    path = suite("one.json", [case("one")])
    other = suite("other.json", [case("two")])
    recorded(path)
    began = log_lines(LOG)[0]
    for name, content, words in [
            ("none.jsonl", None, "no such file"),
            ("empty.jsonl", "", "no run begins in this log"),
            ("text.jsonl", "hello\n", "1:1: this is no event of a run"),
            ("suite.jsonl", "{}\n", "1:1: this is no event of a run"),
            ("format.jsonl", json.dumps({**began, "format": 2}) + "\n",
             "1:1: this log has a format that is not known here"),
            ("jobs.jsonl", json.dumps({**began, "jobs": 0}) + "\n",
             "1:1: this run has no"),
            ("many.jsonl", json.dumps({**began, "jobs": 4097}) + "\n",
             "1:1: this run has no"),
            ("twice.jsonl", 2 * (json.dumps(began) + "\n"),
             "2:1: a second run begins in this log"),
            ("step.jsonl", json.dumps(began) + '\n{"event": "dispatched"}\n',
             "2:1: this does not say which test it is of")]:
        log = os.path.join(folder, name)
        if content is not None:
            write(name, content)
        SERVER.story.clear()
        done = run(path, "--replay", log)
        assert done.status == 2 and words in done.err, (name, done)
        assert log in done.err, (name, done)
        assert "came" not in dict(SERVER.story), SERVER.story
    done = run(other, "--replay", LOG)
    assert done.status == 2 and "this log is of other tests" in done.err, done


@test
def two_orders_at_once_are_refused():
    path = suite("one.json", [case("one")])
    recorded(path)
    for other in (["--shuffle"], ["--rate", "5/s"], ["--repeat", "2"],
                  ["--until-fail"], ["--repeat-for", "1s"]):
        done = run(path, "--replay", LOG, *other)
        assert done.status == 2, (other, done)
        assert f"cannot be given with {other[0]}" in done.err, (other, done)
    assert run(path, "--replay", LOG, env={"VOLLEY_SHUFFLE": "1"}).status == 2


main()
