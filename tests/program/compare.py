"""volley compare: what it sends, what it says, and when it is not content."""
import signal
import time

from stage import *

API = server("api")


def compare(*arguments, **options):
    return volley("compare", *arguments, **options)


def delays(count, seconds):
    return suite("delays.json", [
        {"name": "wait", "repeat": count,
         "request": {"url": f"{API}/delay/{seconds}"}}])


def row(told, strategy):
    """The cells of a strategy's row: between them are three blanks or more."""
    line = next(line for line in told.out.splitlines()
                if line.startswith(f"  {strategy} ") and "#" not in line)
    return re.split(r" {3,}", line.strip())


@test
def concurrent_is_faster_and_the_table_says_so():
    told = compare(delays(10, 0.05), "--runs", 3)
    assert told.status == 0 and told.err == "", told
    assert re.match(r"10 tests, 10 requests; critical path \d+\.\d ms, sum "
                    r"0\.\d\d s; 1 warm-up, 3 runs each, interleaved\n",
                    told.out), told
    for strategy, connections in (("serial", "10"), ("session", "1"),
                                  ("async", "10")):
        cells = row(told, strategy)
        assert cells[5] == connections, (cells, told)
        assert re.fullmatch(r"[\d.]+ ms ± +[\d.]+ ms", cells[1]), cells
    assert row(told, "serial")[3] == "1.00" and row(told, "serial")[4] == "-"
    times, doubt = row(told, "async")[3].split(" ± ")
    assert float(times) > 2 and float(doubt) < float(times), told
    saved = float(row(told, "async")[4].split()[0])
    assert abs(saved - 100 * (1 - 1 / float(times))) < 1, (saved, times)
    assert "All strategies gave the same verdicts." in told.out, told


@test
def what_is_above_the_graphs_bound_is_told():
    told = compare(delays(4, 0.2), "--runs", 1)
    assert re.search(r"^async took \d+\.\d % longer than the graph allows\. "
                     r"All strategies", told.out, re.M), told
    told = compare(delays(4, 0.2), "--runs", 1, "--strategies", "async")
    assert re.search(r"^async took \d+\.\d % longer than the graph allows\.$",
                     told.out, re.M), told


@test
def what_is_far_above_it_is_explained():
    path = delays(8, 0.05)
    for arguments, option in (
            (("--jobs", 2), "--jobs"),
            (("--max-per-host", 2), "--max-per-host"),
            (("--jobs", 2, "--strategies", "async,serial"), "--jobs")):
        told = compare(path, "--runs", 1, *arguments)
        assert re.search(
            r"^async took \d\.\d times as long as the graph allows; 2 "
            rf"requests were in flight, the most that {option} permits\.",
            told.out, re.M), told
    told = compare(path, "--runs", 1, "--strategies", "serial")
    assert re.search(r"^serial took \d+\.\d times as long as the graph allows; "
                     r"it sends one request at a time\.$", told.out,
                     re.M), told


@test
def columns_stand_below_their_titles():
    told = compare(delays(4, 0.02), "--runs", 2)
    lines = told.out.splitlines()
    title = lines[2]
    for word in ("mean", "min", "speed-up", "connections", "CPU"):
        column = title.index(word)
        for line in lines[3:6]:
            assert line[column - 2:column] == "  ", (word, line, told)


@test
def nothing_is_sent_besides_the_runs():
    path = delays(3, 0)
    get(API + "/metrics/reset", "POST")
    told = compare(path, "--runs", 4, "--warmup", 2, "--strategies",
                   "session,async")
    assert told.status == 0 and "2 warm-ups, 4 runs each" in told.out, told
    assert get(API + "/metrics")["requests"] == 3 * (4 + 2) * 2 + 1


@test
def the_first_strategy_is_what_the_others_are_compared_with():
    told = compare(delays(5, 0.02), "--runs", 2, "--strategies",
                   "async,serial")
    assert row(told, "async")[3] == "1.00", told
    assert float(row(told, "serial")[3].split()[0]) < 0.9, told
    assert row(told, "serial")[4].startswith("-"), told


@test
def one_run_is_warned_of():
    told = compare(delays(2, 0.02), "--runs", 1, "--warmup", 0)
    assert told.status == 0, told
    assert "warning: one run says nothing about the spread" in told.out, told
    assert "±" not in row(told, "async")[1], told


@test
def what_is_too_short_to_time_is_warned_of():
    told = compare(delays(1, 0), "--strategies", "session")
    assert "warning: session took" in told.out, told
    assert "too short to time well" in told.out, told
    assert "All strategies" not in told.out, told


@test
def a_test_that_always_fails_is_named():
    told = compare(suite("fails.json", [
        {"name": "good", "request": {"url": API + "/health"}},
        {"name": "bad", "request": {"url": API + "/status/500"}}]),
        "--runs", 1)
    assert told.status == 1, told
    assert "FAILED  1 test, under every strategy" in told.out, told
    assert "\n  fails > bad\n" in told.out, told
    assert "gave the same verdicts" in told.out, told


