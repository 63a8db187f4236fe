"""Tests that hold a lock: who of them was where is told by the server."""
import random

from stage import *


def held(locks, name, **more):
    """Its request stays at the server for a while, at a path of its locks."""
    return case(name, "/" + "".join(sorted(locks)) + "/" + name,
                lock=sorted(locks), **more)


def slow(made, tests, wait=0.02):
    """A script for each request of those tests."""
    for test in tests:
        made.scripts[test["request"]["url"]] = [{"wait": wait}]
    return tests


def overlaps(made):
    """Pairs of requests that were at the server at the same time."""
    calls = sorted(made.calls, key=lambda call: call.came)
    for number, call in enumerate(calls):
        for later in calls[number + 1:]:
            if later.came >= call.left:
                break
            yield call.path, later.path


@test
def two_tests_of_one_lock_never_meet():
    with stage() as made:
        tests = slow(made, [held("a", f"x{i}") for i in range(20)] +
                     [case(f"free{i}") for i in range(20)])
        story = play(scene(made, tests))
    assert story.counts["passed"] == 40, story
    assert made.busiest("/a/") == 1, list(overlaps(made))
    assert made.busiest("/free") > 1, "the others are at the same time"


@test
def a_lock_is_one_for_all_suites():
    with stage() as made:
        paths = [scene(made, slow(made, [held("a", f"{name}{i}")
                                         for i in range(8)]),
                       name=f"{name}.json") for name in ("one", "two")]
        play(*paths)
    assert made.busiest("/a/") == 1 and len(made.calls) == 16, made.paths()


@test
def several_locks_are_taken_at_once():
    chance = random.Random(7)
    with stage() as made:
        tests = [held(chance.sample("abcde", chance.randint(1, 3)), f"x{i}")
                 for i in range(60)]
        story = play(scene(made, slow(made, tests, 0.005)))
    assert story.counts["passed"] == 60, story
    met = list(overlaps(made))
    assert met, "those without a common lock are at the same time"
    for one, other in met:
        locks = [set(path.split("/")[1]) for path in (one, other)]
        assert not locks[0] & locks[1], (one, other)


@test
def a_star_is_alone():
    with stage() as made:
        tests = [case(f"free{i}", repeat=2) for i in range(10)]
        tests += [held("a", f"x{i}") for i in range(5)]
        tests += [case(f"alone{i}", lock="*") for i in range(3)]
        random.Random(3).shuffle(tests)
        story = play(scene(made, slow(made, tests)))
    assert story.counts["passed"] == 28, story
    met = list(overlaps(made))
    assert met and not [pair for pair in met if "/alone" in str(pair)], met


@test
def a_star_is_alone_among_suites_too():
    with stage() as made:
        one = scene(made, slow(made, [case(f"free{i}") for i in range(20)]),
                    name="one.json")
        two = scene(made, slow(made, [case("alone", lock=["*", "a"])]),
                    name="two.json")
        play(one, two)
    assert not [pair for pair in overlaps(made) if "/alone" in pair], (
        list(overlaps(made)))


@test
def a_lock_is_kept_while_a_test_waits_for_its_retry():
    for options in ((), ("--jobs", "1"), ("--serial",)):
        with stage() as made:
            retry = {"times": 2, "delay": "150ms"}
            tests = [held("a", "first", retry=retry), held("a", "second"),
                     case("free")]
            made.scripts["/a/first"] = [500, 500, 200]
            story = play(scene(made, tests), *options)
        paths = made.paths()
        assert paths.index("/a/second") > paths.index("/a/first") + 2, paths
        assert paths[-1] == "/a/second" and paths[-2] == "/a/first", paths
        assert paths.index("/free") < 2, paths
        assert story.counts["flaky"] == 1, story


