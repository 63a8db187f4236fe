"""volley plan: the path by recorded times, and the drawing."""
from harness import *

URL = "http://127.0.0.1:9"


def case(name, path="/health", base=URL, **more):
    return {"name": name, "request": {"url": base + path}, **more}


def place(name, tests_of, **more):
    """A working folder with one suite, s.json."""
    write(name + "/s.json", {"tests": tests_of, **more})
    return os.path.join(folder, name)


CHAINS = [case("a"), case("b", after=["a"]), case("c", after=["b"]),
          case("slow"), case("new"), case("off", skip="broken")]


def remember(name, milliseconds):
    write(name + "/.volley/last.json", {"version": 1, "tests": {"s.json": {
        test: {"outcome": "passed", "ns": int(ms * 1e6)}
        for test, ms in milliseconds.items()}}})


def path_of(plan):
    return [plan["tests"][index]["name"] for index in plan["critical_path"]]


def planned(cwd, *arguments):
    told = volley("plan", "s.json", "--format", "json", *arguments, cwd=cwd)
    assert told.status == 0 and told.err == "", told
    return json.loads(told.out)


@test
def without_a_run_the_path_is_by_requests():
    cwd = place("fresh", CHAINS)
    told = volley("plan", "s.json", cwd=cwd)
    assert told.out.endswith("critical path, 3 requests: a -> b -> c\n"), told
    plan = planned(cwd)
    assert plan["times"] is None and path_of(plan) == ["a", "b", "c"], plan


@test
def the_path_is_by_the_times_of_the_last_run():
    cwd = place("timed", CHAINS)
    remember("timed", {"a": 100, "b": 120, "c": 120, "slow": 1770,
                       "off": 90000})
    told = volley("plan", "s.json", cwd=cwd)
    assert told.out.endswith(
        "critical path (by the times of the last run): slow: 1.77 s; "
        "sum 2.23 s\n  1 test did not run then and counts as 0.12 s, the "
        "median\n"), told
    plan = planned(cwd)
    assert path_of(plan) == ["slow"], plan
    assert plan["times"] == {"critical_path_ns": 1770000000,
                             "sum_ns": 2230000000, "median_ns": 120000000,
                             "unknown": 1}, plan
    times = {test["name"]: test.get("last_ns") for test in plan["tests"]}
    assert times == {"a": 100000000, "b": 120000000, "c": 120000000,
                     "slow": 1770000000, "new": None, "off": None}, times
    plan = planned(cwd, "--grep-invert", "slow", "--grep-invert", "new")
    assert path_of(plan) == ["a", "b", "c"], plan
    assert plan["times"]["sum_ns"] == 340000000, plan
    told = volley("plan", "s.json", "--grep", "c", cwd=cwd)
    assert ("critical path (by the times of the last run): a -> b -> c: "
            "0.34 s; sum 0.34 s\n") in told.out, told


@test
def a_run_gives_the_times():
    api = server("api")
    cwd = place("ran", [case("a", base=api), case("b", base=api, after=["a"]),
                        case("slow", "/delay/0.3", base=api)])
    assert path_of(planned(cwd)) == ["a", "b"]
    assert run("s.json", cwd=cwd).status == 0
    plan = planned(cwd)
    assert path_of(plan) == ["slow"], plan
    assert plan["times"]["critical_path_ns"] >= 300000000, plan
    assert plan["times"]["unknown"] == 0, plan


@test
def times_lie_beside_the_project_file():
    place("project/deep", CHAINS)
    write("project/volley.json", {})
    write("project/.volley/last.json", {"version": 1, "tests": {
        "deep/s.json": {"slow": {"outcome": "failed", "ns": 5000000}}}})
    plan = planned(os.path.join(folder, "project/deep"))
    assert plan["times"]["unknown"] == 4, plan
    assert path_of(plan) == ["a", "b", "c"], plan  # three medians are longer


@test
def times_that_cannot_be_read_are_warned_of():
    cwd = place("broken", CHAINS)
    write("broken/.volley/last.json", "{")
    told = volley("plan", "s.json", cwd=cwd)
    assert told.status == 0, told
    assert told.err.startswith("volley: warning: "), told
    assert ".volley/last.json" in told.err, told
    assert "critical path, 3 requests: a -> b -> c\n" in told.out, told


