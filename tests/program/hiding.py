"""What is secret shows nowhere."""
from harness import *

API = server("api")
SECRET = "pa55/word \"x\""
SPELLINGS = [SECRET, "pa55%2Fword%20%22x%22", "pa55%2Fword+%22x%22",
             'pa55/word \\"x\\"']


def everything_told(cases, *arguments, more=None, env=None):
    reports = [os.path.join(folder, name) for name in ("s.xml", "s.jsonl")]
    told = run_tests(cases, "-vv", "--report", "junit=" + reports[0],
                     "--report", "log=" + reports[1], *arguments,
                     more={"base_url": API, **(more or {})}, env=env)
    texts = [told.out, told.err]
    for path in reports:
        with open(path, encoding="utf-8") as file:
            texts.append(file.read())
    return told, texts


def assert_hidden(texts, words):
    for text in texts:
        for word in words:
            assert word not in text, (word, text)
            escaped = json.dumps(word)[1:-1]
            assert escaped not in text, (escaped, text)


@test
def a_secret_of_the_command_line_shows_nowhere():
    case = {"name": "t", "request": {
        "url": "/anything", "query": {"q": "{{password}}"},
        "headers": {"X-Key": "{{password}}"},
        "json": {"password": "{{password}}"}},
        "expect": {"status": 404, "json": {"$.json.password": "other"}}}
    told, texts = everything_told([case], "--secret", "password=" + SECRET)
    assert told.status == 1 and "***" in told.out, told
    assert_hidden(texts, SPELLINGS)


@test
def a_secret_of_the_suite_comes_from_the_environment():
    case = {"name": "t", "request": {"url": "/anything",
                                     "form": {"p": "{{password}}"}},
            "expect": {"body": {"contains": "nowhere"}}}
    told, texts = everything_told([case], more={"secrets": ["password"]},
                                  env={"password": SECRET})
    assert told.status == 1, told
    assert_hidden(texts, SPELLINGS)


@test
def secrets_are_hidden_however_they_are_written():
    secret = "a&b<c>\"d'e f/g"
    told, texts = everything_told([
        {"name": "path", "request": {"url": "/anything/{{s}}"},
         "expect": {"status": 404}},
        {"name": "basic", "request": {"url": "/anything", "auth": {"basic": {
            "user": "bob", "password": "builder-pass"}}},
         "expect": {"status": 404}},
        {"name": "method", "request": {"url": "/anything", "method": "{{m}}"},
         "expect": {"status": 404}},
    ], "--secret", "s=" + secret, "--secret", "m=VERYSECRET")
    assert told.status == 1, told
    assert_hidden(texts, [secret, "a&b", "d'\\''e", "VERYSECRET",
                          "builder-pass", "Ym9iOmJ1aWxkZXItcGFzcw=="])


@test
def a_captured_secret_object_is_hidden_in_its_parts():
    told, texts = everything_told([
        {"name": "log in", "request": {"url": "/anything", "json": {
            "auth": {"tok": "part-1-secret", "pin": 987654321}}},
         "capture": {"a": {"json": "$.json.auth", "secret": True}}},
        {"name": "use", "request": {"url": "/anything",
                                    "query": {"t": "{{a.tok}}",
                                              "p": "{{a.pin}}"}},
         "expect": {"status": 404}},
    ])
    assert told.status == 1, told
    assert_hidden(texts, ["part-1-secret", "987654321"])


@test
def a_missing_or_empty_secret_is_an_error():
    case = {"name": "t", "request": {"url": "/anything"}}
    for env in ({}, {"password": ""}):
        told, _ = (run_tests([case], more={"base_url": API,
                                           "secrets": ["password"]}, env=env),
                   None)
        assert told.status == 3 and "password" in told.err, told


@test
def credentials_are_hidden_without_being_declared():
    cases = [
        {"name": "bearer", "request": {"url": "/headers", "auth": {
            "bearer": "tok-12345"}}, "expect": {"status": 404}},
        {"name": "header", "request": {"url": "/headers", "headers": {
            "Authorization": "Custom tok-67890"}}, "expect": {"status": 404}},
        {"name": "cookie", "request": {"url": "/status/500", "cookies": {
            "sid": "cookie-999"}}},
        {"name": "set", "request": {"url": "/cookies/set?sid=cookie-777"},
         "expect": {"status": 404}},
    ]
    told, texts = everything_told(cases)
    assert told.status == 1, told
    assert_hidden(texts, ["tok-12345", "tok-67890", "cookie-999",
                          "cookie-777"])
    shown = [pair for line in log_lines(os.path.join(folder, "s.jsonl"))
             for exchange in line.get("exchanges", [])
             for side in ("request", "response")
             for pair in exchange["transcript"][side]["headers"]]
    assert ["Authorization", "***"] in shown, shown
    assert ["Set-Cookie", "***"] in shown, shown


@test
def a_wrong_cookie_is_told_without_its_value():
    told, texts = everything_told([
        {"name": "cookie", "request": {"url": "/cookies/set?sid=cookie-777"},
         "expect": {"status": 302, "cookies": {"sid": "other"},
                    "headers": {"set-cookie": "other"}}}])
    assert told.status == 1, told
    assert_hidden(texts, ["cookie-777"])


@test
def a_line_of_the_spec_that_holds_a_secret_is_not_shown():
    write("line.json", json.dumps({"base_url": API, "tests": [
        {"name": "t", "request": {"url": "/json", "auth": {
            "bearer": "tok-in-the-spec"}}, "expect": {"status": 404}}]}))
    told = run("line.json")
    assert told.status == 1 and "tok-in-the-spec" not in told.out, told


@test
def a_captured_secret_is_hidden_from_then_on():
    cases = [
        {"name": "log in", "request": {"url": "/anything",
                                       "json": {"token": "cap-555-secret"}},
         "capture": {"token": {"json": "$.json.token", "secret": True}}},
        {"name": "use", "request": {"url": "/anything",
                                    "query": {"t": "{{token}}"}},
         "expect": {"status": 404}},
    ]
    told, texts = everything_told(cases)
    assert told.status == 1, told
    assert_hidden(texts, ["cap-555-secret"])


main()
