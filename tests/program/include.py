"""Suites that include others: one log in for all of them, and names for requests
and matchers, against the demo API."""
import signal
import time

from harness import *

API = server("api")

LOGIN = {
    "variables": {"user": "alice"},
    "secrets": ["password"],
    "requests": {
        "as user": {"auth": {"bearer": "{{token}}"}, "timeout": "10s"},
        "todo": {"use": "as user", "json": {"title": "milk", "done": False}}},
    "matchers": {
        "made": [201, "2xx"],
        "title": {"type": "string", "length": {"gt": 0}}},
    "setup": [{
        "name": "log in",
        "request": {"url": API + "/login", "json": {
            "user": "{{user}}", "password": "{{password}}"}},
        "capture": {"token": {"json": "$.token"}}}],
    "teardown": [{
        "name": "log out",
        "request": {"use": "as user", "url": API + "/todos"}}],
}
PASSWORD = {"password": "wonderland-4"}


def includer(name, **more):
    return {
        "include": "shared/login.json",
        "base_url": API,
        "tests": [
            {"name": name + " makes",
             "request": {"use": "todo", "url": "/todos",
                         "json": {"title": name}},
             "expect": {"status": {"use": "made"},
                        "json": {"$.title": {"use": "title", "equals": name},
                                 "$.done": False}},
             "capture": {"number": {"json": "$.id"}}},
            {"name": name + " reads",
             "request": {"use": "as user", "url": "/todos/{{number}}"}},
            {"name": name + " lists", "after": ["log in"],
             "request": {"use": "as user", "url": "/todos"}}],
        **more}


def prepare(place, login=LOGIN, **more):
    """A project of three suites in a folder of its own."""
    cwd = os.path.join(folder, place)
    write(place + "/volley.json", {})
    write(place + "/shared/login.json", login)
    for name in ("a", "b", "c"):
        write(f"{place}/{name}.volley.json", includer(name, **more))
    return cwd


def finished(cwd, *arguments, status=0, env=PASSWORD):
    """What was told of the tests, in the order of their ends."""
    log = os.path.join(cwd, "log.jsonl")
    told = run(*arguments, "--report", "log=" + log, cwd=cwd, env=env)
    assert told.status == status, told
    return [line for line in log_lines(log) if line.get("event") == "test_finished"]


def names(lines):
    return [line["name"] for line in lines]


@test
def a_shared_login_runs_once_and_ends_last():
    cwd = prepare("once")
    ended = names(finished(cwd, "a.volley.json", "b.volley.json",
                           "c.volley.json"))
    assert len(ended) == 11, ended
    assert ended[0] == "log in" and ended.count("log in") == 1, ended
    assert ended[-1] == "log out" and ended.count("log out") == 1, ended
    again = names(finished(cwd, ".", "shared/login.json", "--jobs", "1"))
    assert sorted(again) == sorted(ended), again
    assert again[0] == "log in" and again[-1] == "log out", again


@test
def the_plan_tells_of_what_file_a_test_is():
    cwd = prepare("planned")
    told = volley("plan", "b.volley.json", cwd=cwd, env=PASSWORD)
    assert told.status == 0, told
    assert ('waits for "log in" of shared/login.json because of {{token}}'
            in told.out), told
    assert 'waits for "b makes" because of {{number}}' in told.out, told


@test
def teardown_waits_for_teardown_and_for_what_failed():
    cwd = prepare("last", teardown=[
        {"name": "slow end", "request": {"url": "/delay/0.2"}}])
    ended = names(finished(cwd, "."))
    assert len(ended) == 14, ended
    assert ended[-1] == "log out", ended
    broken = includer("a")
    broken["tests"][0]["expect"]["json"]["$.done"] = True
    write("last/a.volley.json", broken)
    lines = finished(cwd, ".", status=1)
    assert names(lines)[-1] == "log out", names(lines)
    assert lines[-1]["outcome"] == "passed", lines[-1]


@test
def one_test_pulls_its_set_up_in():
    cwd = prepare("chosen")
    ended = names(finished(cwd, ".", "--grep", "^b lists$"))
    assert ended == ["log in", "b lists", "log out"], ended
    ended = names(finished(cwd, ".", "--grep", "^c reads$"))
    assert ended == ["log in", "c makes", "c reads", "log out"], ended


@test
def a_line_leaves_out_the_tests_of_what_is_included():
    login = {**LOGIN, "tests": [
        {"name": "of login", "request": {"use": "as user",
                                         "url": API + "/todos"}}]}
    cwd = prepare("lines", login)
    assert "of login" in names(finished(cwd, "a.volley.json"))
    with open(os.path.join(cwd, "a.volley.json")) as file:
        line = [number for number, text in enumerate(file, 1)
                if '"a lists"' in text][0]
    ended = names(finished(cwd, f"a.volley.json:{line}"))
    assert ended == ["log in", "a lists", "log out"], ended
    ended = names(finished(cwd, f"a.volley.json:{line}", "b.volley.json"))
    assert "of login" in ended and "a reads" not in ended, ended


