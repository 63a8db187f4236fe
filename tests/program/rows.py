"""Tests with data: one copy a row, from wherever the rows come."""
from stage import *

ROWS = [{"id": 1, "who": "ann"}, {"id": 2, "who": "bob, jr"},
        {"id": 3, "who": 'say "c"'}]
CSV = 'id:integer,who\r\n1,ann\r\n2,"bob, jr"\r\n3,"say ""c"""\r\n'
NDJSON = "\n".join(map(json.dumps, ROWS)) + "\n\n"
TEST = {"name": "row", "request": {"url": "/r", "query": {"id": "{{id}}"},
                                   "json": {"id": "{{id}}", "w": "{{who}}"},
                                   "headers": {"x-who": "{{who}}"}}}
NAMES = ["row [row 1]", "row [row 2]", "row [row 3]"]


def told(made):
    return sorted((call.path, call.headers["x-who"]) for call in made.calls)


def expect_rows(made, story, names=None):
    assert sorted(story.tests) == (names or NAMES), story
    assert told(made) == [(f"/r?id={row['id']}", row["who"])
                          for row in ROWS], told(made)


@test
def rows_come_from_wherever_they_are():
    write("rows.csv", CSV)
    write("bom.csv", "\ufeff" + CSV.replace("\r\n", "\n"))
    write("rows.json", ROWS)
    write("rows.ndjson", NDJSON)
    write("rows.jsonl", NDJSON.strip())
    for each in (ROWS, "rows.csv", "bom.csv", "rows.json", "rows.ndjson",
                 "rows.jsonl"):
        with stage() as made:
            story = play(scene(made, [{**TEST, "each": each}]))
        expect_rows(made, story)


@test
def the_standard_input_is_what_it_begins_with():
    for text in (CSV, json.dumps(ROWS), NDJSON):
        for arguments in ((), ("--repeat", "2")):
            with stage() as made, open(write("in", text)) as given:
                story = play(scene(made, [{**TEST, "each": "-"}]), *arguments,
                             stdin=given)
            assert story.counts["passed"] == 3 * (2 if arguments else 1), story


@test
def a_pipe_is_an_input_too():
    with stage() as made:
        path = scene(made, [{**TEST, "each": "-"}])
        given = subprocess.Popen(["cat", write("in", NDJSON)],
                                 stdout=subprocess.PIPE)
        story = play(path, stdin=given.stdout)
        given.stdout.close()
        given.wait(10)
    expect_rows(made, story)


@test
def data_of_the_run_is_for_tests_without_rows():
    data = write("data.csv", CSV)
    own = {"name": "own", "request": {"url": "/own?{{x}}"}, "each": [{"x": 9}]}
    with stage() as made:
        story = play(scene(made, [TEST, own], setup=[case("log")],
                           teardown=[case("clean")]), "--data", data)
    assert sorted(story.tests) == ["clean", "log", "own [row 1]", *NAMES]
    assert made.counts["/own?9"] == made.counts["/clean"] == 1, made.counts
    with stage() as made, open(data) as given:
        story = play(scene(made, [TEST]), "--data", "-", stdin=given)
    expect_rows(made, story)


@test
def names_are_those_of_rows():
    rows = [{"name": "ann"}, {"name": 7}, {"name": True}]
    with stage() as made:
        test = case("x", "/x?{{name}}&{{index}}", each=rows, repeat=2)
        story = play(scene(made, [test]))
    assert sorted(story.tests) == sorted(
        f"x [{name}] [{index}]" for name in ("ann", "7", "true")
        for index in (0, 1)), story.tests
    assert sorted(made.paths())[-1] == "/x?true&1", made.paths()
    ordinals = sorted((line["ordinal"], name)
                      for name, line in story.tests.items())
    assert [name for _, name in ordinals][:3] == [
        "x [ann] [0]", "x [ann] [1]", "x [7] [0]"], ordinals


@test
def a_row_outranks_what_is_captured_and_given():
    rows = [{"id": "row"}, {}]
    answer = {"body": '{"id": "captured"}'}
    with stage(log=[answer]) as made:
        play(scene(made, [case("x", "/x?{{id}}", each=rows)],
                   setup=[case("log", capture={"id": {"json": "$.id"}})]))
    assert sorted(made.paths()[1:]) == ["/x?captured", "/x?row"], made.paths()
    with stage() as made:
        play(scene(made, [case("x", "/x?{{id}}", each=rows)]), "--var",
             "id=given")
    assert sorted(made.paths()) == ["/x?given", "/x?row"], made.paths()


@test
def no_rows_and_bad_rows_are_told_before_anything_is_sent():
    for name, text, words in (
            ("none.csv", "id,who\n", "no row"),
            ("empty.ndjson", "", "no row"),
            ("bad.csv", "id,who\n1,a\n2\n", "bad.csv:3"),
            ("bad.ndjson", '{"id": 1, "who": "a"}\n{"id": \n', "bad.ndjson:2"),
            ("less.ndjson", '{"id": 1, "who": "a"}\n{"id": 2}\n',
             "less.ndjson:2"),
            ("twice.csv", "id,who,name\n1,a,x\n2,b,x\n", "twice.csv:3")):
        write(name, text)
        with stage() as made:
            done = run(scene(made, [{**TEST, "each": name}]))
        assert done.status == 3 and words in done.err, (name, done)
        assert not made.calls, made.paths()