@test
def a_star_keeps_all_others_waiting_for_its_retry():
    with stage() as made:
        retry = {"times": 1, "delay": "200ms"}
        made.scripts["/a"] = [500, 200]
        play(scene(made, [case("a", lock="*", retry=retry), case("b"),
                          case("c", after=["b"])]))
    assert made.paths() in (["/a", "/a", "/b", "/c"],
                            ["/b", "/a", "/a", "/c"]), made.paths()


@test
def copies_of_a_test_hold_its_lock_one_by_one():
    with stage() as made:
        rows = [{"n": number} for number in range(3)]
        test = case("x", "/a/x", lock="a", repeat=4, each=rows)
        story = play(scene(made, slow(made, [test], 0.01)))
    assert story.counts["passed"] == 12 and made.busiest("/a/") == 1, story


@test
def all_steps_are_under_the_lock():
    steps = [{"request": {"url": "/a/1"}}, {"request": {"url": "/a/2"}}]
    with stage() as made:
        tests = [{"name": f"x{i}", "lock": "a", "steps": steps}
                 for i in range(6)]
        made.scripts["/a/1"] = made.scripts["/a/2"] = [{"wait": 0.01}]
        play(scene(made, tests))
    assert made.paths() == ["/a/1", "/a/2"] * 6, made.paths()


@test
def set_up_and_teardown_hold_locks_too():
    with stage() as made:
        paths = [scene(made, [case(f"t{name}")], name=f"{name}.json",
                       setup=slow(made, [held("a", f"up{name}")]),
                       teardown=slow(made, [held("a", f"down{name}")]))
                 for name in ("one", "two", "three")]
        play(*paths)
    assert made.busiest("/a/") == 1 and len(made.calls) == 9, made.paths()


@test
def locks_of_what_is_skipped_are_free():
    with stage(bad=[404]) as made:
        tests = [case("bad"), held("a", "never", after=["bad"]),
                 held("a", "no", skip="not now"), held("a", "yes"),
                 case("star", lock="*", after=["bad"])]
        story = play(scene(made, tests), status=1)
    assert story.found == {"bad": "failure", "never": "skipped",
                           "no": "skipped", "yes": "passed",
                           "star": "skipped"}, story.found


@test
def an_interrupt_reaches_those_before_a_lock():
    with stage() as made:
        made.scripts["/a/x0"] = [{"hold": True}]
        tests = [held("a", f"x{i}") for i in range(5)]
        tests += [case("star", lock="*")]
        begun = begin(scene(made, tests, teardown=[held("a", "clean")]))
        made.wait_for("/a/x0")
        interrupt(begun)
        story = end(begun)
    assert story.status == 130, story
    assert story.found["clean"] == "passed", story.found
    assert story.counts["skipped"] == 5 - (story.found["star"] == "passed")


@test
def bail_reaches_those_before_a_lock():
    with stage() as made:
        made.scripts["/a/x0"] = [404]
        tests = [held("a", f"x{i}") for i in range(5)]
        tests += [case("star", lock="*")]
        story = play(scene(made, tests, sequential=True,
                           teardown=[held("a", "clean")]), "--bail", status=1)
    assert story.counts["skipped"] == 5, story
    assert story.found["clean"] == "passed", story.found


@test
def many_tests_of_few_locks_all_end():
    chance = random.Random(1)
    locks = ["a", "b", "c", "d"]
    tests = []
    for i in range(3000):
        test = {"name": f"t{i}", "request": {"url": "/health"}}
        if chance.random() < 0.7:
            test["lock"] = chance.sample(locks, chance.randint(1, 3))
        if chance.random() < 0.005:
            test["lock"] = "*"
        if i and chance.random() < 0.2:
            test["after"] = [f"t{chance.randrange(i)}"]
        tests.append(test)
    path = suite("many.json", tests, base_url=server("api"))
    for options in ((), ("--jobs", "1"), ("--shuffle=5", "--repeat", "2")):
        begun = time.monotonic()
        story = play(path, *options)
        assert story.counts["passed"] in (3000, 6000), story
        print(f"# {options}: {time.monotonic() - begun:.1f} s", flush=True)


main()
