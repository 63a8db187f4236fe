"""check, list, plan, schema, help and the manners of the command line."""
from harness import *

SUITE = {
    "name": "Todos", "sequential": True,
    "variables": {"base": "http://127.0.0.1:9"}, "base_url": "{{base}}",
    "setup": [{"name": "log in", "request": {"url": "/login"},
               "capture": {"token": {"json": "$.token"}}}],
    "tests": [
        {"name": "create", "tags": ["smoke"],
         "request": {"url": "/todos", "auth": {"bearer": "{{token}}"}},
         "capture": {"id": {"json": "$.id"}, "kind": {"json": "$.kind"}}},
        {"name": "read", "after": ["create"],
         "request": {"url": "/todos/{{id}}/{{kind}}"}},
        {"name": "many", "repeat": 3, "request": {"url": "/health"}},
        {"name": "never", "skip": "broken since May",
         "request": {"url": "/health"}}],
    "teardown": [{"name": "log out", "request": {"url": "/logout"}}],
}


def todos():
    return os.path.basename(write("todos.volley.json", SUITE))


@test
def plan_tells_what_each_test_waits_for_and_why():
    told = volley("plan", todos())
    assert told.status == 0 and told.err == "", told
    for words in (
            "todos.volley.json\n  log in (setup)\n  create\n",
            '  create\n    waits for "log in" because of {{token}}',
            'waits for "create" because of {{id}} and {{kind}} and "after"\n',
            '  many x 3\n', '  never (skipped)\n', "log out (teardown)\n",
            "because teardown comes last\n",
            "8 tests, 8 requests, 1 flow\n",
            "critical path, "):
        assert words in told.out, (words, told)
    assert "log in -> create -> read" in told.out, told


@test
def plan_is_json_too():
    told = volley("plan", "--format", "json", todos())
    plan = json.loads(told.out)
    tests = {test["name"]: test for test in plan["tests"]}
    assert set(plan) == {"tests", "flows", "critical_path", "times"}, plan
    assert tests["log in"]["role"] == "setup", tests
    assert tests["log out"]["role"] == "teardown", tests
    assert tests["many"]["copies"] == 3, tests
    assert tests["never"]["skip"] == "broken since May", tests
    waits = [(plan["tests"][wait["on"]]["name"], wait["because"],
              wait.get("variable"), wait["requires"])
             for wait in tests["read"]["waits"]]
    assert ("create", "capture", "id", True) in waits, waits
    assert ("create", "after", None, True) in waits, waits
    path = [plan["tests"][index]["name"] for index in plan["critical_path"]]
    assert path[:3] == ["log in", "create", "read"], path


@test
def list_tells_places_tags_and_copies():
    path = todos()
    told = volley("list", path)
    lines = told.out.splitlines()
    assert told.status == 0 and len(lines) == 6, told
    assert re.fullmatch(r"todos\.volley\.json:\d+  create  \[smoke\]",
                        lines[1]), lines
    assert lines[0].endswith("  log in (setup)"), lines
    assert lines[5].endswith("  log out (teardown)"), lines
    assert lines[3].endswith("  many x 3"), lines
    assert lines[4].endswith("  never  (skipped: broken since May)"), lines


@test
def list_tells_what_was_passed_over():
    os.makedirs(os.path.join(folder, "mixed"), exist_ok=True)
    write("mixed/a.volley.json", SUITE)
    write("mixed/data.json", {"some": "data"})
    assert "data.json" not in volley("list", "mixed").out
    told = volley("list", "-v", "mixed")
    assert "passed over: mixed/data.json: no " in told.out, told
    listed = json.loads(volley("list", "--format", "json", "mixed").out)
    assert len(listed["passed_over"]) == 1, listed
    assert [test["line"] for test in listed["tests"]] == sorted(
        test["line"] for test in listed["tests"]), listed


@test
def check_counts_and_warns():
    told = volley("check", todos())
    assert told.status == 0, told
    assert re.fullmatch(r"8 tests in 1 suite: no mistake, \d+ warnings?; "
                        r"nothing was sent\n", told.out), told
    told = volley("check", "-v", todos())
    assert 'waits for "log in" because of {{token}}' in told.out, told


@test
def unused_captures_are_warned_of():
    write("unused.json", {"tests": [
        {"name": "t", "request": {"url": "http://127.0.0.1:9/"},
         "capture": {"nobody": {"json": "$.x"}}}]})
    told = volley("check", "unused.json")
    assert told.status == 0, told
    assert re.match(r'unused\.json:\d+:\d+: warning: .*nobody', told.err), told
    assert "1 warning;" in told.out, told


