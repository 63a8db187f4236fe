"""Set-up comes once and first, teardown last and whatever happened."""
from stage import *

SETUP = [case("up1", capture={"id": {"json": "$.id"}}), case("up2")]
TEARDOWN = [case("down1"), case("down2", "/down2?{{id}}"), case("down3")]
DOWN = ["/down3", "/down2?7", "/down1"]  # the newest first


def whole(made, tests, name="stage.json", **more):
    """A suite with all that a suite can have."""
    made.scripts.setdefault("/up1", [{"body": '{"id": 7}'}])
    return scene(made, tests, name=name, setup=SETUP, teardown=TEARDOWN,
                 **more)


@test
def set_up_is_first_and_once_and_teardown_last():
    tests = [case(f"t{i}", f"/t?{{{{id}}}}", repeat=3) for i in range(10)]
    for options in ((), ("--jobs", "1"), ("--serial",), ("--jobs", "100"),
                    ("--shuffle",), ("--max-per-host", "2")):
        with stage() as made:
            story = play(whole(made, tests), *options)
        paths = made.paths()
        assert paths == ["/up1", "/up2"] + ["/t?7"] * 30 + DOWN, paths
        assert story.counts["passed"] == 35, story
        left = max(call.left for call in made.calls[2:32])
        assert made.calls[1].left <= made.calls[2].came, "no test before"
        assert left <= made.calls[32].came, "no test after"


@test
def suites_have_fixtures_of_their_own():
    with stage() as made:
        paths = []
        for name in ("one", "two"):
            made.scripts[f"/{name}/up"] = [{"wait": 0.1}]
            paths.append(scene(
                made, [case("t", f"/{name}/t")], name=f"{name}.json",
                setup=[case("up", f"/{name}/up")],
                teardown=[case("down", f"/{name}/down")]))
        story = play(*paths)
    assert made.busiest("/one/up", "/two/up") == 2, "they do not wait"
    assert story.counts["passed"] == 6, story
    for name in ("one", "two"):
        own = [path for path in made.paths() if path.startswith(f"/{name}/")]
        assert own == [f"/{name}/{what}" for what in ("up", "t", "down")], own


@test
def a_failed_set_up_skips_all_but_teardown():
    with stage(up2=[404]) as made:
        story = play(whole(made, [case("t"), case("u", after=["t"])]),
                     status=1)
    assert made.paths() == ["/up1", "/up2"] + DOWN, made.paths()
    assert story.found["up2"] == "failure", story.found
    assert story.tests["t"]["skip_because"] == "up2", story.tests
    assert story.tests["u"]["skip_because"] == "up2", story.tests


@test
def teardown_that_lacks_a_capture_is_skipped():
    with stage(up1=[404]) as made:
        story = play(whole(made, [case("t")]), status=1)
    assert made.paths() == ["/up1", "/down3", "/down1"], made.paths()
    assert story.found["down2"] == "skipped", story.found
    assert story.tests["down2"]["skip_because"] == "up1", story.tests


@test
def teardown_goes_on_after_a_failure_of_its_own():
    with stage(down3=[500], t=[404]) as made:
        story = play(whole(made, [case("t")]), "--bail", status=1)
    assert made.paths()[-3:] == DOWN, made.paths()
    assert story.counts["failed"] == 2 and story.counts["passed"] == 4, story


@test
def teardown_runs_after_bail():
    with stage(t0=[404]) as made:
        tests = [case(f"t{i}") for i in range(30)]
        story = play(whole(made, tests), "--bail", "--jobs", "1", status=1)
    assert made.paths()[-3:] == DOWN, made.paths()
    assert story.counts["failed"] == 1, story.counts
    assert story.counts["skipped"] == 29, story.counts
    with stage(up1=[404]) as made:
        story = play(whole(made, [case("t")]), "--bail", status=1)
    assert story.reasons["t"][1] == "not run: enough tests failed", story
    assert made.paths() == ["/up1", "/down3", "/down1"], made.paths()


@test
def teardown_runs_after_an_interrupt():
    for options in ((), ("--serial",), ("--jobs", "1")):
        with stage(t=[{"hold": True}]) as made:
            begun = begin(whole(made, [case("t"), case("u", after=["t"])]),
                          *options)
            made.wait_for("/t")
            interrupt(begun)
            story = end(begun)
        assert story.status == 130 and made.paths()[-3:] == DOWN, story
        assert story.found["u"] == "skipped", story.found


