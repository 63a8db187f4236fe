"""Which tests run: by tag, name, id, line and by how they ended last."""
from harness import *

API = server("api")


def case(name, path="/health", **more):
    return {"name": name, "request": {"url": API + path}, **more}


TODOS = {
    "setup": [case("warm up", tags=["slow"])],
    "tests": [
        case("make", tags=["smoke"],
             capture={"status": {"json": "$.status"}}),
        case("use", "/health?x={{status}}", id="u", tags=["slow one"]),
        case("list", tags=["smoke", "slow"]),
        case("many", repeat=3)],
    "teardown": [case("drop", "/health?x={{status}}"), case("bye")],
}


def prepare(place):
    """A folder of its own with todos.json and other.json."""
    cwd = os.path.join(folder, place)
    write(place + "/todos.json", TODOS)
    write(place + "/other.json", {"tests": [case("other", tags=["smoke"])]})
    return cwd


HOME = prepare("chosen")


def listed(*arguments, cwd=HOME, env=None):
    """{name: "selected" | "needed"}"""
    told = volley("list", "--format", "json", *arguments, cwd=cwd, env=env)
    assert told.status == 0, (arguments, told)
    return {test["name"]: test["selection"]
            for test in json.loads(told.out)["tests"]}


def chosen(*arguments, **more):
    """What is selected, and what comes with it, as "a b | c d"."""
    found = listed(*arguments, **more)
    return " | ".join(
        " ".join(name for name, kind in found.items() if kind == wanted)
        for wanted in ("selected", "needed"))


@test
def each_filter_chooses_and_pulls_in():
    for arguments, wanted in (
            (("-t", "smoke"), "make list | warm up drop bye"),
            (("--tag=smoke and not slow",), "make | warm up drop bye"),
            (("-t", '"slow one"'), "use | warm up make drop bye"),
            (("-t", "smoke", "-t", "slow"), "list | warm up bye"),
            (("-g", "^ma"), "make many | warm up drop bye"),
            (("-g", "list", "--grep", "(?i)USE"),
             "use list | warm up make drop bye"),
            (("-G", "a", "-G", "use"), "list | warm up bye"),
            (("--grep-invert", "^m", "-g", "s"),
             "use list | warm up make drop bye"),
            (("--id", "u"), "use | warm up make drop bye"),
            (("--id", "many", "--id", "warm up"), "warm up many | bye"),
            (("-t", "smoke", "-g", "list", "--id", "list"),
             "list | warm up bye")):
        found = chosen("todos.json", *arguments)
        assert found == wanted, (arguments, found)


@test
def the_environment_chooses_too():
    assert chosen("todos.json", env={"VOLLEY_TAG": "smoke\nslow"}) == (
        "list | warm up bye")
    assert chosen("todos.json", env={"VOLLEY_GREP": "list\nuse"}) == (
        "use list | warm up make drop bye")


def line_of(text, path="todos.json"):
    with open(os.path.join(HOME, path)) as file:
        return next(number for number, line in enumerate(file, 1)
                    if text in line)


@test
def a_line_chooses():
    assert chosen(f"todos.json:{line_of('x={{status}}')}") == (
        "use | warm up make drop bye")
    assert chosen(f"./todos.json:{line_of('bye')}:7") == "bye | warm up"
    assert chosen(f"todos.json:{line_of('tests')}") == (
        "make use list many | warm up drop bye")
    found = chosen(f"todos.json:{line_of('many')}", "other.json")
    assert found == "many other | warm up bye", found


@test
def a_line_of_the_standard_input_chooses():
    text = json.dumps(TODOS, indent=1).encode()
    line = 1 + text[:text.index(b'"list"')].count(b"\n")
    for words in ((f"-:{line}",), ("-v", f"-:{line}", "--seed", "1"),
                  ("--", f"-:{line}"), (f"-:{line}", "-v"),
                  (f"-:{line}", f"-:{line}")):
        told = volley("list", *words, stdin=text)
        assert told.status == 0 and "list" in told.out, (words, told)
        assert "many" not in told.out.partition("left out:")[0], (words, told)
    told = volley("list", "other.json", f"-:{line}", stdin=text, cwd=HOME)
    assert told.status == 0 and "other.json" in told.out, told
    told = volley("list", "other.json", "--grep", "-:3", cwd=HOME)
    assert told.status == 5, told
    for word in ("-:", "-:3x", "-v:3"):
        told = volley("list", word, "other.json", cwd=HOME)
        assert told.status == 2 and "unknown option -:" in told.err, told


