"""All of it again, in which order, how fast and how long."""
from stage import *

SLACK_S = 0.6  # of a machine that is busy
FLOWS = [case("a"), case("b", after=["a"]), case("c", retry=1)]


def per_round(story):
    """The names of each round's tests."""
    found = collections.defaultdict(list)
    for name in story.tests:
        kept, number = re.fullmatch(r"(.*) \[round (\d+)\]", name).groups()
        found[int(number)].append(kept)
    return {number: sorted(names) for number, names in found.items()}


@test
def three_rounds_are_three_times_everything():
    answer = {"body": '{"id": 1}'}
    setup = [case("log", capture={"id": {"json": "$.id"}})]
    with stage(c=[500, 200], log=[answer]) as made:
        story = play(scene(made, FLOWS + [case("d", "/d?{{id}}", repeat=2)],
                           setup=setup, teardown=[case("clean")]),
                     "--repeat", "3")
    names = ["a", "b", "c", "clean", "d [0]", "d [1]", "log"]
    assert per_round(story) == dict.fromkeys((1, 2, 3), names), story.tests
    assert story.log[0]["tests"] == story.counts["tests"] == 21, story.log[0]
    assert story.counts["flaky"] == 1 and made.counts["/c"] == 4, story
    assert made.paths()[0] == "/log" and made.paths()[-1] == "/clean"
    assert made.counts["/log"] == made.counts["/clean"] == 3, made.counts
    assert len(re.findall(r"stage\.json  ", story.out)) == 1, story


@test
def one_round_has_no_number():
    with stage() as made:
        story = play(scene(made, FLOWS), "--repeat", "1")
    assert sorted(story.tests) == ["a", "b", "c"], story.tests


@test
def rounds_end_with_the_first_failure():
    with stage(a=[200, 200, 200, 404]) as made:
        story = play(scene(made, [case("a"), case("b", after=["a"])]),
                     "--until-fail", status=1)
    assert made.counts == {"/a": 4, "/b": 3}, made.counts
    assert story.counts["failed"] == story.counts["skipped"] == 1, story
    assert story.found["a [round 4]"] == "failure", story.found
    assert story.found["b [round 4]"] == "skipped", story.found


@test
def rounds_until_a_failure_may_be_counted():
    with stage(a=[200, 404]) as made:
        play(scene(made, [case("a")]), "--until-fail", "--repeat", "3",
             status=1)
    assert made.counts["/a"] == 2, made.counts
    with stage() as made:
        play(scene(made, [case("a")]), "--until-fail", "--repeat", "3")
    assert made.counts["/a"] == 3, made.counts


@test
def no_round_begins_when_the_time_is_over():
    with stage(a=[{"wait": 0.2}]) as made:
        begun = time.monotonic()
        play(scene(made, [case("a")]), "--repeat-for", "500ms")
    assert 2 <= made.counts["/a"] <= 3, made.counts
    assert time.monotonic() - begun < 0.7 + SLACK_S
    with stage(a=[{"wait": 0.2}]) as made:
        play(scene(made, [case("a")]), "--repeat-for", "1h", "--repeat", "2")
    assert made.counts["/a"] == 2, made.counts


@test
def a_failure_does_not_end_rounds_but_bail_does():
    with stage(a=[404, 200, 404]) as made:
        play(scene(made, [case("a")]), "--repeat", "5", status=1)
    assert made.counts["/a"] == 5, made.counts
    with stage(a=[404, 200, 404]) as made:
        story = play(scene(made, [case("a")], teardown=[case("clean")]),
                     "--repeat", "5", "--bail=2", status=1)
    assert made.counts == {"/a": 3, "/clean": 3}, made.counts
    assert story.counts["tests"] == 6, story


@test
def an_interrupt_ends_rounds():
    with stage(a=[200, 200, {"hold": True}]) as made:
        begun = begin(scene(made, [case("a"), case("b", after=["a"])],
                            teardown=[case("clean")]), "--repeat", "9")
        made.wait_for("/a", 3)
        interrupt(begun)
        story = end(begun)
    assert story.status == 130, story
    assert max(per_round(story)) == 3, story.tests
    assert story.found["a [round 3]"] == "error", story.found
    assert story.reasons["b [round 3]"][1] == "not run: interrupted"
    assert made.counts == {"/a": 3, "/b": 2, "/clean": 3}, made.counts


@test
def a_skipped_test_is_skipped_in_each_round():
    with stage() as made:
        story = play(scene(made, [case("a"), case("b", skip="not now")]),
                     "--repeat", "2")
    assert story.counts["skipped"] == story.counts["passed"] == 2, story


def pace(*arguments, count=20):
    with stage() as made:
        path = scene(made, [case(f"a{i}") for i in range(count)])
        story = play(path, *arguments)
    return sendings(story), [call.came for call in made.calls]


def sendings(story):
    """When requests were sent, by the log; how they come is the machine's."""
    return [line["at_ns"] / 1e9 for line in story.told("dispatched")]


@test
def requests_are_sent_at_even_intervals():
    for option in ((), ("--jobs", "1"), ("--serial",),
                   ("--max-per-host", "2")):
        sent, came = pace("--rate", "50/s", *option)
        for times in (sent, came):
            took = times[-1] - times[0]
            assert 0.33 <= took < 0.38 + SLACK_S, (option, took)
        for i in range(len(sent) - 5):
            assert sent[i + 5] - sent[i] > 0.08, (option, "a burst", sent)


