"""Tests that are tried again: retries, polls, the time that a test has."""
from stage import *

SLACK_S = 0.5  # of a machine that is busy


def gaps(times):
    return [after - before for before, after in zip(times, times[1:])]


def posted(name, **more):
    """A POST is not sent again by itself when its connection breaks."""
    return {"name": name, "request": {"url": f"/{name}", "method": "POST"},
            **more}


def reruns(story, name):
    """The kinds of what a JUnit file says of the attempts before the last."""
    root = xml.parse(story.junit).getroot()
    return [child.tag for case in root.iter("testcase")
            if case.get("name") == name for child in case
            if child.tag.startswith(("flaky", "rerun"))]


@test
def a_test_that_passes_on_a_retry_is_flaky():
    with stage(a=[500, 502, 200]) as made:
        story = play(scene(made, [case("a", retry=3), case("b")]))
    assert story.counts["passed"] == 2, story.counts
    assert story.counts["flaky"] == 1, story.counts
    assert made.counts["/a"] == 3, made.counts
    line = story.tests["a"]
    assert line["outcome"] == "passed" and line["retries"] == 2, line
    assert line["attempts"] == 3, line
    assert [told["number"] for told in line["retried"]] == [1, 2], line
    assert [told["outcome"] for told in line["retried"]] == ["failed"] * 2
    messages = [told["failures"][0]["message"] for told in line["retried"]]
    assert "500" in messages[0] and "502" in messages[1], messages
    assert reruns(story, "a") == ["flakyFailure", "flakyFailure"], story
    assert "flaky" in story.out and "1 flaky" in story.out, story
    assert "retries" not in story.tests["b"], story.tests["b"]


@test
def a_test_that_never_passes_tells_all_its_attempts():
    with stage(a=[500, {"reset": True}, 404]) as made:
        story = play(scene(made, [posted("a", retry=2)]), status=1)
    assert story.found == {"a": "failure"}, story.found
    assert "404" in story.reasons["a"][1], story.reasons
    assert sorted(reruns(story, "a")) == ["rerunError", "rerunFailure"], story
    assert story.tests["a"]["attempts"] == 3, story.tests
    assert "after 3 attempts in" in story.out, story


@test
def each_condition_is_retried_and_no_other():
    troubles = {"5xx": 503, "500": 500, "429": 429, "reset": {"reset": True},
                "timeout": {"wait": 3},
                "expect": {"status": 200, "body": '{"a": 2}'}}
    for name, trouble in troubles.items():
        words = [int(name) if name in ("500", "429") else name]
        others = [[word] for word in ("connect", "tls", "dns", "4xx")
                  if (name, word) != ("429", "4xx")]
        for on, sent in [(words, 2)] + [(word, 1) for word in others]:
            with stage(a=[trouble, {"body": '{"a": 1}'}]) as made:
                test = {"name": "a", "retry": {"times": 4, "on": on},
                        "request": {"url": "/a", "method": "POST",
                                    "timeout": "400ms"},
                        "expect": {"json": {"$.a": 1}}}
                story = play(scene(made, [test]), status=0 if sent == 2 else 1)
            assert made.counts["/a"] == sent, (name, on, story)


@test
def a_server_that_is_not_there_yet():
    port = free_port()
    test = {"name": "a", "request": {"url": f"http://127.0.0.1:{port}/a"},
            "retry": {"times": 50, "delay": "50ms", "on": ["connect"]}}
    begun = begin(suite("late.json", [test]))
    time.sleep(0.4)
    made = Stage(port)
    story = end(begun)
    made.shutdown()
    made.server_close()
    assert story.status == 0 and story.counts["flaky"] == 1, story
    line = story.tests["a"]
    assert line["retries"] == line["attempts"] - 1 > 2, line
    assert line["retried"][0]["failures"][0]["kind"] == "volley.transport", line
    assert set(reruns(story, "a")) == {"flakyError"}, story


