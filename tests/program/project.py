"""The project file, environments, files of secrets, and check --origin."""
from harness import *

API = server("api")
SOURCE = os.environ["VOLLEY_SOURCE"]
SUITE = {"base_url": "{{base}}", "variables": {"user": "suite"},
         "tests": [{"name": "a", "request": {"url": "/anything?u={{user}}"}}]}


def inside(name):
    """A new folder with nothing but a suite in it, and that in "sub"."""
    path = os.path.join(folder, name)
    shutil.rmtree(path, ignore_errors=True)
    write(f"{name}/sub/s.volley.json", SUITE)
    return path


def project(path, content):
    return write(os.path.join(path, "volley.json"), content)


def origins(path, *arguments, **options):
    """What check tells of s.volley.json: ({option: (value, origin)}, the same
    of variables)."""
    told = volley("check", "sub", "--origin", "--format", "json", *arguments,
                  cwd=path, **options)
    assert told.status == 0, told
    document = json.loads(told.out)
    return tuple({row["name"]: (row["value"], row["origin"]) for row in rows}
                 for rows in (document["options"],
                              document["suites"][0]["variables"]))


@test
def each_rank_of_options_wins_of_those_below():
    """The command line, above all, has no option of check that shows; the unit
    tests look at it."""
    path = inside("ranks")
    for chosen in range(8):
        jobs = [{"jobs": 2 + i} if chosen & 1 << i else {} for i in range(3)]
        project(path, {"options": jobs[0],
                       "environments": {"s": {"options": jobs[1],
                                              "variables": {"base": API}}}})
        env = {"VOLLEY_JOBS": "4"} if jobs[2] else {}
        told, _ = origins(path, "-e", "s", env=env)
        wanted = [str(2 + i) for i in range(3) if jobs[i]]
        assert told.get("jobs", ("built-in",))[0] == (
            wanted or ["built-in"])[-1], (chosen, told)


@test
def each_rank_of_variables_wins_of_those_below():
    path = inside("variables")
    write("variables/v.json", {"user": "file"})
    project(path, {"environments": {
        "s": {"variables": {"user": "environment", "base": API}},
        "t": {"variables": {"base": API}}}})
    ranks = [([], {}, "suite", "suite sub/s.volley.json:4:13"),
             (["-e", "s"], {}, "environment",
              'environment "s" in volley.json:5:17'),
             ([], {"VOLLEY_VAR_user": "shell"}, "shell", "VOLLEY_VAR_user"),
             (["--vars", "v.json"], {}, "file", "--vars v.json:2:3"),
             (["--var", "user=line"], {}, "line", "--var"),
             (["--secret", "user=secret"], {}, "***", "--secret")]
    for high in range(len(ranks)):
        for low in range(high + 1):
            arguments = ["-e", "t"]
            for rank in (low, high) if low < high else (high,):
                arguments += ranks[rank][0]
            env = {**ranks[low][1], **ranks[high][1]}
            _, told = origins(path, *arguments, env=env)
            assert told["user"] == ranks[high][2:], (low, high, told)


@test
def suites_use_variables_that_only_the_environment_has():
    path = inside("only")
    project(path, {"options": {"env": "s"}, "environments": {
        "s": {"variables": {"host": API, "base": "{{host}}"}},
        "t": {"variables": {"base": "http://127.0.0.1:9"}}}})
    assert run("sub", cwd=path).status == 0
    assert run("sub", "-e", "t", cwd=path).status == 1
    assert run("sub", cwd=path, env={"VOLLEY_ENV": "t"}).status == 1
    assert run("sub", "--env=s", cwd=path, env={"VOLLEY_ENV": "t"}).status == 0
    told = run("sub", "--project", "none", cwd=path)
    assert told.status == 3 and 'no variable "base"' in told.err, told


@test
def circles_in_an_environment_are_told_with_their_place():
    path = inside("circle")
    project(path, '{"environments": {"s": {"variables":\n'
                  '  {"base": "{{a}}", "a": "{{base}}", "c": "{{d"}}}}')
    told = volley("check", "sub", "-es", cwd=path)
    assert told.status == 3, told
    assert "volley.json:2:4: these variables are made of each other" in told.err
    assert "volley.json:2:44: " in told.err, told