@test
def what_fails_in_quarantine_does_not_count():
    get(API + "/reset", "POST")
    kept = {"quarantine": {"reason": "bug 12", "until": "2999-12-31"}}
    over = {"quarantine": {"reason": "bug 12", "until": "2020-12-31"}}
    bad = {"request": {"url": API + "/status/500"}}
    good = {"name": "good", "request": {"url": API + "/health"}}
    now_and_then = {"request": {"url": API + "/flaky/quarantine/2"}}
    told = compare(suite("kept.json", [
        good, {"name": "bad", "repeat": 2, **bad, **kept},
        {"name": "worse", **now_and_then, **kept}]), "--runs", 2)
    assert told.status == 0, told
    assert "FAILED" not in told.out and "NOT THE" not in told.out, told
    assert "\nQUARANTINED  3 tests failed, which does not count:\n" in told.out
    for name in ("bad [0]", "bad [1]", "worse"):
        assert f"\n  kept > {name}\n" in told.out, (name, told)
    assert "gave the same verdicts" in told.out, told
    told = compare(suite("over.json", [good, {"name": "bad", **bad, **over}]),
                   "--runs", 1)
    assert told.status == 1 and "FAILED  1 test, " in told.out, told
    assert "QUARANTINED" not in told.out, told


@test
def each_run_draws_random_values_of_its_own():
    def drawn(command, seed=7):
        with stage() as made:
            path = suite("random.json", [
                {"name": "t", "request": {"url": made.base + "/{{uuid()}}"}}])
            told = volley(command, path, "--seed", seed)
            assert told.status == 0, told
            return made.paths()

    seen = drawn("compare")
    assert len(set(seen)) == len(seen) == (1 + 5) * 3, seen
    assert drawn("compare") == seen
    assert not set(drawn("compare", seed=8)) & set(seen)
    # the run that reports hear: the first measured one of the last strategy
    first, = drawn("run")
    assert seen.index(first) == 4, (first, seen)


@test
def different_verdicts_are_named_with_their_counts():
    get(API + "/reset", "POST")
    told = compare(suite("differs.json", [
        {"name": "good", "request": {"url": API + "/health"}},
        {"name": "flaky", "repeat": 1,
         "request": {"url": API + "/flaky/compare/2"}}]),
        "--runs", 2, "--warmup", 1, "--strategies", "serial,session")
    assert told.status == 1, told
    assert "NOT THE SAME  1 test did" in told.out, told
    assert "differs > flaky [0]\n" in told.out, told
    # the warm-ups of both come first, and fail
    assert re.search(r"\n +serial +passed 2 times, failed once\n", told.out), told
    assert re.search(r"\n +session +passed 2 times, failed once\n", told.out), told
    assert "gave the same verdicts" not in told.out, told
    assert "differs > good" not in told.out, told


@test
def reports_hear_one_run_and_the_comparison():
    junit, log = os.path.join(folder, "c.xml"), os.path.join(folder, "c.jsonl")
    told = compare(delays(3, 0.01), "--runs", 2, "--report", "junit=" + junit,
                   "--report", "log=" + log)
    assert told.status == 0, told
    assert outcomes(junit) == {f"wait [{i}]": "passed" for i in range(3)}
    names = {entry.get("name") for entry in
             xml.parse(junit).getroot().iter("property")}
    for strategy in ("serial", "session", "async"):
        assert f"volley.compare.{strategy}.mean" in names, names
    events = [line["event"] for line in log_lines(log)]
    assert events[-2:] == ["compared", "run_finished"], events
    assert events.count("test_finished") == 3, events


@test
def a_report_that_cannot_be_written_is_status_7():
    told = compare(delays(2, 0), "--runs", 1, "--report",
                   "junit=/dev/null/folder/x.xml")
    assert told.status == 7 and "/dev/null/folder" in told.err, told
    assert "same verdicts" in told.out, told


@test
def what_cannot_be_compared_has_its_status():
    assert compare("nowhere.json").status == 2
    assert compare(write("wrong.json", "{")).status == 3
    assert compare(suite("empty.json", [])).status == 5
    told = compare(suite("unchecked.json", [
        {"name": "t", "request": {"url": API + "/health"},
         "expect": {"status": "any"}}]), "--runs", 1)
    assert told.status == 5 and "nothing was checked" in told.err, told
    told = compare(delays(1, 0), "--report", "log=-")
    assert told.status == 2 and told.out == "", told


@test
def an_interrupt_ends_it_and_reports_are_written():
    log = os.path.join(folder, "interrupted.jsonl")
    path = delays(1, 20)
    process = subprocess.Popen(
        [VOLLEY, "compare", path, "--warmup", "0", "--strategies", "async",
         "--report", "log=" + log], cwd=folder, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True, env=clean_environment())
    deadline = time.monotonic() + WAIT_S
    while time.monotonic() < deadline:
        if os.path.exists(log) and "run_started" in open(log).read():
            break
        time.sleep(0.02)
    time.sleep(0.1)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=WAIT_S)
    assert process.returncode == 130, (process.returncode, out, err)
    assert "interrupted in run 1 of 5; nothing is compared" in err, err
    assert out == "", out
    events = [line["event"] for line in log_lines(log)]
    assert events[-1] == "run_finished" and "compared" not in events, events


main()
