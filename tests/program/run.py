"""A run as its user sees it: order, concurrency, statuses, reports."""
import time

from harness import *

API = server("api")


def metrics():
    return get(API + "/metrics")


def reset():
    get(API + "/metrics/reset", "POST")


def delays(count, seconds, **more):
    return [{"name": "wait", "repeat": count,
             "request": {"url": API + f"/delay/{seconds}"}, **more}]


def most_in_flight(*arguments, cases=None):
    reset()
    told = run_tests(cases or delays(12, 0.2), *arguments)
    assert told.status == 0, told
    return metrics()["in_flight_peak"]


@test
def independent_tests_fly_together():
    assert most_in_flight() >= 12


@test
def jobs_bound_what_flies():
    assert most_in_flight("--jobs", 3) == 3


@test
def a_host_can_be_bounded():
    assert most_in_flight("--max-per-host", 2) == 2


@test
def serial_sends_one_at_a_time_on_fresh_connections():
    reset()
    assert most_in_flight("--serial", cases=delays(5, 0.01)) == 1
    assert metrics()["connections"] >= 5, metrics()


@test
def connections_are_kept_alive():
    reset()
    told = run_tests([{"name": "one", "repeat": 50,
                       "request": {"url": API + "/health"}}], "--jobs", 1)
    assert told.status == 0 and "1 connection" in told.out, told


@test
def waiting_for_a_place_is_not_response_time():
    log = os.path.join(folder, "queue.jsonl")
    told = run_tests(delays(4, 0.2, expect={"time": {"total": {"lt": "390ms"}}}),
                     "--jobs", 1, "--timeout", "390ms", "--report",
                     "log=" + log)
    assert told.status == 0, told
    waits = [line["exchanges"][0]["queue_ns"] for line in log_lines(log)
             if line["event"] == "test_finished"]
    assert waits[3] > 500e6 > waits[0], waits


@test
def exchanges_are_logged_with_phases_and_bytes():
    log = os.path.join(folder, "phases.jsonl")
    run_tests([{"name": "t", "repeat": 2, "request": {
        "url": API + "/bytes/1000"}}], "--jobs", 1, "--report", "log=" + log)
    first, second = [line["exchanges"][0] for line in log_lines(log)
                     if line["event"] == "test_finished"]
    assert not first["reused"] and second["reused"], (first, second)
    assert first["timings"]["connect_ns"] > 0, first
    assert second["timings"]["connect_ns"] == 0, second
    assert first["timings"]["total_ns"] >= first["timings"]["first_byte_ns"] > 0
    assert first["body_bytes"] == first["wire_bytes"] == 1000, first
    assert first["header_bytes"] > 50 and first["sent_bytes"] > 50, first


@test
def a_capture_orders_and_carries():
    told = run_tests([
        {"name": "read", "request": {"url": "/anything/{{id}}",
                                     "query": {"t": "{{title}}"}},
         "expect": {"json": {"$.args.t": "milk & more"}}},
        {"name": "make", "request": {"url": "/anything", "json": {
            "id": 17, "title": "milk & more"}},
         "capture": {"id": {"json": "$.json.id"},
                     "title": {"json": "$.json.title"}}},
    ], more={"base_url": API})
    assert told.status == 0, told


@test
def a_failure_skips_what_needs_it_and_says_so():
    junit = os.path.join(folder, "skips.xml")
    told = run_tests([
        {"name": "first", "request": {"url": "/status/500"}},
        {"name": "second", "after": ["first"], "request": {"url": "/health"}},
        {"name": "third", "after": ["second"], "request": {"url": "/health"}},
        {"name": "alone", "request": {"url": "/health"}},
        {"name": "left out", "skip": "not today",
         "request": {"url": "/health"}},
    ], "--report", "junit=" + junit, more={"base_url": API})
    assert told.status == 1, told
    assert outcomes(junit) == {
        "first": "failure", "second": "skipped", "third": "skipped",
        "alone": "passed", "left out": "skipped"}, outcomes(junit)
    assert '"second"' in told.out and "because" in told.out, told
    assert "not today" in problems(junit)["left out"][1], problems(junit)


@test
def setup_comes_first_and_teardown_always_last():
    log = os.path.join(folder, "order.jsonl")
    told = run_tests(
        [{"name": "t1", "request": {"url": "/status/500"}},
         {"name": "t2", "request": {"url": "/health"}}],
        "--report", "log=" + log, more={
            "base_url": API,
            "setup": [{"name": "s1", "request": {"url": "/health"}},
                      {"name": "s2", "request": {"url": "/health"}}],
            "teardown": [{"name": "d1", "request": {"url": "/health"}},
                         {"name": "d2", "request": {"url": "/health"}}]})
    assert told.status == 1, told
    order = [line["name"] for line in log_lines(log)
             if line.get("event") == "test_finished"]
    assert order[:2] == ["s1", "s2"], order
    assert sorted(order[2:4]) == ["t1", "t2"], order
    assert order[4:] == ["d2", "d1"], order