@test
def an_unknown_tag_is_warned_of():
    for words, warned in ((("-t", "not slwo"), 1), (("-t", "not slow"), 0),
                          (("-t", "smoke or slwo", "-t", "not slwo"), 1)):
        told = volley("list", "todos.json", *words, cwd=HOME)
        assert told.status == 0, told
        assert told.err == warned * (
            'volley: warning: no test has the tag "slwo"; did you mean '
            '"slow"?\n'), told


@test
def a_name_may_have_colons_and_numbers():
    write("chosen/odd:7", TODOS)
    assert chosen("odd:7") == "warm up make use list many drop bye | "
    assert chosen(f"odd:7:{line_of('list')}") == "list | warm up bye"
    os.remove(os.path.join(HOME, "odd:7"))


@test
def wrong_choices_are_told():
    for arguments, words in (
            (("-t", "smoke and (slow"),
             'volley: -t: column 11: this "(" is not closed\n'
             "    1 | smoke and (slow\n"
             "      |           ^\n"),
            (("--tag", "a b"), '--tag: column 3: expected "and" or "or"'),
            (("-g", "a(b"), "-g: column 4: missing closing parenthesis\n"),
            (("-G", "["), "-G: column 2: missing terminating ]"),
            (("--id", "usr"), 'no test has the id "usr"\n'),
            (("--id", "maek"), '"maek"; did you mean "make"?\n'),
            (("--id", ""), "--id: the value is empty\n"),
            (("--last-failed=nowhere.jsonl",),
             "nowhere.jsonl: no such file or folder\n"),
            (("--last-failed=todos.json",),
             "todos.json:1:1: this is no event of a run\n")):
        for command in ("run", "list"):
            told = volley(command, "todos.json", *arguments, cwd=HOME)
            assert told.status == 2 and told.out == "", (arguments, told)
            assert words in told.err, (arguments, told)
    told = volley("list", "todos.json:9999", cwd=HOME)
    assert told.status == 2 and "the last one ends in line" in told.err, told
    told = volley("list", "todos.json", env={"VOLLEY_TAG": "not"}, cwd=HOME)
    assert told.status == 2 and "VOLLEY_TAG: column 4" in told.err, told


@test
def a_pattern_that_takes_too_long_is_told():
    name = "a" * 60
    write("chosen/long.json", {"tests": [case(name)]})
    told = volley("list", "long.json", "-g", "^(?:(?=a)a|a+)+(?:a|b)+$.",
                  cwd=HOME)
    assert told.status == 2 and "too many steps" in told.err, told


@test
def no_test_selected_is_status_5():
    for command in ("run", "check", "list", "plan", "compare"):
        told = volley(command, "todos.json", "-t", "smkoe", cwd=HOME)
        assert told.status == 5 and told.out == "", (command, told)
        assert told.err == (
            'volley: no test has the tag "smkoe"; did you mean "smoke"?\n'
            "volley: no test was selected, of 9; --allow-empty permits "
            "that\n"), told
    for command in ("run", "check", "list", "plan"):
        told = volley(command, "todos.json", "-t", "x", "--allow-empty",
                      cwd=HOME)
        assert told.status == 0 and told.err == "", (command, told)


@test
def what_is_left_out_is_neither_run_nor_told():
    junit, log = (os.path.join(HOME, name) for name in ("x.xml", "x.jsonl"))
    told = run("todos.json", "other.json", "-g", "^make", "--report",
               "junit=" + junit, "--report", "log=" + log, cwd=HOME)
    assert told.status == 0 and "4 passed" in told.out, told
    assert "other" not in told.out, told
    assert set(outcomes(junit)) == {"warm up", "make", "drop", "bye"}
    suites = list(xml.parse(junit).getroot().iter("testsuite"))
    assert [suite.get("tests") for suite in suites] == ["4"], suites
    lines = log_lines(log)
    assert lines[0]["tests"] == 4 and len(lines[0]["suites"]) == 1, lines[0]
    assert lines[0]["left_out"] == 6, lines[0]
    finished = [line for line in lines if line["event"] == "test_finished"]
    assert sorted(line["ordinal"] for line in finished) == [0, 1, 2, 3]
    assert sum(line["event"] == "suite_finished" for line in lines) == 1


@test
def numbers_of_suites_are_those_of_the_told():
    log = os.path.join(HOME, "y.jsonl")
    told = run("other.json", "todos.json", "-t", "slow", "--report",
               "log=" + log, cwd=HOME)
    assert told.status == 0, told
    lines = log_lines(log)
    assert [suite["path"] for suite in lines[0]["suites"]] == ["todos.json"]
    assert {line["suite"] for line in lines if "suite" in line} == {0}, lines