@test
def delays_grow_by_the_backoff():
    with stage(a=[500, 500, 500, 200]) as made:
        retry = {"times": 3, "delay": "100ms", "backoff": 2}
        story = play(scene(made, [case("a", retry=retry)]))
    first, second, third = gaps(made.times("/a"))
    for gap, expected in ((first, 0.1), (second, 0.2), (third, 0.4)):
        assert expected - 0.01 <= gap < expected + SLACK_S, gaps
    line = story.tests["a"]
    assert 0.69e9 <= line["attempts_ns"] < 0.7e9 + SLACK_S * 1e9, line
    assert line["duration_ns"] == line["attempts_ns"], line


@test
def jitter_stays_within_its_bounds_and_is_repeatable():
    retry = {"times": 3, "delay": "200ms", "jitter": 0.5}
    waits = []
    for seed in (1, 1, 2):
        with stage(a=[500, 500, 500, 200]) as made:
            play(scene(made, [case("a", retry=retry)]), "--seed", seed)
        waits.append(gaps(made.times("/a")))
        assert all(0.09 < gap < 0.3 + SLACK_S for gap in waits[-1]), waits
    same = [abs(a - b) for a, b in zip(waits[0], waits[1])]
    others = [abs(a - b) for a, b in zip(waits[0], waits[2])]
    assert max(same) < max(others), waits


@test
def retry_after_is_honoured_and_bounded():
    for status in (429, 503):
        with stage(a=[{"status": status, "headers": {"Retry-After": "1"}},
                      200]) as made:
            play(scene(made, [case("a", retry=1)]))
        assert 1 <= gaps(made.times("/a"))[0] < 1 + SLACK_S, made.times("/a")
    with stage(a=[{"status": 500, "headers": {"Retry-After": "9"}},
                  200]) as made:
        play(scene(made, [case("a", retry=1)]))
    assert gaps(made.times("/a"))[0] < SLACK_S, "only 429 and 503 ask to wait"


@test
def who_must_wait_longer_than_the_test_may_take_does_not():
    begun = time.monotonic()
    with stage(a=[{"status": 429, "headers": {"Retry-After": "4000000000"}},
                  200]) as made:
        story = play(scene(made, [case("a", retry=1, timeout="2s")]), status=1)
    assert time.monotonic() - begun < 2 + SLACK_S, story
    assert made.counts["/a"] == 1 and "429" in story.reasons["a"][1], story


@test
def the_option_is_for_tests_without_a_retry():
    with stage(a=[404, 404, 200], b=[404, 404, 200],
               c=[{"reset": True}, 200]) as made:
        story = play(scene(made, [case("a"), case("b", retry=1), case("c")]),
                     "--retries", "2", status=1)
    assert story.found == {"a": "passed", "b": "failure", "c": "passed"}, story
    assert story.counts["flaky"] == 2 and made.counts["/b"] == 2, story


@test
def flaky_may_fail_and_what_failed_is_stronger():
    with stage(a=[500, 200]) as made:
        path = scene(made, [case("a", retry=1)])
        play(path, "--flaky-result", "fail", status=6)
    with stage(a=[500, 200], b=[404]) as made:
        path = scene(made, [case("a", retry=1), case("b")])
        play(path, "--flaky-result", "fail", status=1)
    with stage() as made:
        play(scene(made, [case("a", retry=1)]), "--flaky-result", "fail")


@test
def a_retry_begins_with_the_first_step_and_knows_nothing():
    steps = [{"request": {"url": "/one"}, "capture": {"id": {"json": "$.id"}}},
             {"request": {"url": "/two", "headers": {"x-id": "{{id}}"}}}]
    answers = [{"body": json.dumps({"id": number}),
                "headers": {"Set-Cookie": f"c{number}=1"}}
               for number in (1, 2)]
    first = {"headers": {"Set-Cookie": "session=9"}}
    with stage(one=answers, two=[500, 200], log=[first]) as made:
        story = play(scene(made, [{"name": "a", "retry": 1, "steps": steps}],
                           setup=[case("log")]))
    assert story.counts["flaky"] == 1, story
    calls = [(call.path, call.headers.get("x-id"), call.headers.get("Cookie"))
             for call in made.calls]
    assert calls == [("/log", None, None), ("/one", None, "session=9"),
                     ("/two", "1", "session=9; c1=1"),
                     ("/one", None, "session=9"),
                     ("/two", "2", "session=9; c2=1")], calls
    assert [line["attempt"] for line in story.told("dispatched")
            if line["name"] == "a"] == [0, 0, 1, 1], story.log