@test
def a_failed_setup_skips_the_tests_but_not_teardown():
    junit = os.path.join(folder, "setup.xml")
    run_tests([{"name": "t", "request": {"url": "/health"}}],
              "--report", "junit=" + junit, more={
                  "base_url": API,
                  "setup": [{"name": "s", "request": {"url": "/status/500"}}],
                  "teardown": [{"name": "d", "request": {"url": "/health"}}]})
    assert outcomes(junit) == {"s": "failure", "t": "skipped",
                               "d": "passed"}, outcomes(junit)


@test
def sequential_suites_keep_their_order():
    log = os.path.join(folder, "sequence.jsonl")
    told = run_tests(
        [{"name": f"t{i}", "request": {"url": f"/delay/0.{8 - 2 * i:02}"}}
         for i in range(4)], "--report", "log=" + log,
        more={"base_url": API, "sequential": True})
    order = [line["name"] for line in log_lines(log)
             if line.get("event") == "test_finished"]
    assert told.status == 0 and order == ["t0", "t1", "t2", "t3"], order


@test
def steps_are_one_test_and_share_captures():
    junit = os.path.join(folder, "steps.xml")
    told = run_tests([{"name": "flow", "steps": [
        {"request": {"url": "/anything", "json": {"id": 5}},
         "capture": {"id": {"json": "$.json.id"}}},
        {"name": "again", "request": {"url": "/anything/{{id}}"},
         "expect": {"json": {"$.url": {"ends_with": "/anything/5"}}}}]}],
        "--report", "junit=" + junit, more={"base_url": API})
    assert told.status == 0 and outcomes(junit) == {"flow": "passed"}, told


@test
def bail_stops_what_has_not_begun():
    junit = os.path.join(folder, "bail.xml")
    told = run_tests([{"name": "bad", "request": {"url": "/status/500"}}] +
                     [{"name": f"t{i}", "request": {"url": "/health"}}
                      for i in range(5)], "--bail", "--jobs", 1,
                     "--report", "junit=" + junit, more={"base_url": API})
    found = outcomes(junit)
    assert told.status == 1 and found["bad"] == "failure", told
    assert list(found.values()).count("skipped") == 5, found


@test
def bail_holds_for_what_waits_for_its_host():
    get(API + "/metrics/reset", "POST")
    told = run_tests([{"name": "bad", "repeat": 10,
                       "request": {"url": API + "/status/500"}}],
                     "--bail", "--jobs", 10, "--max-per-host", 1)
    assert told.status == 1 and "1 failed  9 skipped" in told.out, told
    assert metrics()["requests"] <= 2, metrics()


@test
def bail_counts_and_still_tears_down():
    junit = os.path.join(folder, "bail3.xml")
    told = run_tests([{"name": "bad", "repeat": 6,
                       "request": {"url": "/status/500"}}],
                     "--bail=3", "--jobs", 1, "--report", "junit=" + junit,
                     more={"base_url": API, "teardown": [
                         {"name": "clean", "request": {"url": "/health"}}]})
    found = outcomes(junit)
    assert list(found.values()).count("failure") == 3, (found, told)
    assert found["clean"] == "passed", found


@test
def a_busy_host_does_not_hold_up_another():
    hostile = server("hostile")
    log = os.path.join(folder, "hosts.jsonl")
    told = run_tests(
        [{"name": "slow", "repeat": 6, "request": {"url": API + "/delay/0.2"}},
         {"name": "other", "request": {"url": hostile + "/well"}}],
        "--jobs", 2, "--max-per-host", 1, "--report", "log=" + log)
    order = [line["name"] for line in log_lines(log)
             if line["event"] == "test_finished"]
    assert told.status == 0 and order.index("other") <= 1, order


@test
def an_empty_suite_ends_too():
    suite("empties/a.volley.json", [])
    suite("empties/b.volley.json", [{"name": "t",
                                     "request": {"url": API + "/health"}}])
    log = os.path.join(folder, "empties.jsonl")
    told = run("empties", "--report", "log=" + log)
    ended = [line for line in log_lines(log)
             if line["event"] == "suite_finished"]
    assert told.status == 0 and len(ended) == 2, (told, ended)


@test
def a_failure_is_told_with_its_place_in_the_spec():
    path = suite("place.json", [{"name": "t", "request": {"url": API + "/json"},
                                 "expect": {"status": 404}}])
    told = run("place.json")
    line = next(number for number, text in enumerate(open(path), 1)
                if "404" in text)
    assert re.search(rf"place\.json:{line}:\d+", told.out), told
    assert "404" in told.out and "200" in told.out and "curl" in told.out, told


@test
def nothing_checked_is_not_green():
    assert run(suite("none.json", [])).status == 5
    told = run_tests([{"name": "t", "request": {"url": API + "/health"},
                       "expect": {"status": "any"}}])
    assert told.status == 5, told
    told = run_tests([{"name": "t", "request": {"url": API + "/health"},
                       "expect": {"status": "any"}}], "--allow-empty")
    assert told.status == 0, told


