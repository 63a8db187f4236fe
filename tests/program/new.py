"""volley new: the suite that it writes has no mistake, and runs."""
from harness import *

API = server("api")


def place(name):
    path = os.path.join(folder, name)
    os.makedirs(path)
    return path


@test
def it_writes_a_suite_that_runs():
    cwd = place("first")
    told = volley("new", cwd=cwd)
    assert told.status == 0 and told.err == "", told
    assert told.out.startswith("wrote api.volley.json; "), told
    assert os.listdir(cwd) == ["api.volley.json"], os.listdir(cwd)
    told = volley("check", "--strict", "api.volley.json", cwd=cwd)
    assert told.status == 0 and told.err == "", told
    assert told.out == ("3 tests in 1 suite: no mistake, 0 warnings; nothing "
                        "was sent\n"), told
    told = run("api.volley.json", "--var", "base=" + API, cwd=cwd)
    assert told.status == 0 and "3 passed" in told.out, told


@test
def it_shows_what_a_suite_is_made_of():
    written = json.loads(volley("new", "-").out)
    assert written["$schema"] == "./volley.schema.json", written
    assert {"name", "base_url", "variables", "tests"} < set(written), written
    expected = written["tests"][0]["expect"]
    assert {"status", "headers", "json"} == set(expected), expected
    captured = [test for test in written["tests"] if "capture" in test]
    assert list(captured[0]["capture"]) == ["token"], captured
    assert "{{token}}" in json.dumps(written["tests"][-1]), written


@test
def each_of_its_checks_can_fail():
    written = json.loads(volley("new", "-").out)
    tests_of = {test["name"]: test for test in written["tests"]}
    for change in (lambda expect: expect.update(status=404),
                   lambda expect: expect["headers"].update(
                       {"Content-Type": "text/none"}),
                   lambda expect: expect["json"].update({"$.status": "no"})):
        changed = json.loads(json.dumps(written))
        change(changed["tests"][0]["expect"])
        told = run(write("changed.json", changed), "--var", "base=" + API)
        assert told.status == 1, told
        assert "2 passed  1 failed" in told.out, told
    assert "health" in tests_of, tests_of


@test
def what_is_there_stays():
    cwd = place("taken")
    write("taken/api.volley.json", "mine")
    for arguments in ((), ("api.volley.json",), (".",)):
        told = volley("new", *arguments, cwd=cwd)
        assert told.status == 2 and told.out == "", told
        assert re.fullmatch(r"volley: \S+ is there already and stays as it is\n",
                            told.err), told
    with open(os.path.join(cwd, "api.volley.json")) as file:
        assert file.read() == "mine"
    os.symlink("elsewhere.json", os.path.join(cwd, "link.json"))
    told = volley("new", "link.json", cwd=cwd)
    assert told.status == 2, told
    assert not os.path.exists(os.path.join(cwd, "elsewhere.json"))


@test
def it_writes_elsewhere_too():
    cwd = place("other")
    told = volley("new", "my tests.json", cwd=cwd)
    assert told.status == 0 and "wrote my tests.json; " in told.out, told
    with open(os.path.join(cwd, "my tests.json")) as file:
        written = file.read()
    told = volley("new", "-", cwd=cwd)
    assert told.status == 0 and told.out == written, told
    told = volley("new", "a", "b", cwd=cwd)
    assert told.status == 2 and os.listdir(cwd) == ["my tests.json"], told


@test
def it_makes_the_folders_that_are_missing():
    cwd = place("deep")
    for path in ("a/b/c.json", os.path.join(cwd, "d/e.json"), "a/b/f.json"):
        told = volley("new", path, cwd=cwd)
        assert told.status == 0 and told.err == "", told
        assert os.path.exists(os.path.join(cwd, path)), path
    told = volley("new", "a/b/c.json/g.json", cwd=cwd)
    assert told.status == 2 and told.out == "", told
    assert told.err == ("volley: cannot write a/b/c.json/g.json: "
                        "Not a directory\n"), told


@test
def a_disk_that_is_full_leaves_no_half_suite():
    cwd = place("full")
    told = subprocess.run(
        ["/bin/sh", "-c", 'ulimit -f 0; trap "" XFSZ; exec "$0" new a.json',
         VOLLEY], capture_output=True, cwd=cwd, text=True,
        env=clean_environment())
    assert told.returncode == 7, told
    assert "cannot write a.json: File too large" in told.stderr, told
    assert os.listdir(cwd) == [], os.listdir(cwd)


main()