@test
def locks_rows_and_copies_are_told():
    cwd = place("more", [
        case("rows", each=[{"x": 1}, {"x": 2}]),
        case("both", each=[{"x": 1}, {"x": 2}], repeat=3, lock=["db", "mail"]),
        case("alone", lock="*"), case("one", lock="db")])
    told = volley("plan", "s.json", cwd=cwd)
    for words in ("\n  rows x 2 (rows)\n",
                  '\n  both x 6 (2 rows, 3 times each)\n    holds the locks '
                  '"db", "mail"\n',
                  "\n  alone\n    runs alone\n",
                  '\n  one\n    holds the lock "db"\n',
                  "\n10 tests, 10 requests, 4 flows\n"):
        assert words in told.out, (words, told)
    both = planned(cwd)["tests"][1]
    assert (both["copies"], both["rows"], both["repeat"], both["locks"]) == (
        6, 2, 3, ["db", "mail"]), both
    assert "rows x 2 (rows)" in volley("list", "s.json", cwd=cwd).out


NODE = re.compile(r'        (t\d+)(\["|\(\[")([^"]*)("\]|"\]\))')
ARROW = re.compile(r'    (t\d+) (-->|-\.->)\|"([^"]*)"\| (t\d+)')
LABEL = re.compile(r"(?:[\w \-.,/+=()\[\]{}?!']|[^\x00-\x7f]|<br>|"
                   r"#(?:quot|amp|lt|gt|\d+);)*")


def parse(text):
    """A drawing by the grammar that volley writes: {subgraph: {node: label}},
    arrows, {class: nodes}. Every line must belong to it."""
    lines = iter(text.splitlines())
    graphs, nodes, arrows, classes = {}, {}, [], {}
    assert next(lines) == "flowchart LR", text
    for line in lines:
        head = re.fullmatch(r'    subgraph (s\d+)\["([^"]*)"\]', line)
        arrow = ARROW.fullmatch(line)
        marked = re.fullmatch(r"    class (t\d+) (critical|skipped)", line)
        if head:
            assert head[1] not in graphs and LABEL.fullmatch(head[2]), line
            graph = graphs[head[1]] = {}
            for line in iter(lambda: next(lines), "    end"):
                node = NODE.fullmatch(line)
                assert node and LABEL.fullmatch(node[3]), line
                assert (node[2] == '["') == (node[4] == '"]'), line
                assert node[1] not in nodes, line
                graph[node[1]] = nodes[node[1]] = node[3]
        elif arrow:
            assert LABEL.fullmatch(arrow[3]), line
            assert arrow[1] in nodes and arrow[4] in nodes, line
            arrows.append((nodes[arrow[1]], arrow[2], arrow[3],
                           nodes[arrow[4]]))
        elif marked:
            assert marked[1] in nodes, line
            classes.setdefault(marked[2], []).append(nodes[marked[1]])
        else:
            assert re.fullmatch(r"    classDef \w+ [a-z0-9:,-]+", line), line
    return graphs, arrows, classes


@test
def a_drawing_has_suites_reasons_and_the_path():
    write("drawn/common.json", {"setup": [case(
        "log in", capture={"token": {"json": "$.token"}})], "tests": []})
    cwd = place("drawn", [
        case("make", "/{{token}}", capture={"id": {"json": "$.id"}}),
        case("read", "/{{id}}", after=["make"]), case("off", skip=True)],
        include="common.json", sequential=True, teardown=[case("bye")])
    told = volley("plan", "s.json", "--format", "mermaid", cwd=cwd)
    assert told.status == 0 and told.err == "", told
    graphs, arrows, classes = parse(told.out)
    assert [list(graph.values()) for graph in graphs.values()] == [
        ["log in"], ["make", "read", "off", "bye"]], told
    for arrow in (("make", "-->", "{{id}}, after", "read"),
                  ("read", "-.->", "sequential", "off"),
                  ("off", "-.->", "teardown", "bye")):
        assert arrow in arrows, (arrow, told)
    assert any(arrow[0] == "log in" and "{{token}}" in arrow[2] and
               arrow[3] == "make" for arrow in arrows), told
    assert classes == {"critical": ["log in", "make", "read", "bye"],
                       "skipped": ["off"]}, told


@test
def a_drawing_holds_any_name():
    names = ["end", 'a"]; b[("', "%%{init: {}}%%", "#quot; style a:#b;",
             "<script>&amp;</script>", "`md`", "a --> b", "|x|", "classDef",
             "subgraph x", "\u00e4\u2192\U0001f600", "line\nbreak", "\\n",
             "\u007f\u0001", "{{{{x}}", "---"]
    cwd = place("names", [case(name) for name in names])
    told = volley("plan", "s.json", "--format", "mermaid", cwd=cwd)
    assert told.status == 0, told
    graphs, _, _ = parse(told.out)
    assert len(graphs["s0"]) == len(names), told


