"""when, skip, only and quarantine."""
import datetime

from stage import *


def day(distance):
    today = datetime.datetime.now(datetime.timezone.utc).date()
    return (today + datetime.timedelta(days=distance)).isoformat()


def quarantined(distance):
    return {"quarantine": {"reason": "bug 12", "until": day(distance)}}


@test
def a_condition_of_the_environment():
    tests = [case("in", when={"env.CITY": "Oslo"}),
             case("out", when={"env.CITY": {"exists": False}}),
             case("many", when={"env.WORKERS": {"gt": 4}, "env.CITY": "Oslo"})]
    for env, passed in (({"CITY": "Oslo", "WORKERS": "5"}, {"in", "many"}),
                        ({"CITY": "Oslo", "WORKERS": "4"}, {"in"}),
                        ({"CITY": "Rome"}, set()), ({}, {"out"})):
        with stage() as made:
            story = play(scene(made, tests + [case("ever")]), env=env)
        found = {name for name, what in story.found.items()
                 if what == "passed"}
        assert found == passed | {"ever"}, (env, story)
        assert set(made.paths()) == {f"/{name}" for name in found}
    reason = story.reasons["in"][1]
    assert reason == 'when: env.CITY is missing, expected "Oslo"', reason


@test
def a_condition_of_variables():
    tests = [case("a", when={"user.roles": {"includes": ["admin"]},
                             "level": {"gte": 2}})]
    with stage() as made:
        path = scene(made, tests, variables={"user": {"roles": ["admin"]},
                                             "level": 2})
        assert play(path).counts["passed"] == 1
        story = play(path, "--var", "level=1", "--allow-empty")
    assert story.reasons["a"][1] == "when: level is 1, expected at least 2" or (
        story.reasons["a"][1].startswith("when: level is 1, ")), story.reasons


@test
def a_condition_of_captures_waits_for_them():
    tests = [case("b", when={"mode": "on"}), case("c", after=["b"]),
             case("a", capture={"mode": {"json": "$.mode"}})]
    for mode, found in (("on", "passed"), ("off", "skipped")):
        with stage(a=[{"body": json.dumps({"mode": mode})}]) as made:
            story = play(scene(made, tests))
        assert story.found == {"a": "passed", "b": found, "c": found}, story
        assert made.paths()[0] == "/a", made.paths()
    assert story.tests["c"]["skip_because"] == "b", story.tests
    with stage(a=[404]) as made:
        story = play(scene(made, tests), status=1)
    assert story.found == {"a": "failure", "b": "skipped", "c": "skipped"}


@test
def a_condition_is_judged_for_each_row():
    rows = [{"role": "admin"}, {"role": "guest"}, {"role": "admin"}]
    with stage() as made:
        story = play(scene(made, [case("a", each=rows, lock="x", repeat=2,
                                       when={"role": "admin"})]))
    assert story.counts["passed"] == 4 and story.counts["skipped"] == 2, story
    assert story.found["a [row 2] [1]"] == "skipped", story.found


@test
def a_condition_on_nothing_known_is_a_mistake():
    with stage() as made:
        done = run(scene(made, [case("a", when={"levle": 1})],
                         variables={"level": 1}))
    assert done.status == 3 and "levle" in done.err, done
    assert '"level"' in done.err and not made.calls, done


@test
def skip_may_have_a_reason():
    with stage() as made:
        tests = [case("a", skip=True), case("b", skip="broken since May"),
                 case("c", skip=False), case("d", after=["a"]),
                 case("e", skip="all of them", repeat=3)]
        story = play(scene(made, tests))
    assert made.paths() == ["/c"], made.paths()
    assert story.counts["skipped"] == 6, story
    assert story.reasons["b"][1] == "broken since May", story.reasons
    assert story.reasons["e [2]"][1] == "all of them", story.reasons
    assert story.tests["d"]["skip_because"] == "a", story.tests["d"]


@test
def where_all_is_skipped_nothing_was_checked():
    with stage() as made:
        path = scene(made, [case("a", skip=True)])
        play(path, status=5)
        play(path, "--allow-empty")


@test
def only_leaves_the_others_out_of_all_suites():
    with stage() as made:
        one = scene(made, [case("a", only=True, after=["b"]), case("b"),
                           case("c")], name="one.json", setup=[case("up")],
                    teardown=[case("down")])
        two = scene(made, [case("x")], name="two.json", setup=[case("no")])
        story = play(one, two)
        assert sorted(story.tests) == ["a", "b", "down", "up"], story.tests
        assert "only 1 of 7 tests are selected" in story.err, story
        assert "left out  3 tests" in story.out, story
        assert story.log[0]["left_out"] == 3, story.log[0]
        assert story.log[0]["tests"] == 4, story.log[0]
        made.calls.clear()
        done = run(one, two, env={"CI": "1"})
        assert done.status == 3 and "one.json:" in done.err, done
        assert not made.calls, made.paths()
        for env, more in (({"CI": "true"}, ["--allow-only"]),
                          ({"CI": "false"}, []), ({"CI": ""}, [])):
            story = play(one, two, *more, env=env)
            assert story.counts["tests"] == 4, (env, story)


@test
def a_quarantined_failure_does_not_count():
    for distance in (0, 1, 4000):
        with stage(a=[404], b=[{"reset": True}]) as made:
            tests = [case("a", **quarantined(distance)),
                     case("b", **quarantined(distance)),
                     case("c", after=["a"]), case("d", **quarantined(1))]
            story = play(scene(made, tests))
        assert story.counts["quarantined"] == 2, story.counts
        assert story.counts["passed"] == story.counts["skipped"] == 1
        kind = story.found["a"], story.found["b"], story.found["c"]
        assert kind == ("skipped",) * 3, story.found
        reason = story.reasons["a"][1]
        assert reason.startswith(f"quarantined until {day(distance)}: bug 12; ")
        assert "404" in reason, reason
        assert story.tests["a"]["outcome"] == "failed", story.tests["a"]
        assert story.tests["b"]["outcome"] == "erred", story.tests["b"]
        assert story.tests["c"]["skip_because"] == "a", story.tests["c"]


@test
def a_quarantine_ends_with_its_day():
    with stage(a=[404]) as made:
        story = play(scene(made, [case("a", **quarantined(-1))]), "-v",
                     status=1)
    assert story.counts["failed"] == 1, story
    assert f'the quarantine of "a" ended on {day(-1)}' in story.err, story


@test
def a_quarantined_failure_is_no_reason_to_bail_or_to_end_rounds():
    with stage(a=[404]) as made:
        tests = [case("a", **quarantined(1)), case("b")]
        path = scene(made, tests, sequential=True)
        story = play(path, "--bail")
        assert story.counts["passed"] == 1, story
        story = play(path, "--until-fail", "--repeat", "3")
        assert story.counts["quarantined"] == 3, story


@test
def a_quarantined_test_may_be_tried_again():
    retry = {"times": 1, "delay": 0}
    with stage(a=[404], b=[404, 200]) as made:
        tests = [case("a", retry=retry, **quarantined(1)),
                 case("b", retry=retry, **quarantined(1))]
        story = play(scene(made, tests), "--flaky-result", "fail", status=6)
    assert story.counts["quarantined"] == story.counts["flaky"] == 1, story
    assert story.counts["passed"] == 1, story.counts


@test
def an_interrupted_quarantined_test_is_one():
    with stage(a=[{"hold": True}]) as made:
        begun = begin(scene(made, [case("a", **quarantined(1))]))
        made.wait_for("/a")
        interrupt(begun)
        story = end(begun)
    assert story.status == 130 and story.counts["tests"] == 1, story


main()
