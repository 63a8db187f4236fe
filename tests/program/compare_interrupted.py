"""volley compare, interrupted: the reports tell a whole story all the same."""
from stage import *


class Ended(Told):
    """What an interrupted comparison left behind."""

    def __init__(self, *begun):
        super().__init__(*begun)
        self.events = [line["event"] for line in self.log]


@contextlib.contextmanager
def holding(nth, *names):
    """The nth request of those paths is held until the test lets go. So a test
    knows where an interrupt meets the run."""
    held = {name: [200] * (nth - 1) + [{"hold": True}, 200] for name in names}
    with stage(wrong=[500], **held) as made:
        yield made


def begin_comparison(made, *arguments):
    """Tests one after the other, so that what is done is known: first, wrong,
    held, later; then clean."""
    scene(made, [case(name) for name in ("first", "wrong", "held", "later")],
          name="halted.json", sequential=True, teardown=[case("clean")])
    scene(made, [case("other", skip="not today")], name="other.json")
    return begin_reported("compare", "halted.json", "other.json",
                          "--strategies", "serial,async", "--runs", 2,
                          "--warmup", 1, *arguments)


def interrupted(nth, *arguments, number=signal.SIGINT):
    with holding(nth, "held") as made:
        begun = begin_comparison(made, *arguments)
        made.wait_for("/held", nth)
        interrupt(begun, number)
        ended = Ended(*begun)
        ended.counts = dict(made.counts)
        return ended


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
    expect_valid(ended.junit)


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
        with holding(nth, "held", "clean") as made:
            begun = begin_comparison(made)
            made.wait_for("/held", nth)
            interrupt(begun)
            made.wait_for("/clean", nth)
            interrupt(begun, signal.SIGTERM)
            ended = Ended(*begun)
        expect_whole(ended, signal.SIGTERM)
        assert ended.status == 143, ended
        assert ended.found["clean"] == "error", ended.found
        assert ended.found["held"] == "error", ended.found
        assert ended.reasons["later"][1] == "not run: interrupted"


@test
def two_signals_at_once_skip_teardown():
    with holding(1, "held") as made:
        begun = begin_comparison(made)
        made.wait_for("/held")
        for number in (signal.SIGSTOP, signal.SIGTERM, signal.SIGINT,
                       signal.SIGCONT):
            interrupt(begun, number)
        ended = Ended(*begun)
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
    if not expect_valid(ended.junit, "strict"):
        raise Skip("xmllint or the schemas of others are not here")


@test
def secrets_stay_hidden_in_what_is_told_late():
    with holding(1, "held") as made:
        scene(made, [
            {"name": "wrong", "request": {
                "url": "/wrong?{{word}}", "headers": {"X-Word": "{{word}}"}},
             "expect": {"status": 201}}, case("held")],
            name="secret.json", sequential=True, secrets=["word"])
        process, junit, log = begin_reported(
            "compare", "secret.json", "--secret", "word=hushhush-123")
        made.wait_for("/held")
        process.send_signal(signal.SIGINT)
        ended = Ended(process, junit, log)
    assert ended.found == {"wrong": "failure", "held": "error"}, ended.found
    for path in (junit, log):
        content = open(path).read()
        assert "hushhush" not in content and "***" in content, content


main()