@test
def paths_that_lead_nowhere_have_their_statuses():
    assert run("no-such-file.json").status == 2
    os.makedirs(os.path.join(folder, "empty"), exist_ok=True)
    assert run("empty").status == 5
    assert run().status == 2
    assert run("--no-such-option").status == 2


@test
def suites_come_from_folders_globs_and_stdin():
    for name in ("one", "two"):
        suite(f"many/{name}.volley.json",
              [{"name": name, "request": {"url": API + "/health"}}])
    write("many/other.json", {"not": "a suite"})
    told = run("many")
    assert told.status == 0 and "2 tests" in told.out, told
    told = run("many/*.volley.json")
    assert told.status == 0 and "2 tests" in told.out, told
    with open(os.path.join(folder, "many/one.volley.json"), "rb") as file:
        told = run("-", stdin=file.read())
    assert told.status == 0 and "1 test" in told.out, told


@test
def variables_have_their_ranks():
    write("vars.json", {"a": "file", "b": "file", "c": "file"})
    write(".env", "b=dotenv\n# comment\n")
    case = {"name": "t", "request": {"url": "/anything", "query": {
        "a": "{{a}}", "b": "{{b}}", "c": "{{c}}", "d": "{{d}}",
        "e": "{{e}}"}}, "expect": {"json": {"$.args": {"equals": {
            "a": "line", "b": "dotenv", "c": "file", "d": "env",
            "e": "suite"}}}}}
    told = run_tests([case], "--var", "a=line", "--vars", "vars.json",
                     "--vars", ".env", env={"VOLLEY_VAR_c": "env",
                                            "VOLLEY_VAR_d": "env"},
                     more={"base_url": API, "variables": {
                         name: "suite" for name in "abcde"}})
    assert told.status == 0, told


@test
def options_come_from_the_environment_too():
    assert most_in_flight_with_env({"VOLLEY_JOBS": "2"}) == 2


def most_in_flight_with_env(env):
    reset()
    told = run_tests(delays(6, 0.1), env=env)
    assert told.status == 0, told
    return metrics()["in_flight_peak"]


@test
def a_report_that_cannot_be_written_is_status_7():
    told = run_tests([{"name": "t", "request": {"url": API + "/health"}}],
                     "--report", "junit=/proc/no/report.xml")
    assert told.status == 7 and "1 passed" in told.out, told
    assert "/proc/no" in told.err, told


@test
def two_reports_cannot_have_one_path():
    told = run_tests([{"name": "t", "request": {"url": API + "/health"}}],
                     "--report", "junit=same.out", "--report", "log=./same.out")
    assert told.status == 2 and "two reports" in told.err, told


@test
def a_slow_reader_of_a_pipe_gets_all():
    suite("many.json", [{"name": "t", "repeat": 3000,
                         "request": {"url": API + "/health"}}])
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    process = subprocess.Popen([VOLLEY, "run", "many.json", "-v"],
                               stdout=writer, cwd=folder,
                               env=clean_environment())
    os.close(writer)
    got = b""
    while block := os.read(reader, 4096):
        got += block
        if len(got) < 100000:
            time.sleep(0.005)
    os.close(reader)
    assert process.wait(WAIT_S) == 0
    assert got.count(b"\n") > 3000 and b"3000 passed" in got, got[-300:]


@test
def a_full_disk_is_told_and_the_run_goes_on():
    told = run_tests([{"name": "t", "request": {"url": API + "/health"}}],
                     "--report", "log=/dev/full")
    assert told.status == 7 and "1 passed" in told.out, told


@test
def a_closed_stdout_is_told_and_kills_nothing():
    suite("closed.json", delays(3, 0.1))
    junit = os.path.join(folder, "closed.xml")
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run([VOLLEY, "run", "closed.json", "--report",
                           "junit=" + junit], stdout=writer,
                          stderr=subprocess.PIPE, cwd=folder, timeout=WAIT_S,
                          env=clean_environment())
    os.close(writer)
    assert done.returncode == 7, done
    assert len(outcomes(junit)) == 3


@test
def insecure_runs_say_so():
    told = run_tests([{"name": "t", "request": {"url": API + "/health"}}], "-k")
    assert told.status == 0, told
    assert "verif" in told.out + told.err, told


@test
def a_test_that_never_got_an_answer_errs():
    junit = os.path.join(folder, "refused.xml")
    told = run_tests([{"name": "t", "request": {
        "url": f"http://127.0.0.1:{free_port()}/"}}],
        "--report", "junit=" + junit)
    assert told.status == 1 and outcomes(junit)["t"] == "error", told
    assert problems(junit)["t"][0] == "volley.transport", problems(junit)


@test
def the_examples_pass():
    examples = os.path.join(os.environ["VOLLEY_SOURCE"], "examples")
    junit = os.path.join(folder, "examples.xml")
    told = volley("run", examples, "--var", "base=" + API, "--report",
                  "junit=" + junit)
    assert told.status == 0, told
    found = list(outcomes(junit).values())
    assert found.count("passed") > 230, found
    assert set(found) <= {"passed", "skipped"}, found


main()