@test
def the_nearest_file_above_counts_and_paths_begin_there():
    path = inside("above")
    project(path, {"options": {"vars": "no-such-file"}})
    write("above/sub/volley.json", {"options": {
        "vars": ["v.env"], "report": ["junit=out/r.xml"]}})
    write("above/sub/v.env", f"base={API}\n")
    write("above/sub/deep/er/x", "")
    told = run("../..", cwd=os.path.join(path, "sub/deep/er"))
    assert told.status == 0, told
    assert outcomes(os.path.join(path, "sub/out/r.xml")) == {"a": "passed"}
    told = run("sub", cwd=path)
    assert told.status == 2 and "no-such-file" in told.err, told


@test
def a_wrong_file_ends_with_3_and_a_wrong_choice_with_2():
    path = inside("wrong")
    for content, words in (
            ("{", "volley.json:1:2: "),
            ({"environment": {}}, 'did you mean "environments"?'),
            ({"options": {"job": 1}}, 'did you mean "jobs"?'),
            ({"options": {"jobs": True}}, "must be a whole number, not true"),
            ({"options": {"secret": "a=hidden"}}, "does not belong in a file"),
            ({"options": {"env": "x"}}, 'no environment "x"')):
        project(path, content)
        told = volley("check", "sub", cwd=path)
        assert told.status == 3 and words in told.err, (words, told)
        assert "hidden" not in told.err, told
        assert told.err.endswith("1 mistake in 1 file; nothing was sent\n")
        assert volley("check", "--help", cwd=path).status == 0
        assert volley("schema", cwd=path).status == 0
    project(path, {"environments": {"staging": {}}})
    for arguments, words in ((["-e", "stagin"], 'did you mean "staging"?'),
                             (["--project", "x.json"], "cannot be read"),
                             (["--project=none", "-es"], "no \"s\" without")):
        told = volley("check", "sub", *arguments, cwd=path)
        assert told.status == 2 and words in told.err, (words, told)


@test
def secrets_of_an_environment_are_hidden_and_needed():
    path = inside("secrets")
    project(path, {"environments": {"s": {
        "variables": {"base": API, "say": "<{{key}}>"}, "secrets": ["key"]}}})
    told = run("sub", "-es", cwd=path)
    assert told.status == 3 and 'secret "key": it has no value' in told.err
    _, told = origins(path, "-es", env={"key": "open-sesame"})
    assert told["key"] == ("***", "environment variable of that name"), told
    assert told["say"][0] == "<***>", told
    _, told = origins(path, "-es")
    assert told["key"] == ("", "not set"), told


@test
def every_name_in_a_file_of_secrets_is_a_secret_and_a_text():
    path = inside("files")
    suite = {"tests": [{"name": "a", "request": {
        "method": "POST", "url": API + "/anything",
        "json": ["{{pin}}", "{{word}}", "{{flag}}"]},
        "expect": {"json": {"$.json": ["012345", "top secret", "true"]}}}]}
    write("files/sub/s.volley.json", suite)
    dotenv = write("files/s.env", "pin=012345\nword='top secret'\nflag=true\n")
    as_json = write("files/s.json", {"pin": "012345", "word": "top secret",
                                     "flag": True})
    for name in (dotenv, as_json):
        os.chmod(name, 0o600)
        told = run("sub", "--secrets-file", name, "-vv", cwd=path)
        assert told.status == 0 and told.err == "", told
        for secret in ("012345", "top secret"):
            assert secret not in told.out, told
    _, told = origins(path, "--secrets-file", "s.env", "--secret", "flag=shown")
    assert told["word"] == ("***", "--secrets-file s.env:2:1"), told
    assert told["flag"] == ("***", "--secret"), told


@test
def a_file_of_secrets_can_be_wrong():
    path = inside("bad")
    for name, content, words in (
            ("a.env", "pin=\n", "a.env:1:1: the secret \"pin\" is empty"),
            ("b.json", '{"a": [1]}', "b.json:1:7: a secret must be a string"),
            ("c.json", '{"a": ""}', "c.json:1:2: the secret \"a\" is empty"),
            ("d.json", '{"a": "b\\u0000"}', "cannot hold a NUL"),
            ("e.json", '[]', "a file of variables is a JSON object"),
            ("f.env", "1=2\n", "f.env:1:1: a variable's name is made of")):
        os.chmod(write(f"bad/{name}", content), 0o600)
        told = volley("check", "sub", "--secrets-file", name, "--var", "base=x",
                      cwd=path)
        assert told.status == 3 and words in told.err, (words, told)
    told = volley("check", "sub", "--secrets-file", "gone", cwd=path)
    assert told.status == 2 and "gone: " in told.err, told
    os.chmod(write("bad/open.env", "base=http://127.0.0.1:9\n"), 0o644)
    told = volley("check", "sub", "--secrets-file", "open.env", cwd=path)
    assert told.status == 0, told
    assert "warning: everybody on this machine can read" in told.err, told