@test
def teardown_runs_after_an_interrupt_of_set_up():
    with stage(up1=[{"hold": True}]) as made:
        begun = begin(whole(made, [case("t")]))
        made.wait_for("/up1")
        interrupt(begun, signal.SIGTERM)
        story = end(begun)
    assert story.status == 143, story
    assert made.paths() == ["/up1", "/down3", "/down1"], made.paths()
    assert story.found["down2"] == "skipped", story.found


@test
def a_second_interrupt_ends_teardown_too():
    for options in ((), ("--serial",)):
        with stage(t=[{"hold": True}], down3=[{"hold": True}]) as made:
            begun = begin(whole(made, [case("t")]), *options)
            made.wait_for("/t")
            interrupt(begun)
            made.wait_for("/down3")
            interrupt(begun)
            story = end(begun)
        assert story.status == 130 and made.paths()[-1] == "/down3", story
        assert story.found["down3"] == "error", story.found
        assert story.found["down1"] == "skipped", story.found


@test
def a_second_interrupt_ends_the_wait_of_teardown():
    with stage(t=[{"hold": True}], down=[500]) as made:
        retry = {"times": 1, "delay": "1m"}
        begun = begin(scene(made, [case("t")],
                            teardown=[case("down", retry=retry)]))
        made.wait_for("/t")
        interrupt(begun)
        made.wait_for("/down")
        time.sleep(0.1)
        interrupt(begun)
        story = end(begun)
    assert story.status == 130 and made.counts["/down"] == 1, story
    assert story.found == {"t": "error", "down": "error"}, story.found


@test
def teardown_runs_when_the_time_of_the_run_is_over():
    for options in ((), ("--serial",)):
        with stage(t=[{"hold": True}], down3=[{"wait": 0.2}]) as made:
            story = play(whole(made, [case("t"), case("u", after=["t"])]),
                         "--run-timeout", "300ms", *options, status=4)
        assert made.paths()[-3:] == DOWN, made.paths()
        assert story.counts["passed"] == 5, story


@test
def an_interrupt_after_the_time_of_the_run_spares_teardown():
    with stage(t=[{"hold": True}], down3=[{"hold": True}]) as made:
        begun = begin(whole(made, [case("t")]), "--run-timeout", "200ms")
        made.wait_for("/down3")
        interrupt(begun)
        time.sleep(0.2)
        made.let_go.set()
        story = end(begun)
    assert story.status == 130 and made.paths()[-3:] == DOWN, story
    assert story.found["down3"] == "passed", story.found


@test
def each_round_has_its_fixtures():
    with stage() as made:
        made.scripts["/up1"] = [{"body": '{"id": 7}'}, {"body": '{"id": 8}'}]
        play(whole(made, [case("t", "/t?{{id}}")]), "--repeat", "2")
    first, second = made.paths()[:6], made.paths()[6:]
    assert first == ["/up1", "/up2", "/t?7"] + DOWN, first
    assert second == [path.replace("7", "8") for path in first], second


@test
def cookies_of_set_up_reach_every_test_and_no_further():
    with stage(up=[{"headers": {"Set-Cookie": "s=1"}}],
               a=[{"headers": {"Set-Cookie": "s=2"}}]) as made:
        play(scene(made, [case("a"), case("b"), case("c", repeat=5)],
                   setup=[case("up")]))
    found = {call.headers.get("Cookie") for call in made.calls[1:]}
    assert found == {"s=1"}, found


@test
def shared_fixtures_are_once_for_all():
    with stage() as made:
        made.scripts["/up1"] = [{"body": '{"id": 7}', "wait": 0.05}]
        whole(made, [], name="shared.json")
        paths = [scene(made, [case("t", f"/{name}?{{{{id}}}}")],
                       name=f"{name}.json", include="shared.json",
                       teardown=[case("bye", f"/bye-{name}")])
                 for name in ("one", "two", "three")]
        story = play(*paths)
    assert made.paths()[:2] == ["/up1", "/up2"], made.paths()
    assert made.paths()[-3:] == DOWN and len(made.paths()) == 11, made.paths()
    assert story.counts["passed"] == 11, story


@test
def shared_teardown_runs_after_bail_and_interrupt():
    for how in ("bail", "interrupt"):
        with stage() as made:
            made.scripts["/one"] = [404 if how == "bail" else {"hold": True}]
            whole(made, [], name="shared.json")
            paths = [scene(made, [case("t", f"/{name}")], name=f"{name}.json",
                           include="shared.json") for name in ("one", "two")]
            begun = begin(*paths, "--bail")
            made.wait_for("/one")
            if how == "interrupt":
                interrupt(begun)
            story = end(begun)
        assert story.status == (1 if how == "bail" else 130), story
        assert made.paths()[-3:] == DOWN, made.paths()


main()