@test
def what_a_failed_attempt_captured_reaches_nobody():
    steps = [{"request": {"url": "/one"}, "capture": {"id": {"json": "$.id"}}},
             {"request": {"url": "/two"}}]
    answers = [{"body": json.dumps({"id": number})} for number in (1, 2)]
    with stage(one=answers, two=[500, 200]) as made:
        play(scene(made, [{"name": "a", "retry": 1, "steps": steps},
                          case("b", "/b?{{id}}")]))
    assert "/b?2" in made.paths() and "/b?1" not in made.paths(), made.paths()


@test
def a_poll_waits_and_is_not_flaky():
    with stage(a=[404, {"reset": True}, 500, 200]) as made:
        poll = {"every": "100ms", "for": "10s"}
        story = play(scene(made, [posted("a", poll=poll)]),
                     "--flaky-result", "fail")
    assert story.counts["flaky"] == 0 and made.counts["/a"] == 4, story
    assert story.tests["a"]["attempts"] == 4, story.tests
    assert story.tests["a"]["retries"] == 0, story.tests
    assert reruns(story, "a") == [], story
    line = story.tests["a"]
    assert line["duration_ns"] == line["attempts_ns"] > 0.29e9, line
    assert story.log[-1]["path_ns"] == line["duration_ns"], story.log[-1]
    case_told, = xml.parse(story.junit).getroot().iter("testcase")
    assert float(case_told.get("time")) > 0.29, story
    assert all(0.09 < gap < 0.1 + SLACK_S for gap in gaps(made.times("/a")))


@test
def a_poll_ends_at_its_deadline():
    with stage(a=[404]) as made:
        begun = time.monotonic()
        poll = {"every": "100ms", "for": "550ms"}
        story = play(scene(made, [case("a", poll=poll)]), status=1)
    assert time.monotonic() - begun < 0.55 + SLACK_S, story
    told = re.search(r"after (\d) attempts in (0.\d+) s", story.out)
    assert told and 2 <= int(told[1]) == made.counts["/a"] <= 6, story
    assert story.tests["a"]["attempts"] == made.counts["/a"], story.tests
    assert float(told[2]) <= 0.55, story


@test
def a_capture_that_finds_nothing_is_not_polled():
    test = case("a", poll="10s", capture={"id": {"json": "$.id"}})
    with stage() as made:
        story = play(scene(made, [test]), status=1)
    assert made.counts["/a"] == 1, made.counts
    assert story.reasons["a"][0] == "volley.capture", story.reasons


@test
def a_retry_takes_the_place_of_one_poll():
    retry = {"times": 1, "on": ["5xx"]}
    poll = {"every": "50ms", "for": "10s"}
    with stage(a=[404, 500, 404, 200]) as made:
        story = play(scene(made, [case("a", poll=poll, retry=retry)]))
    line = story.tests["a"]
    assert line["attempts"] == 4 and line["retries"] == 1, line
    assert [told["number"] for told in line["retried"]] == [2], line
    assert story.counts["flaky"] == 1, story


@test
def waiting_holds_no_place():
    for option in (("--jobs", "1"), ("--serial",)):
        with stage(a=[500, 200]) as made:
            retry = {"times": 1, "delay": "500ms"}
            others = [case(f"b{i}") for i in range(5)]
            play(scene(made, [case("a", retry=retry), *others]), *option,
                 "--max-per-host", "1")
        paths = made.paths()
        assert paths[0] == paths[-1] == "/a" and len(paths) == 7, paths
        assert gaps(made.times("/a"))[0] >= 0.49, made.times("/a")


