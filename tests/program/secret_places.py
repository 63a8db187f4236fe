"""Secrets that stand where they should not, and values that do not count."""
from harness import *

WORD = "wonderland-4"
SUITE = {"include": ["inc.json"], "base_url": "http://127.0.0.1:9",
         "variables": {"say": "<{{password}}>"},
         "tests": [{"name": "a", "request": {"url": "/{{say}}"}}]}
INCLUDED = {"base_url": "http://127.0.0.1:9", "secrets": ["password"],
            "tests": [{"name": "b", "request": {"url": "/{{password}}"}}]}


def inside(name):
    path = os.path.join(folder, name)
    shutil.rmtree(path, ignore_errors=True)
    write(f"{name}/a.json", SUITE)
    write(f"{name}/inc.json", INCLUDED)
    return path


def assert_silent(told):
    for text in (told.out, told.err):
        assert WORD not in text, told


@test
def what_has_the_name_of_a_secret_is_hidden_wherever_it_came_from():
    path = inside("names")
    write("names/v.json", {"password": WORD})
    write("names/p.json", {"environments": {
        "s": {"variables": {"password": WORD}}}})
    given = "password=" + WORD
    for arguments, env in ((["--var", given], {}),
                           (["--vars", "v.json"], {}),
                           ([], {"VOLLEY_VAR_password": WORD}),
                           (["--project", "p.json", "-es"], {}),
                           ([], {"VOLLEY_VAR": "x=1\n" + given}),
                           (["--var", given], {"password": "another"}),
                           (["--secret", given, "--var", given], {})):
        for format in ("text", "json"):
            told = volley("check", "a.json", "--origin", "--format", format,
                          *arguments, cwd=path, env=env)
            assert told.status == 0 and "***" in told.out, told
            assert_silent(told)


@test
def the_secret_of_an_included_suite_is_the_secret_here():
    path = inside("own")
    told = volley("run", "a.json", "--var", "password=" + WORD, cwd=path,
                  env={"password": "another-one"})
    assert told.status == 1, told
    assert_silent(told)
    assert "another-one" not in told.out + told.err, told


@test
def what_is_no_secret_is_told():
    path = inside("told")
    told = volley("check", "a.json", "--origin", "--var", "user=bob",
                  cwd=path, env={"password": WORD, "VOLLEY_VAR": "x=1\ny=2"})
    assert "user=bob" in told.out and '"bob"' in told.out, told
    assert '"<***>"' in told.out, told
    assert_silent(told)


@test
def names_are_told_without_the_secret_that_they_hold():
    """By what sends nothing, and by a comparison; in every format."""
    path = inside("names-told")
    named = f"says {WORD} here"
    write("names-told/n.json", {
        "name": named, "base_url": "http://127.0.0.1:9",
        "secrets": ["password"], "tests": [
            {"name": named, "id": "id-" + WORD, "tags": [WORD],
             "lock": [WORD], "request": {"url": "/a"}},
            {"name": "skipped", "skip": named, "after": ["id-" + WORD],
             "request": {"url": "/{{password}}"}}]})
    for arguments in (["list", "-v"], ["list", "--format", "json"], ["plan"],
                      ["plan", "--format", "json"],
                      ["plan", "--format", "mermaid"], ["check", "-v"],
                      ["compare", "--runs", "1", "--warmup", "0"]):
        for given, env in ((["--secret", "password=" + WORD], {}),
                           ([], {"password": WORD})):
            told = volley(*arguments, "n.json", *given, cwd=path, env=env)
            assert told.status == (5 if "compare" in arguments else 0), told
            stars = "#42;#42;#42;" if "mermaid" in arguments else "***"
            assert f"says {stars} here" in told.out, told
            assert_silent(told)
    told = volley("list", "n.json", "--format", "json", "--secret",
                  "password=" + WORD, cwd=path)
    first, second = json.loads(told.out)["tests"]
    assert (first["id"], first["tags"], first["locks"]) == (
        "id-***", ["***"], ["***"]), first
    assert second["skip"] == "says *** here", second


@test
def what_is_wrong_in_a_file_of_secrets_is_told_without_its_line():
    path = inside("files")
    for name, content, place in (
            ("a.env", f'password="{WORD}\n', "a.env:1:10: this quote is"),
            ("b.env", f"password={WORD}\n{WORD}\n", "b.env:2:1: a line must"),
            ("c.json", '{"password": ["%s"]}' % WORD, "c.json:1:14: a secret"),
            ("d.json", '{"password": "%s}' % WORD, "d.json:1:14: this string"),
            ("e.json", '{"password": "%s",}' % WORD, "e.json:1:28: no comma")):
        os.chmod(write(f"files/{name}", content), 0o600)
        told = volley("check", "inc.json", "--secrets-file", name, cwd=path)
        assert told.status == 3 and place in told.err, (place, told)
        assert "(line not shown: it holds a secret)" in told.err, told
        assert_silent(told)


@test
def a_secret_with_a_value_in_the_project_is_told_without_its_line():
    path = inside("project")
    write("project/volley.json", '{"environments": {"s": {"secrets": '
          '["password"], "variables": {"password": "%s"}}}}' % WORD)
    told = volley("check", "inc.json", "-es", cwd=path)
    assert told.status == 3 and '"password" has a value among' in told.err, told
    assert "(line not shown: it holds a secret)" in told.err, told
    assert_silent(told)