@test
def nothing_to_do_is_status_5_unless_permitted():
    os.makedirs(os.path.join(folder, "bare"), exist_ok=True)
    for command in ("run", "check", "list", "plan"):
        assert volley(command, "bare").status == 5, command
        told = volley(command, "bare", "--allow-empty")
        assert told.status == 0, (command, told)
    report = os.path.join(folder, "bare.xml")
    told = volley("run", "bare", "--allow-empty", "--report",
                  "junit=" + report)
    assert told.status == 0 and outcomes(report) == {}, told


@test
def suites_without_tests_are_explained():
    write("hollow.json", {"tests": []})
    for command in ("run", "check", "list", "plan"):
        told = volley(command, "hollow.json")
        assert told.status == 5, told
        assert told.err.endswith("volley: there is no test; --allow-empty "
                                 "permits that\n"), told
        told = volley(command, "hollow.json", "--allow-empty")
        assert told.status == 0 and told.err == "", told


@test
def warnings_without_a_place_are_always_told():
    api = server("api")
    suite("warned.json", [{"name": "t", "request": {"url": api + "/health"},
                           "capture": {"nobody": {"json": "$.status"}}}])
    short = ("--secret", "s=abc")
    for command in ("run", "compare", "check"):
        told = volley(command, "warned.json", *short)
        assert told.status == 0, told
        assert re.search(r'^volley: warning: the secret "s" has fewer',
                         told.err, re.M), (command, told)
        assert ("nobody" in told.err) == (command == "check"), (command, told)
    told = volley("run", "-v", "warned.json", *short)
    assert "nobody" in told.err and 'secret "s"' in told.err, told


@test
def who_sends_nothing_needs_no_secrets():
    suite("locked.json", [{"name": "t", "request": {
        "url": "http://127.0.0.1:9/", "auth": {"bearer": "{{password}}"}}}],
        secrets=["password"])
    for command in ("check", "list", "plan"):
        told = volley(command, "locked.json")
        assert told.status == 0, (command, told)
    assert "password" in volley("check", "locked.json").err
    for command in ("run", "compare"):
        told = volley(command, "locked.json")
        assert told.status == 3 and '"password"' in told.err, told


@test
def verbose_is_explained_by_each_command():
    pages = {command: " ".join(volley("help", command).out.split())
             for command in ("run", "check", "list")}
    for command, words in (("run", "-v, --verbose Tells each test,"),
                           ("check", "-v, --verbose Tells what each test "),
                           ("list", "-v, --verbose Tells which files of the")):
        for name, page in pages.items():
            assert (words in page) == (name == command), (command, name)
    assert "With --version: tells the libraries" in " ".join(
        volley("--help").out.split())


@test
def mistakes_are_status_3_everywhere():
    write("wrong.json", {"tests": [{"name": "t", "request": {}}]})
    for command in ("run", "compare", "check", "list", "plan"):
        told = volley(command, "wrong.json")
        assert told.status == 3 and told.out == "", (command, told)
        assert "1 mistake in 1 file; nothing was sent\n" in told.err, told


@test
def the_schema_is_json():
    told = volley("schema")
    assert told.status == 0 and "$schema" in json.loads(told.out), told


@test
def wrong_usage_is_two_lines_on_stderr():
    for arguments, words in (
            ((), "which command?\nsee volley --help"),
            (("rnu",), 'no command "rnu"; did you mean "run"?'),
            ((todos(),), f'did you mean "volley run {todos()}"?'),
            (("run",), "run needs PATH...\nsee volley run --help"),
            (("run", "--jbos", "4", "x"), "did you mean --jobs?"),
            (("--jobs", "4", "run"), "--jobs comes after the command"),
            (("-v", "run", "x"), "options come after the command"),
            (("schema", "x"), 'no schema of "x"; there is project'),
            (("help", "rnu"), 'did you mean "run"?'),
            (("run", ""), "volley: a path is empty\nsee volley run --help"),
            (("run", "--bail", "2", "x"), "write --bail=2\n"),
            (("completion", "zsh"), "there is bash")):
        told = volley(*arguments)
        assert told.status == 2 and told.out == "", (arguments, told)
        assert words in told.err, (arguments, told)
        assert told.err.count("\n") == 2, (arguments, told)
        assert told.err.startswith("volley: "), told


@test
def the_version_names_the_libraries_when_asked():
    told = volley("--version")
    assert told.status == 0 and re.fullmatch(r"volley \d+\.\d+\.\d+\n",
                                             told.out), told
    told = volley("--version", "-v")
    for library in ("libcurl/", "jansson/", "libxml2/"):
        assert library in told.out, told