@test
def the_time_of_a_test_cuts_an_exchange():
    for option in ((), ("--serial",)):
        with stage() as made:
            tests = [case(f"a{i}", timeout=f"{100 + i}.7ms", retry=5)
                     for i in range(8)]
            made.scripts = {f"/a{i}": [{"wait": 2}] for i in range(8)}
            begun = time.monotonic()
            story = play(scene(made, tests), *option, status=1)
            assert time.monotonic() - begun < 1 + SLACK_S, story
        for kind, message in story.reasons.values():
            assert kind == "volley.timeout", story.reasons
            assert "longer than its time" in message, story.reasons
        assert set(made.counts.values()) == {1}, made.counts


@test
def a_time_that_is_up_with_another_one_is_up_too():
    """libcurl forgets one of two times of a transfer that are a millisecond
    apart: that for connecting, or the 200 ms for another address."""
    with stage() as made:
        tests = [{"name": f"a{i}", "timeout": f"{300 + i}ms", "request": {
            "url": f"/a{i}", "timeout": {"connect": f"{300 + i}ms"}}}
            for i in range(12)]
        tests += [case(f"r{i}", timeout="200ms", race={"copies": 2},
                       expect={"outcomes": {"200": 2}}) for i in range(4)]
        made.scripts = {f"/{test['name']}": [{"wait": 5}] for test in tests}
        begun = time.monotonic()
        story = play(scene(made, tests), status=1)
        assert time.monotonic() - begun < 2 + SLACK_S, story
    assert story.counts["erred"] == 16, story.counts


@test
def the_time_of_a_test_is_that_of_all_its_steps():
    steps = [{"request": {"url": "/a"}} for _ in range(9)]
    with stage(a=[{"wait": 0.2}]) as made:
        story = play(scene(made, [{"name": "a", "steps": steps}]),
                     "--test-timeout", "500ms", status=1)
    assert story.reasons["a"][0] == "volley.timeout", story.reasons
    assert made.counts["/a"] in (2, 3), made.counts


@test
def queueing_takes_nothing_of_a_tests_time():
    with stage() as made:
        made.scripts = {f"/a{i}": [{"wait": 0.1}] for i in range(8)}
        story = play(scene(made, [case(f"a{i}", timeout="400ms")
                                  for i in range(8)]), "--jobs", "1")
    assert story.counts["passed"] == 8, story


@test
def the_option_for_the_time_does_not_outrank_the_test():
    with stage(a=[{"wait": 0.5}], b=[{"wait": 0.5}]) as made:
        story = play(scene(made, [case("a", timeout="5s"), case("b")]),
                     "--test-timeout", "200ms", status=1)
    assert story.found == {"a": "passed", "b": "error"}, story.found


@test
def an_interrupt_ends_the_wait_for_a_retry():
    for option in ((), ("--serial",)):
        with stage(a=[500]) as made:
            retry = {"times": 1, "delay": "30s"}
            begun = begin(scene(made, [case("a", retry=retry), case("b")],
                                teardown=[case("clean")]), *option)
            made.wait_for("/b")
            time.sleep(0.1)
            interrupt(begun)
            story = end(begun)
        assert story.status == 130, story
        assert story.found == {"a": "error", "b": "passed",
                               "clean": "passed"}, story.found
        assert "interrupted" in story.reasons["a"][1], story.reasons
        line = story.tests["a"]
        assert line["exchanges"] == [] and line["retries"] == 1, line
        assert "500" in str(line["retried"][0]["failures"]), line
        assert "after 1 attempt in" in story.out, story
        assert "attempt 1: status: expected 2xx, got 500" in story.out, story
        assert made.counts["/a"] == 1, made.counts


@test
def a_time_without_end_is_not_over_at_once():
    """292 years, which is more than this clock can add to what it says."""
    longest = "106751.99d"
    with stage(a=[500, 200]) as made:
        story = play(scene(made, [case("a", timeout=longest, retry=1),
                                  case("b")]),
                     "--test-timeout", longest, "--run-timeout", longest)
    assert story.counts["passed"] == 2, story