@test
def a_failing_set_up_skips_those_that_include_it():
    cwd = prepare("failing")
    lines = finished(cwd, ".", status=1, env={"password": "wrong-password"})
    ends = {line["name"]: line["outcome"] for line in lines}
    assert ends.pop("log in") == "failed", ends
    assert len(ends) == 10 and set(ends.values()) == {"skipped"}, ends
    report = os.path.join(cwd, "junit.xml")
    run(".", "--report", "junit=" + report, cwd=cwd, env={"password": "wrong-password"})
    for name, (_, message) in problems(report).items():
        assert name == "log in" or "log in" in message, (name, message)


@test
def included_secrets_are_hidden_and_variables_rank_below():
    cwd = prepare("hidden")
    write("hidden/d.volley.json", {
        "include": "shared/login.json", "base_url": API,
        "variables": {"user": "bob"},
        "tests": [{"name": "shows",
                   "request": {"url": "/anything", "json": {
                       "user": "{{user}}", "password": "{{password}}"}},
                   "expect": {"json": {"$.json.user": "alice"}}}]})
    told = run("d.volley.json", "--report", "log=all.jsonl", cwd=cwd, env=PASSWORD)
    assert told.status == 1, told
    assert '"bob"' in told.out, told
    with open(os.path.join(cwd, "all.jsonl")) as file:
        logged = file.read()
    for text in (told.out, told.err, logged):
        assert PASSWORD["password"] not in text
    told = run("d.volley.json", "--var", "user=alice", cwd=cwd, env=PASSWORD)
    assert told.status == 0, told


@test
def cookies_come_with_the_included_set_up():
    login = {"setup": [{"name": "cookie", "request": {
        "url": API + "/cookies/set?kept=1"}, "expect": {"status": "any"}}]}
    cwd = prepare("cookies", login)
    write("cookies/e.volley.json", {
        "include": "shared/login.json",
        "tests": [{"name": "sends it",
                   "request": {"url": API + "/cookies"},
                   "expect": {"body": {"contains": "kept"}}}]})
    assert names(finished(cwd, "e.volley.json")) == ["cookie", "sends it"]


@test
def a_body_of_an_included_request_lies_beside_it():
    cwd = prepare("files", {"requests": {"send": {
        "method": "POST", "file": "{{name}}.txt"}},
        "variables": {"name": "body"}, "matchers": {"here": "included"}})
    write("files/shared/body.txt", "included")
    write("files/body.txt", "own")
    write("files/f.volley.json", {
        "include": "shared/login.json", "base_url": API,
        "tests": [{"name": "sends", "request": {"use": "send",
                                                "url": "/anything"},
                   "expect": {"body": {"contains": "included"}}},
                  {"name": "sends late", "repeat": 2,
                   "request": {"use": "send", "url": "/anything"},
                   "expect": {"body": {"contains": "included"}}}]})
    assert len(finished(cwd, "f.volley.json")) == 3


@test
def check_warns_of_names_that_nothing_uses():
    cwd = prepare("unused")
    told = volley("check", "a.volley.json", "-v", cwd=cwd, env=PASSWORD)
    assert told.status == 0 and "never used" not in told.err, told
    write("unused/shared/login.json", {
        **LOGIN, "requests": {**LOGIN["requests"], "lonely": {}},
        "matchers": {**LOGIN["matchers"], "odd": 1}})
    told = volley("check", "--strict", "a.volley.json", cwd=cwd, env=PASSWORD)
    assert told.status == 0 and told.err == "", told  # others may use them
    told = volley("check", "a.volley.json", "shared/login.json", cwd=cwd,
                  env=PASSWORD)
    assert told.status == 0, told
    assert 'warning: the request "lonely" is never used' in told.err, told
    assert 'warning: the matcher "odd" is never used' in told.err, told


@test
def an_interrupted_run_still_logs_out():
    cwd = prepare("interrupted")
    write("interrupted/g.volley.json", {
        "include": "shared/login.json", "base_url": API,
        "tests": [{"name": "slow", "request": {"url": "/delay/30"}}]})
    log = os.path.join(cwd, "log.jsonl")
    going = start([VOLLEY, "run", "g.volley.json", "--report", "log=" + log, "-v"],
                  cwd=cwd, env=clean_environment(PASSWORD))
    for _ in range(1000):
        if os.path.exists(log) and any(
                line.get("event") == "test_finished" for line in log_lines_so_far(log)):
            break
        time.sleep(0.02)
    going.send_signal(signal.SIGINT)
    going.communicate(timeout=WAIT_S)
    ends = {line["name"]: line["outcome"] for line in log_lines(log)
            if line.get("event") == "test_finished"}
    assert ends["log out"] == "passed", ends


def log_lines_so_far(path):
    with open(path) as file:
        return [json.loads(line) for line in file if line.endswith("\n")]


main()