@test
def a_stdout_that_refuses_is_status_7():
    for arguments in (["schema"], ["--help"], ["list", todos()],
                      ["plan", "--format", "json", todos()]):
        with open("/dev/full", "w") as full:
            done = subprocess.run([VOLLEY, *arguments], stdout=full,
                                  stderr=subprocess.PIPE, cwd=folder,
                                  env=clean_environment(), text=True)
        assert done.returncode == 7, (arguments, done)
        assert "volley: cannot write standard output" in done.stderr, done


@test
def a_closed_stdout_never_reaches_a_report():
    api = server("api")
    suite("one.json", [{"name": "t", "request": {"url": api + "/health"}}])
    log = os.path.join(folder, "one.jsonl")
    done = subprocess.run(
        ["/bin/sh", "-c", 'exec "$0" run one.json --report "log=$1" >&-',
         VOLLEY, log], stderr=subprocess.PIPE, cwd=folder,
        env=clean_environment(), text=True)
    assert done.returncode == 7 and "volley: " in done.stderr, done
    assert log_lines(log)[-1]["event"] == "run_finished"


@test
def folders_of_reports_are_made():
    api = server("api")
    suite("one.json", [{"name": "t", "request": {"url": api + "/health"}}])
    told = volley("run", "one.json", "--report", "junit=made/ci/one.xml",
                  "--report", "log=made/one.jsonl")
    assert told.status == 0, told
    assert outcomes(os.path.join(folder, "made/ci/one.xml")) == {
        "t": "passed"}, told
    told = volley("run", "one.json", "--report", "junit=one.json/x.xml")
    assert told.status == 7 and "1 passed" in told.out, told


@test
def variables_are_read_as_json_has_them():
    api = server("api")
    write("typed.env", "v=12\n")
    cases = [("12", "number"), ("-1.5", "number"), ("true", "boolean"),
             ("null", "null"), ('"123456"', "string"), ("007", "string"),
             ("1.10", "string"), ("", "string"), ("[1]", "string")]
    for value, kind in cases:
        suite("typed.json", [{
            "name": "t", "request": {"url": api + "/anything",
                                     "json": {"v": "{{v}}"}},
            "expect": {"json": {"$.json.v": {"type": kind}}}}])
        for told in (volley("run", "typed.json", "--var", "v=" + value),
                     volley("run", "typed.json", env={"VOLLEY_VAR_v": value})):
            assert told.status == 0, (value, kind, told)
    suite("typed.json", [{
        "name": "t", "request": {"url": api + "/anything",
                                 "json": {"v": "{{v}}"}},
        "expect": {"json": {"$.json.v": {"type": "string"}}}}])
    told = volley("run", "typed.json", "--secret", "v=123456")
    assert told.status == 0, told
    told = volley("run", "typed.json", "--vars", "typed.env")
    assert told.status == 1, told


@test
def a_pattern_makes_text_of_a_number():
    api = server("api")
    suite("text.json", [
        {"name": name, "request": {"url": api + "/anything",
                                   "json": {"n": "17", "x": "x{{n}}"}},
         "expect": {"json": {"$.json.n": wanted, "$.json.x": "x17"}}}
        for name, wanted in (("pattern", {"matches": "^{{n}}$"}),
                             ("number", "{{n}}"))])
    told = volley("run", "text.json", "--var", "n=17")
    assert told.status == 1 and "1 passed  1 failed" in told.out, told
    assert "FAILED  text > number" in told.out, told


@test
def copies_that_fail_alike_are_told_once():
    api = server("api")
    suite("copies.json", [
        {"name": "many", "repeat": 5, "request": {"url": api + "/health"},
         "expect": {"status": 201}}])
    told = volley("run", "copies.json")
    assert told.status == 1, told
    assert told.out.count("FAILED") == 1, told
    assert "FAILED  copies > many [0] " in told.out, told
    assert "\n  and 4 more copies failed the same way: [1] [2] [3] [4]\n" in (
        told.out), told


@test
def reports_on_stdout_silence_the_console():
    api = server("api")
    suite("one.json", [{"name": "t", "request": {"url": api + "/health"}}])
    told = volley("run", "one.json", "--report", "junit=-")
    assert told.status == 0, told
    assert xml.fromstring(told.out.encode()).tag == "testsuites", told
    told = volley("run", "one.json", "--report", "log=-")
    assert told.status == 0, told
    assert [json.loads(line)["event"] for line in told.out.splitlines()][
        -1] == "run_finished", told


main()