@test
def a_rate_may_count_minutes():
    _, times = pace("--rate", "600/m", count=5)
    assert 0.35 <= times[-1] - times[0] < 0.4 + SLACK_S, times


@test
def what_was_not_sent_is_not_made_up_for():
    with stage(slow=[{"wait": 0.5}]) as made:
        tests = [case("slow")] + [case(f"a{i}", after=["slow"])
                                  for i in range(8)]
        story = play(scene(made, tests), "--rate", "20/s")
    times = sendings(story)[1:]
    assert times[-1] - times[0] > 0.3, times


@test
def retries_keep_to_the_rate():
    with stage(a=[500, 500, 500, 200]) as made:
        story = play(scene(made, [case("a", retry=3)]), "--rate", "10/s")
    times = sendings(story)
    assert all(after - before > 0.08
               for before, after in zip(times, times[1:])), times


@test
def the_time_of_a_run_ends_it():
    for option in ((), ("--serial",), ("--jobs", "1")):
        with stage(a=[{"wait": 5}]) as made:
            tests = [case("a"), case("b", after=["a"]), case("c", repeat=3,
                                                             after=["a"])]
            begun = time.monotonic()
            story = play(scene(made, tests, teardown=[case("clean")]),
                         "--run-timeout", "300ms", *option, status=4)
            assert time.monotonic() - begun < 0.3 + SLACK_S, (option, story)
        assert story.found["a"] == "error", story.found
        assert story.found["clean"] == "passed", story.found
        assert "--run-timeout" in story.reasons["a"][1], story.reasons
        reasons = {story.reasons[name][1] for name in ("b", "c [0]", "c [2]")}
        assert reasons == {"not run: the run's time was up"}, reasons
        assert "stopped   by --run-timeout" in story.out, story
        assert made.counts == {"/a": 1, "/clean": 1}, made.counts


@test
def the_time_of_a_run_ends_what_waits():
    for option in ((), ("--serial",)):
        with stage(a=[500]) as made:
            retry = {"times": 1, "delay": "1m"}
            poll = {"every": "1m", "for": "1h"}
            made.scripts["/b"] = [404]
            begun = time.monotonic()
            story = play(scene(made, [case("a", retry=retry),
                                      case("b", poll=poll)],
                               teardown=[case("clean")]),
                         "--run-timeout", "300ms", *option, status=4)
            assert time.monotonic() - begun < 0.3 + SLACK_S, (option, story)
        assert story.found == {"a": "error", "b": "error",
                               "clean": "passed"}, story.found
    with stage() as made:
        story = play(scene(made, [case("a", repeat=5)]), "--rate", "60/h",
                     "--run-timeout", "300ms", status=4)
        assert made.counts["/a"] == 1, made.counts


@test
def a_run_that_is_in_time_says_nothing():
    with stage() as made:
        story = play(scene(made, FLOWS), "--run-timeout", "1m")
    assert "stopped" not in story.out, story


@test
def the_time_of_a_run_is_that_of_all_rounds():
    with stage(a=[{"wait": 0.2}]) as made:
        story = play(scene(made, [case("a")]), "--repeat", "9",
                     "--run-timeout", "500ms", status=4)
    assert made.counts["/a"] == 3 and story.counts["erred"] == 1, story


def shuffled(path, *arguments):
    story = play(path, "--jobs", "1", *arguments)
    return story.order(), story


@test
def a_seed_is_an_order():
    with stage() as made:
        path = scene(made, [case(f"a{i}") for i in range(30)])
        written, _ = shuffled(path)
        first, story = shuffled(path, "--shuffle=1")
        assert written == [f"a{i}" for i in range(30)] != first, first
        assert shuffled(path, "--shuffle=2")[0] != first
        assert shuffled(path, "--shuffle", "--seed", "1")[0] == first
        assert shuffled(path, "--shuffle=1")[0] == first
        seed = re.search(r"^seed +(\d+)", story.out, re.M)[1]
        assert seed == "1" and story.log[0]["seed"] == "1", story.log[0]
        by_chance, story = shuffled(path, "--shuffle")
        again, _ = shuffled(path, f"--shuffle={story.log[0]['seed']}")
        assert again == by_chance != written, by_chance


@test
def a_shuffled_order_is_an_order_of_the_graph():
    with stage() as made:
        tests = [case(f"a{i}", **({"after": [f"a{i // 2}"]} if i else {}))
                 for i in range(40)]
        path = scene(made, list(reversed(tests)), setup=[case("log")],
                     teardown=[case("clean")])
        for seed in range(5):
            order, _ = shuffled(path, f"--shuffle={seed}")
            place = {name: number for number, name in enumerate(order)}
            assert order[0] == "log" and order[-1] == "clean", order
            for i in range(1, 40):
                assert place[f"a{i // 2}"] < place[f"a{i}"], order


@test
def each_round_has_an_order_of_its_own():
    with stage() as made:
        path = scene(made, [case(f"a{i}") for i in range(20)])
        order, _ = shuffled(path, "--shuffle=1", "--repeat", "2")
    first = [name.split(" ")[0] for name in order[:20]]
    second = [name.split(" ")[0] for name in order[20:]]
    assert sorted(first) == sorted(second) and first != second, order


main()