@test
def all_commands_obey():
    told = volley("plan", "todos.json", "other.json", "--id", "u", cwd=HOME)
    assert told.status == 0 and "other" not in told.out, told
    assert "  list" not in told.out and "  make (needed)\n" in told.out, told
    assert "5 tests, 5 requests, 1 flow\n" in told.out, told
    told = volley("plan", "todos.json", "--id", "u", "--format", "json",
                  cwd=HOME)
    plan = json.loads(told.out)
    assert [test["index"] for test in plan["tests"]] == [0, 1, 2, 3, 4], plan
    names = [test["name"] for test in plan["tests"]]
    waits = {test["name"]: {names[wait["on"]] for wait in test["waits"]}
             for test in plan["tests"]}
    assert waits["use"] == {"warm up", "make"}, waits
    assert waits["bye"] == {"warm up", "make", "use"}, waits
    assert [names[index] for index in plan["critical_path"]] == [
        "warm up", "make", "use", "bye", "drop"], plan["critical_path"]
    told = volley("check", "todos.json", "other.json", "-t", "smoke",
                  cwd=HOME)
    assert told.out.startswith("6 tests in 2 suites: "), told
    told = volley("compare", "todos.json", "other.json", "-g", "list",
                  "--runs", "2", "--warmup", "0", cwd=HOME)
    assert told.status == 0 and told.out.startswith(
        "3 tests, 3 requests;"), told


@test
def verdicts_that_differ_are_told_of_the_right_test():
    write("chosen/differ.json", {"tests": [
        case("left", repeat=4),
        case("fails", expect={"status": 201})]})
    told = volley("compare", "differ.json", "--id", "fails", "--runs", "1",
                  "--warmup", "0", cwd=HOME)
    assert told.status == 1 and "fails" in told.out, told
    assert "left [" not in told.out, told


@test
def list_tells_what_is_left_out_when_asked():
    told = volley("list", "todos.json", "--id", "list", cwd=HOME)
    assert "make" not in told.out and "left out" not in told.out, told
    assert re.search(r"^todos\.json:\d+  warm up \(setup\) \(needed\)",
                     told.out), told
    told = volley("list", "-v", "todos.json", "--id", "list", cwd=HOME)
    _, rest = told.out.split("left out:\n")
    assert re.search(r"^todos\.json:\d+  make  \[smoke\]\n", rest), told
    assert rest.endswith("1 selected, 2 needed by them, 6 left out\n"), told
    assert "left out" not in volley("list", "-v", "todos.json",
                                    cwd=HOME).out


def state(cwd):
    with open(os.path.join(cwd, ".volley/last.json")) as file:
        return json.load(file)["tests"]


@test
def last_failed_takes_what_failed_and_what_that_held_up():
    cwd = prepare("failing")
    broken = json.loads(json.dumps(TODOS))
    broken["tests"][0]["expect"] = {"status": 201}
    broken["tests"][3]["request"]["url"] = API + "/status/5{{index}}0"
    broken["tests"][3]["expect"] = {"status": 510}
    write("failing/todos.json", broken)
    told = volley("list", "todos.json", "--last-failed", cwd=cwd)
    assert told.status == 5, told
    assert "/.volley/last.json is not there: no run is known" in told.err, told
    log = os.path.join(cwd, "first.jsonl")
    assert run("todos.json", "other.json", "--report", "log=" + log,
               cwd=cwd).status == 1
    wanted = "make use many drop | warm up bye"
    assert chosen("todos.json", "other.json", "--last-failed",
                  cwd=cwd) == wanted
    assert chosen("todos.json", "--last-failed=first.jsonl",
                  cwd=cwd) == wanted
    assert state(cwd)["todos.json"]["many"]["outcome"] == "failed"
    assert state(cwd)["todos.json"]["use"]["outcome"] == "skipped"
    assert state(cwd)["other.json"]["other"]["outcome"] == "passed"
    with open(os.path.join(cwd, ".volley/.gitignore")) as file:
        assert file.read() == "*\n"
    # One of them is mended, and only that one is run.
    del broken["tests"][0]["expect"]
    write("failing/todos.json", broken)
    assert run("todos.json", "--id", "u", cwd=cwd).status == 0
    assert chosen("todos.json", "--last-failed", cwd=cwd) == (
        "many | warm up bye")
    assert state(cwd)["other.json"]["other"]["outcome"] == "passed"
    # All are.
    write("failing/todos.json", TODOS)
    assert run("todos.json", "--last-failed", cwd=cwd).status == 0
    told = run("todos.json", "--last-failed", cwd=cwd)
    assert told.status == 5, told
    assert "no test of these failed when it ran last" in told.err, told


