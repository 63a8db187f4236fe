"""Specs that are wrong: told with their place, nothing sent, status 3."""
from harness import *

API = server("api")


def check_refused(content, *words, status=3, command="run", name="bad.json"):
    path = write(name, content)
    told = volley(command, name)
    assert told.status == status, told
    for word in words:
        assert word in told.err, (word, told)
    assert told.err.startswith((name, "volley:")), told
    return path


def spec(**test):
    return {"base_url": API, "tests": [
        {"name": "t", "request": {"url": "/health"}, **test}]}


@test
def what_is_not_json():
    check_refused("{ nonsense", "bad.json:1:3")


@test
def an_empty_file():
    check_refused("", "empty")


@test
def too_deep():
    check_refused("[" * 200 + "]" * 200, "deep")


@test
def too_large():
    check_refused('{"name": "' + "x" * (50 << 20) + '"}', "large")


@test
def nul_bytes_and_other_encodings():
    check_refused(b'{"name": "a\0b"}', "bad.json:1:")
    check_refused(b'{"name": "\xff\xfe"}', "bad.json:1:")


@test
def misspelt_keys_get_a_hint():
    check_refused(spec(expct={}), '"expct"', 'did you mean "expect"')


@test
def all_mistakes_are_told():
    told_path = {"tests": [{"name": 1, "request": {"url": "http://h/{{nope}}"},
                            "expct": {}}], "nam": "x"}
    write("many.json", told_path)
    told = run("many.json")
    assert told.status == 3, told
    assert len(re.findall(r"^many\.json:\d+:\d+: ", told.err, re.M)) >= 4, told
    assert re.search(r"\d+ mistakes in 1 file; nothing was sent", told.err), told


@test
def wrong_types_cycles_and_names():
    check_refused(spec(tags="smoke"), '"tags"')
    check_refused({"tests": [
        {"name": "a", "after": ["b"], "request": {"url": "http://h/"}},
        {"name": "b", "after": ["a"], "request": {"url": "http://h/"}}]},
        "a → b → a")
    check_refused({"tests": [
        {"name": "a", "request": {"url": "http://h/{{x}}"},
         "capture": {"x": {"json": "$.x"}}}]}, '"x"')
    check_refused(spec(request={"url": "/{{tokn}}"}), "tokn")
    check_refused(spec(expect={"json": {"$.a[": 1}}), "bad.json:")
    check_refused(spec(expect={"body": {"matches": "a(b"}}), "bad.json:")


@test
def nothing_is_sent_when_anything_is_wrong():
    get(API + "/metrics/reset", "POST")
    suite("good.json", [{"name": "t", "request": {"url": API + "/health"}}])
    write("broken.json", "{")
    assert run("good.json", "broken.json").status == 3
    assert get(API + "/metrics")["requests"] <= 1


@test
def check_says_the_same():
    check_refused(spec(expct={}), "mistake in 1 file", command="check")
    suite("fine.json", [{"name": "t", "request": {"url": API + "/health"}}])
    assert volley("check", "fine.json").status == 0


main()