@test
def an_interrupt_is_not_the_error_that_was_expected():
    for error in ("timeout", {"not": "dns"}):
        with stage(a=[{"hold": True}]) as made:
            begun = begin(scene(made, [case("a", expect={"error": error})]))
            made.wait_for("/a")
            interrupt(begun)
            story = end(begun)
        assert story.found == {"a": "error"}, story
        assert "interrupted" in story.reasons["a"][1], story.reasons


@test
def the_end_of_a_tests_time_is_not_the_error_that_was_expected():
    """The server might have answered; the request's own time is another
    matter."""
    slow = {"request": {"url": "/slow"}}
    for option in ((), ("--serial",)):
        with stage(slow=[{"wait": 2}]) as made:
            story = play(scene(made, [
                {"name": "test", "timeout": "200ms", **slow,
                 "expect": {"error": "timeout"}},
                {"name": "either", "timeout": "200ms", **slow,
                 "expect": {"error": {"not": "dns"}}},
                {"name": "race", "timeout": "200ms", **slow,
                 "race": {"copies": 2},
                 "expect": {"outcomes": {"timeout": 2}}},
                {"name": "request", "timeout": "9s", "request": {
                    "url": "/slow", "timeout": "200ms"},
                 "expect": {"error": "timeout"}}]), *option, status=1)
        assert story.found == {"test": "error", "either": "error",
                               "race": "error", "request": "passed"}, story
        for kind, message in story.reasons.values():
            assert kind == "volley.timeout", story.reasons
            assert "longer than its time" in message, story.reasons


@test
def a_flaky_test_is_no_reason_to_bail():
    with stage(a=[500, 200]) as made:
        tests = [case("a", retry=1), case("b", after=["a"]),
                 case("c", after=["b"])]
        made.scripts["/b"] = [404]
        story = play(scene(made, tests + [case("d", after=["a"])],
                           sequential=True), "--bail", status=1)
    assert story.found == {"a": "passed", "b": "failure", "c": "skipped",
                           "d": "skipped"}, story.found
    assert story.reasons["d"][1] == "not run: enough tests failed", story


@test
def teardown_is_tried_again_too():
    with stage(clean=[500, 200], a=[404]) as made:
        story = play(scene(made, [case("a")], teardown=[
            case("clean", retry={"times": 1, "delay": "50ms"})]), "--bail",
            status=1)
    assert story.found == {"a": "failure", "clean": "passed"}, story.found
    assert story.counts["flaky"] == 1, story.counts


@test
def an_interrupt_leaves_teardown_its_retries():
    with stage(clean=[500, 500, 200], a=[{"hold": True}]) as made:
        begun = begin(scene(made, [case("a")], teardown=[
            case("clean", retry={"times": 5, "delay": "100ms"})]))
        made.wait_for("/a")
        interrupt(begun)
        story = end(begun)
    assert story.status == 130 and made.counts["/clean"] == 3, story
    assert story.found == {"a": "error", "clean": "passed"}, story.found


@test
def a_hundred_retries_are_counted_and_ten_are_told():
    with stage(a=[500] * 100 + [200]) as made:
        story = play(scene(made, [case("a", retry=100)]))
    line = story.tests["a"]
    assert line["retries"] == 100 and line["attempts"] == 101, line
    told = [attempt["number"] for attempt in line["retried"]]
    assert told == list(range(1, len(told) + 1)) and 5 <= len(told) < 100, told


@test
def who_comes_too_late_to_ask_for_a_name_holds_nobody_up():
    elsewhere = {"url": "http://no-such-host.invalid/"}
    with stage() as made:
        late = {"name": "late", "timeout": "100ms", "steps": [
            {"request": {"url": "/a"}}, {"request": elsewhere}]}
        after = {"name": "after", "request": elsewhere,
                 "expect": {"error": "dns"}}
        story = play(scene(made, [late, after]), "-j1", "--rate", "4/s",
                     "--run-timeout", "10s", status=1)
    assert story.found == {"late": "error", "after": "passed"}, story
    assert story.reasons["late"][0] == "volley.timeout", story.reasons


main()