@test
def only_plan_draws():
    cwd = place("plain", CHAINS)
    for command in ("list", "check"):
        told = volley(command, "s.json", "--format", "mermaid", cwd=cwd)
        assert told.status == 2 and told.out == "", told
        assert told.err == ('volley: --format: "mermaid" is for plan; '
                            f"{command} takes text or json\n"
                            f"see volley {command} --help\n"), told
    told = volley("list", "s.json", cwd=cwd, env={"VOLLEY_FORMAT": "mermaid"})
    assert told.err.startswith('volley: VOLLEY_FORMAT: "mermaid" is for '
                               "plan; list takes text or json\n"), told
    told = volley("plan", "none.json", "--format", "mermaid", cwd=cwd)
    assert told.status == 2 and told.out == "", told


@test
def flows_are_numbered_as_they_are_shown():
    cwd = place("flows", [case("alone"), case("a"), case("b", after=["a"]),
                          case("c"), case("d", after=["c"])])
    told = volley("plan", "s.json", cwd=cwd)
    assert ("5 tests, 5 requests, 3 flows\n  flow 1, 2 tests: a, b\n"
            "  flow 2, 2 tests: c, d\n  1 flow of one test\n") in told.out, told
    told = volley("plan", "s.json", "-g", "alone|d", cwd=cwd)
    assert ("  flow 1, 2 tests: c, d\n  1 flow of one test\n"
            "critical") in told.out, told
    assert "0 tests" not in told.out, told


@test
def mistakes_are_told_as_json_too():
    cwd = place("wrong", [case("a", "/{{x}}"), case("a")])
    told = volley("check", "s.json", "--format", "json", cwd=cwd)
    found = json.loads(told.out)
    assert told.status == 3 and "2 mistakes in 1 file" in told.err, told
    assert "tests" not in found and found["warnings"] == [], found
    assert (found["mistake_count"], found["warning_count"]) == (2, 0), found
    for mistake in found["mistakes"]:
        assert set(mistake) == {"path", "line", "column", "message"}, mistake
        assert "%(path)s:%(line)d:%(column)d: %(message)s\n" % mistake in (
            told.err), (mistake, told)
    for command in ("list", "plan"):
        told = volley(command, "s.json", "--format", "json", cwd=cwd)
        assert told.status == 3 and told.out == "", told
        assert "2 mistakes in 1 file" in told.err, told


@test
def mistakes_without_a_place_and_of_the_project_are_told_as_json():
    cwd = place("lost", [case("a")])
    told = volley("check", "none.json", "--format", "json", cwd=cwd)
    mistake, = json.loads(told.out)["mistakes"]
    assert told.status == 2 and mistake["line"] is None, told
    assert mistake["path"] == "none.json", told
    write("lost/volley.json", {"environmnts": {}})
    for arguments, env in ((("--format", "json"), {}),
                           ((), {"VOLLEY_FORMAT": "json"})):
        told = volley("check", "s.json", *arguments, cwd=cwd, env=env)
        mistake, = json.loads(told.out)["mistakes"]
        assert told.status == 3 and "environments" in mistake["message"], told
    told = volley("check", "s.json", cwd=cwd)
    assert told.status == 3 and told.out == "", told


@test
def a_message_is_text_whatever_it_shows():
    cwd = place("cut", [case("a", **{"x" * n + "\u00e4" * 500: 1
                                     for n in range(4)})])
    told = volley("check", "s.json", "--format", "json", cwd=cwd)
    found = json.loads(told.out)
    assert told.status == 3 and len(found["mistakes"]) == 4, told
    assert all(type(mistake["message"]) is str
               for mistake in found["mistakes"]), told


@test
def strict_makes_warnings_mistakes():
    cwd = place("odd", [case("a", expect={"status": "any"})],
                variables={"idle": 1})
    told = volley("check", "s.json", cwd=cwd)
    assert told.status == 0, told
    assert re.findall(r"^s\.json:\d+:\d+: warning: (.*)$", told.err, re.M) == [
        '"a" expects nothing: any answer will do',
        'the variable "idle" is never used'], told
    assert "no mistake, 2 warnings; nothing was sent\n" in told.out, told
    told = volley("check", "s.json", "--strict", cwd=cwd)
    assert told.status == 3, told
    assert ("no mistake, 2 warnings, which --strict does not permit; nothing "
            "was sent\n") in told.out, told
    told = volley("check", "s.json", "--strict", "--format", "json", cwd=cwd)
    found = json.loads(told.out)
    assert told.status == 3, told
    assert (found["tests"], found["mistake_count"], found["mistakes"],
            found["warning_count"]) == (1, 0, [], 2), found
    assert [(warning["path"], warning["message"])
            for warning in found["warnings"]] == [
        ("s.json", '"a" expects nothing: any answer will do'),
        ("s.json", 'the variable "idle" is never used')], found
    assert all(warning["line"] >= 1 and warning["column"] >= 1
               for warning in found["warnings"]), found
    cwd = place("even", [case("a")])
    assert volley("check", "s.json", "--strict", cwd=cwd).status == 0
    assert volley("run", "s.json", "--strict", cwd=cwd).status == 2


main()