@test
def what_failed_in_quarantine_is_not_taken_again():
    cwd = os.path.join(folder, "kept")
    get(API + "/reset", "POST")
    write("kept/s.json", {"tests": [
        case("kept", "/status/500",
             quarantine={"reason": "bug", "until": "2999-12-31"}),
        case("flaky", "/flaky/kept/2", retry={"times": 3, "delay": "1ms"},
             expect={"status": 200})]})
    told = volley("run", "s.json", "--report", "log=run.jsonl", cwd=cwd)
    assert told.status == 0 and "quarantined" in told.out, told
    assert "flaky" in told.out, told
    for words in (("--last-failed",), ("--last-failed=run.jsonl",)):
        told = volley("list", "s.json", *words, cwd=cwd)
        assert told.status == 5, told
        assert "no test of these failed when it ran last" in told.err, told
    with open(cwd + "/.volley/last.json") as file:
        record = json.load(file)["tests"]["s.json"]
    assert record["kept"]["outcome"] == "quarantined", record
    assert record["flaky"]["outcome"] == "passed", record


@test
def failed_first_goes_first():
    write("first/order.json", {"tests": [
        case("a"), case("b", expect={"status": 201}), case("c")]})
    cwd = os.path.join(folder, "first")
    log = os.path.join(cwd, "order.jsonl")

    def order(*arguments):
        run("order.json", "-j", "1", "--report", "log=" + log, *arguments,
            cwd=cwd)
        return [line["name"] for line in log_lines(log)
                if line["event"] == "dispatched"]

    assert order("--failed-first") == ["a", "b", "c"]
    assert order("--failed-first") == ["b", "a", "c"]
    assert order() == ["a", "b", "c"]


@test
def the_record_lies_beside_the_project_file():
    os.makedirs(os.path.join(folder, "project/api"), exist_ok=True)
    write("project/volley.json", {})
    write("project/api/one.json", {"tests": [
        case("one", expect={"status": 201})]})
    assert run("one.json", cwd=os.path.join(folder, "project/api")).status == 1
    root = os.path.join(folder, "project")
    assert state(root) == {"api/one.json": {"one": {
        "outcome": "failed", "ns": state(root)["api/one.json"]["one"]["ns"]}}}
    assert not os.path.exists(os.path.join(root, "api/.volley"))
    assert chosen("api/one.json", "--last-failed", cwd=root) == "one | "


@test
def only_a_run_is_recorded():
    cwd = prepare("quiet")
    for command in (("check",), ("list",), ("plan",),
                    ("compare", "--runs", "1", "--warmup", "0")):
        assert volley(*command, "other.json", cwd=cwd).status == 0
    assert not os.path.exists(os.path.join(cwd, ".volley"))


@test
def a_record_that_cannot_be_written_is_told_when_asked():
    cwd = prepare("blocked")
    write("blocked/.volley", "a file")
    told = run("other.json", cwd=cwd)
    assert told.status == 0 and told.err == "", told
    told = run("other.json", "-v", cwd=cwd)
    assert told.status == 0, told
    assert re.search(r"^volley: cannot write .*/\.volley/last\.json: ",
                     told.err, re.M), told


@test
def a_secret_in_a_name_is_not_recorded():
    cwd = os.path.join(folder, "hidden")
    write("hidden/hidden.json", {"secrets": ["word"], "tests": [
        case("says wonderland-4", request={
            "url": API + "/health", "auth": {"bearer": "{{word}}"}})]})
    told = run("hidden.json", cwd=cwd, env={"word": "wonderland-4"})
    assert told.status == 0, told
    with open(os.path.join(cwd, ".volley/last.json")) as file:
        assert "wonderland" not in file.read()


@test
def sequence_and_teardown_keep_their_order():
    write("chosen/line.json", {"sequential": True, "tests": [
        case("first", "/delay/0.2"),
        case("second", capture={"made": {"json": "$.status"}}),
        case("third")],
        "teardown": [case("last"), case("undo", "/health?x={{made}}")]})
    log = os.path.join(HOME, "line.jsonl")
    told = run("line.json", "--id", "first", "--id", "third", "--report",
               "log=" + log, cwd=HOME)
    assert told.status == 0, told
    told = [(line["event"], line["name"]) for line in log_lines(log)
            if line["event"] in ("dispatched", "test_finished")]
    assert told == [(event, name) for name in ("first", "third", "last")
                    for event in ("dispatched", "test_finished")], told


main()