def change(name, text, before=NDJSON, count=3, status=1):
    """The rows change when the set-up is answered, which is after the load."""
    write(name, before)
    with stage(log=[{"hold": True}]) as made:
        begun = begin(scene(made, [{**TEST, "each": name}],
                            setup=[case("log")]))
        made.wait_for("/log")
        if text is None:
            os.remove(os.path.join(folder, name))
        else:
            write(name, text)
        made.let_go.set()
        story = end(begun)
    assert story.status == status, story
    assert story.counts["tests"] == count + 1, story
    return made, story


@test
def rows_that_changed_are_errors_of_their_tests():
    first = json.dumps(ROWS[0]) + "\n"
    for name, text in (("fewer.ndjson", first), ("gone.ndjson", None),
                       ("broken.ndjson", first + "{nonsense\n"),
                       ("lean.ndjson", first * 2 + '{"id": 3}\n'),
                       ("more.ndjson", NDJSON + first)):
        made, story = change(name, text)
        assert story.counts["erred"] == 3 and made.paths() == ["/log"], story
        for row in NAMES:
            assert story.reasons[row][0] == "volley.spec", story.reasons
        failure = story.tests["row [row 2]"]["failures"][0]
        assert failure["path"].endswith(name), failure
        assert name in story.out and ":0:0" not in story.out, story


@test
def rows_that_change_while_they_are_read():
    """The first ones are under way, the others are not read yet."""
    write("later.ndjson", "".join(json.dumps({"id": i, "who": "x"}) + "\n"
                                  for i in range(20000)))
    with stage() as made:
        made.scripts["/r"] = [{"wait": 0.01}]
        begun = begin(scene(made, [{**TEST, "each": "later.ndjson"}]),
                      "--jobs", "2", "--bail=1")
        made.wait_for("/r?id=4")
        write("later.ndjson", NDJSON)
        story = end(begun)
    assert story.status == 1, story
    assert story.counts["tests"] == 20000, story.counts
    assert story.counts["erred"] >= 1, story.counts
    for line in story.told("test_finished"):
        assert line["outcome"] != "skipped" or not line["failures"], line


@test
def names_stay_unique_when_rows_change():
    """A report with two tests of one name would not be one."""
    named = "".join(json.dumps({**row, "name": row["who"]}) + "\n"
                    for row in ROWS)
    same = "".join(json.dumps({**row, "name": "ann"}) + "\n" for row in ROWS)
    change("same.ndjson", same, before=named)


@test
def a_skipped_test_tells_its_rows():
    with stage() as made:
        story = play(scene(made, [{**TEST, "each": ROWS, "skip": "not now"},
                                  case("b")]))
    assert sorted(story.tests) == ["b", *NAMES], story.tests
    assert story.counts["skipped"] == 3, story


@test
def rows_of_many_tests_do_not_hold_files_open():
    write("rows.csv", CSV)
    with stage() as made:
        tests = [{**TEST, "name": f"row{i}", "each": "rows.csv"}
                 for i in range(300)]
        path = scene(made, tests)
        code = ("import resource, os, sys\n"
                "resource.setrlimit(resource.RLIMIT_NOFILE, (128, 128))\n"
                "os.execv(sys.argv[1], sys.argv[1:])")
        done = subprocess.run([sys.executable, "-c", code, VOLLEY, "run", path,
                               "--jobs", "16"], capture_output=True, text=True,
                              timeout=WAIT_S, env=clean_environment())
    last = done.stdout[-2000:] + done.stderr[-2000:]
    assert done.returncode == 0 and "900 passed" in done.stdout, last


def many(count):
    path = write(f"many{count}.ndjson", "".join(
        f'{{"id": {i}, "who": "somebody"}}\n' for i in range(count)))
    return suite(f"many{count}.json", [{
        "name": "row", "each": os.path.basename(path),
        "request": {"url": "/health?{{id}}"}}], base_url=server("api"))


@test
def memory_does_not_grow_with_rows():
    count = 2000 if is_sanitized() else 15000
    paths = many(1000), many(count)
    few, lots = (peak_kib("run", path) for path in paths)
    begun = time.monotonic()
    log = os.path.join(folder, "many.jsonl")
    logged = peak_kib("run", paths[1], "--report", "log=" + log)
    print(f"# {few} KiB, of {count} rows {lots} KiB, with a log {logged} KiB;"
          f" {time.monotonic() - begun:.1f} s", flush=True)
    if not is_sanitized():  # whose allocator keeps what was freed
        assert lots < few * 1.2, (few, lots)
        assert logged < few * 1.2 + 1024, (few, logged)
    assert len(log_lines(log)) == 2 * count + 3


main()