@test
def origin_is_a_table_of_what_is_set():
    path = inside("table")
    project(path, {"options": {"jobs": 8, "report": ["log=a", "junit=b"]},
                   "environments": {"s": {
                       "options": {"insecure": True, "jobs": 2},
                       "variables": {"base": "http://127.0.0.1:9",
                                     "long": "x" * 100}}}})
    told = volley("check", "sub", "--origin", "-es", cwd=path, env={
        "VOLLEY_TIMEOUT": "5s"})
    assert told.status == 0 and told.err == "", told
    assert " ".join(told.out.split()) == (
        "options env s command line project volley.json found "
        'jobs 2 environment "s" in volley.json:13:17 timeout 5s VOLLEY_TIMEOUT '
        'insecure true environment "s" in volley.json:12:21 '
        "report log=a volley.json:5:7 report junit=b volley.json:6:7 "
        "origin true command line variables of sub/s.volley.json "
        'base "http://127.0.0.1:9" environment "s" in volley.json:16:17 '
        'long "' + "x" * 56 + '... environment "s" in volley.json:17:17 '
        'user "suite" suite sub/s.volley.json:4:13 '
        "1 test in 1 suite: no mistake, 0 warnings; nothing was sent"), told
    told = volley("check", "sub", "--origin", "-v", "-es", cwd=path)
    assert re.search(r"^  max-body +64MiB +built-in$", told.out, re.M), told
    assert re.search(r"^  bail +- +built-in$", told.out, re.M), told


@test
def origin_hides_secrets_wherever_they_are():
    path = inside("hidden")
    told = volley("check", "sub", "--origin", "--secret", "key=open-sesame",
                  "--var", "base=http://open-sesame", "--secret=user=a b c d",
                  cwd=path)
    assert told.status == 0, told
    assert "sesame" not in told.out and "a b c" not in told.out, told
    assert "key=***" in told.out and '"http://***"' in told.out, told


@test
def the_schema_knows_what_the_program_takes():
    try:
        from jsonschema import Draft202012Validator
    except ImportError:
        raise Skip("python3-jsonschema is not installed")
    path = inside("schema")
    schema = json.loads(volley("schema", "project").out)
    with open(os.path.join(SOURCE, "specs/volley-project.schema.json")) as file:
        assert schema == json.load(file)
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    told = volley("check", "sub", "--origin", "-v", "--var",
                  "base=http://127.0.0.1:9", cwd=path)
    names = set(re.findall(r"^  (\S+) +.* (?:built-in|command line)$",
                           told.out.split("\n\n")[0], re.M))
    known = schema["$defs"]["options"]["properties"]
    assert names - {"project"} == set(known) - {"$comment"}, (
        names ^ set(known))
    for name in sorted(names):
        for value in (True, 1, 1.5, "x", "", None, {}, [], ["x"], [1], [True]):
            for content in ({"options": {name: value}},
                            {"environments": {"a": {"options":
                                                    {name: value}}}}):
                project(path, content)
                told = volley("check", "sub", "--var",
                              "base=http://127.0.0.1:9", cwd=path)
                is_wrong = re.search(r'" (must be|is empty|cannot be said)',
                                     told.err)
                is_word = "enum" in known.get(name, {}) and value in ("x", "")
                assert is_word or validator.is_valid(content) == (
                    not is_wrong), (content, told)


@test
def every_key_of_the_schema_is_described_with_an_example_that_is_valid():
    schema = json.loads(volley("schema", "project").out)
    objects = [schema, *schema["$defs"].values()]
    seen = 0
    for entry in objects:
        for name, key in entry["properties"].items():
            assert key["description"] and not key["description"].isspace(), name
            if name != "$comment":
                assert key["examples"], name
                seen += 1
    assert seen > 30, seen
    path = inside("examples")
    os.makedirs(os.path.join(path, "schemas"))
    for name, key in schema["$defs"]["options"]["properties"].items():
        for example in key.get("examples", []):
            project(path, {"environments": {"e": {}, "f": {}}, "options":
                           {name: example} if name != "env" else {"env": "e"}})
            told = volley("check", "sub", "--var", "base=http://127.0.0.1:9",
                          cwd=path, env={"password": "12345"})
            assert told.status != 3, (name, told)


main()