@test
def a_variable_given_for_a_secret_does_not_count_and_that_is_said():
    path = inside("given")
    write("given/v.env", "password=x\n")
    for arguments, env, name in ((["--var", "password=x"], {}, "--var"),
                                 (["--vars", "v.env"], {}, "--vars"),
                                 ([], {"VOLLEY_VAR_password": "x"},
                                  "VOLLEY_VAR_password")):
        told = run("inc.json", *arguments, cwd=path, env=env)
        assert told.status == 3, told
        assert "or --secrets-file FILE, or set" in told.err, told
        assert f"of that name; {name} does not count" in told.err, told
        told = volley("check", "inc.json", *arguments, cwd=path,
                      env={"password": "long enough", **env})
        assert told.status == 0 and "1 warning" in told.out, told
        assert (f'warning: {name} has no say in the secret "password", which '
                "is taken from --secret, --secrets-file or") in told.err, told
    told = volley("check", "inc.json", cwd=path)
    assert "does not count" not in told.err, told


@test
def a_damaged_memory_is_told_and_only_last_failed_needs_it():
    path = inside("memory")
    write("memory/volley.json", {})
    env = {"password": WORD}
    for content, place in (('{"version": 1,\n "tests" {}}', ":2:10: "),
                           ('{"version": 9}', ": another version")):
        write("memory/.volley/last.json", content)
        words = "/.volley/last.json" + place
        told = run("inc.json", "--failed-first", cwd=path, env=env)
        assert told.status == 1 and "Failed to connect" in told.out, told
        assert "volley: warning: --failed-first knows of no" in told.err, told
        assert words in told.err, (words, told)
        write("memory/.volley/last.json", content)
        told = run("inc.json", "--last-failed", cwd=path, env=env)
        assert told.status == 2 and words in told.err, (words, told)
        assert "; the file can be deleted" in told.err, told


@test
def what_other_commands_would_refuse_is_doubted_by_origin():
    path = inside("doubts")
    env = {"VOLLEY_JOBS": "abc", "VOLLEY_CACERT": "/no/such/file"}
    told = volley("check", "inc.json", "--origin", cwd=path, env=env)
    assert told.status == 0 and "2 warnings" in told.out, told
    assert 'volley: warning: VOLLEY_JOBS: "abc" is not' in told.err, told
    assert "CACERT" not in told.err, told
    told = volley("check", "inc.json", cwd=path, env=env)
    assert "VOLLEY_JOBS" not in told.err, told
    told = volley("check", "inc.json", "--origin", cwd=path,
                  env={"VOLLEY_JOBS": "3"})
    assert "VOLLEY_JOBS" not in told.err, told


@test
def no_character_of_a_table_moves_the_others():
    """Neither directions of writing, nor controls that take two bytes."""
    path = inside("table")
    value = "a\u202eb\x9bc\x1bd\te\nf"
    shown = "a\\u202eb\\u009bc\\u001bd\\te\\nf"
    write("table/t.json", {
        "base_url": "http://127.0.0.1:9", "variables": {"x": "\u202e\x9b"},
        "tests": [{"name": value, "request": {"url": "/{{x}}"}}]})
    for arguments in (["list"], ["plan"], ["check", "-v"]):
        told = volley(*arguments, "t.json", cwd=path)
        assert told.status == 0 and shown in told.out, told
    told = volley("check", "t.json", "--origin", "--var", "a=\u202e",
                  "--data", "-", "--tag", "\x9b or not x",
                  stdin=b'[{"y": 1}]', cwd=path)
    assert told.status == 0, told
    lines = told.out.splitlines()
    assert '"\\u202e\\u009b"' in told.out, told
    assert any("a=\\u202e" in line for line in lines), told
    for character in "\u202e\x9b\x1b":
        assert character not in told.out, told
    table = lines[lines.index("options") + 1:lines.index("")]
    assert len({line.index("command line") for line in table
                if "command line" in line}) == 1, told


@test
def a_long_value_is_cut_where_it_still_fits():
    path = inside("cut")
    told = volley("check", "inc.json", "--origin", "--var",
                  "a=" + "\u202e" * 40, cwd=path, env={"password": WORD})
    assert told.status == 0 and "a=" + "\\u202e" * 9 + "...  " in told.out, told


@test
def no_byte_of_a_file_reaches_the_terminal_as_it_is():
    path = os.path.join(folder, "raw")
    os.makedirs(path, exist_ok=True)
    for content, line, arrow in (
            (b'{"tests": \xff}', '{"tests": \\xff}', 10),
            ('{"\u202e\x9b": 1, x}'.encode(), '{"\\u202e\\u009b": 1, x}', 20)):
        with open(os.path.join(path, "r.json"), "wb") as file:
            file.write(content)
        told = volley("check", "r.json", cwd=path)
        assert told.status == 3, told
        shown, mark = told.err.splitlines()[1:3]
        assert shown == "    1 | " + line, told
        assert mark.index("^") == 8 + arrow, told


main()
