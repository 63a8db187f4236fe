"""Templates of constants: what they become is looked at before a request is
sent; what a capture makes of them, when that request is made."""
from harness import *

API = server("api")


def sent():
    return get(API + "/metrics")["requests"]


def check_refused(case, *words, options=(), env=None, **more):
    suite("constant.json",
          [{"name": "good", "request": {"url": API + "/health"}},
           {"name": "t", "request": {"url": API + "/health"}, **case}], **more)
    get(API + "/metrics/reset", "POST")
    told = volley("run", "constant.json", *options, env=env)
    assert told.status == 3, told
    assert "nothing was sent" in told.err, told
    for word in words:
        assert word in told.err, (word, told)
    assert sent() <= 1, "something was sent"
    return told


@test
def nothing_is_sent_when_a_constant_is_wrong():
    check_refused({"expect": {"status": "{{bad}}"}},
                  '"{{bad}}" is "nope" here; a status is a number from 100',
                  variables={"bad": "nope"})


@test
def it_does_not_matter_where_the_constant_comes_from():
    status = {"expect": {"status": "{{bad}}"}}
    write("vars.env", "bad=vars\n")
    check_refused(status, 'is "var" here', options=["--var", "bad=var"])
    check_refused(status, 'is "vars" here', options=["--vars", "vars.env"])
    check_refused(status, 'is "env" here',
                  env={"VOLLEY_VAR_bad": "env"})
    check_refused({"expect": {"status": "{{env.BAD}}"}}, 'is "99" here',
                  env={"BAD": "99"})


@test
def a_value_of_the_command_line_can_mend_it():
    suite("mended.json", [{"name": "t", "request": {"url": API + "/health"},
                           "expect": {"status": "{{status}}"}}],
          variables={"status": "nope"})
    assert volley("check", "mended.json").status == 3
    told = run("mended.json", "--var", "status=200")
    assert told.status == 0, told


@test
def a_secret_is_never_shown():
    secret = "s3cr3t;Value"
    told = check_refused({"request": {"url": API + "/health",
                                      "cookies": {"c": "{{pw}}"}}},
                         '"{{pw}}" is wrong once it is filled',
                         "a cookie's value cannot hold",
                         options=["--secret", "pw=" + secret])
    assert secret not in told.out + told.err, told
    for case in [{"request": {"url": "{{made}}"}},
                 {"request": {"url": API, "method": "{{pw}}"}},
                 {"request": {"url": API, "file": "{{pw}}"}},
                 {"expect": {"error": "{{pw}}"}},
                 {"expect": {"headers": {"x": {"in": "{{made}}"}}}},
                 {"capture": {"x": {"header": "{{pw}}"}}},
                 {"capture": {"x": {"json": "$[{{made}}"}}}]:
        told = check_refused(case, "is wrong once it is filled; ",
                             env={"pw": secret}, secrets=["pw"],
                             variables={"made": "ftp://x {{pw}}/"})
        assert "s3cr" not in told.out + told.err, told


@test
def what_needs_a_missing_secret_is_not_looked_at():
    suite("missing.json", [{"name": "t",
                            "request": {"url": "{{where}}", "method": "{{pw}}"},
                            "expect": {"status": "{{made}}"}}],
          secrets=["pw", "where"], variables={"made": "{{pw}}"})
    for command in ["check", "list", "plan"]:
        told = volley(command, "missing.json")
        assert told.status == 0, told
    told = volley("check", "missing.json", env={"pw": "2x x", "where": "ftp:/"})
    assert told.status == 3, told
    assert told.err.count("is wrong once it is filled") == 3, told


@test
def captures_are_only_known_when_they_are_taken():
    """The same names are constants of the suite, and would be wrong."""
    told = run_tests([
        {"name": "giver", "request": {"url": API + "/anything", "method": "POST",
                                      "json": {"nl": "a\nb", "n": 200}},
         "capture": {"nl": {"json": "$.json.nl"}, "n": {"json": "$.json.n"}}},
        {"name": "status", "request": {"url": API + "/health"},
         "expect": {"status": "{{n}}"}},
        {"name": "header", "request": {"url": API, "headers": {
            "x": "{{nl}}"}}},
        {"name": "copies", "repeat": 2, "request": {"url": API + "/health"},
         "expect": {"redirects": {"lte": "{{index}}"}}}],
        more={"variables": {"nl": "fine", "n": "nope"}})
    assert told.status == 1, told
    assert "a header cannot hold a line break or a NUL" in told.out, told
    assert re.search(r"4 passed +1 erred", told.out), told


@test
def captures_are_judged_by_the_same_words():
    give = {"name": "giver",
            "request": {"url": API + "/anything", "method": "POST",
                        "json": {"v": "a:b;\nc"}},
            "capture": {"v": {"json": "$.json.v"}}}
    for case, words in [
            ({"request": {"url": API, "method": "{{v}}"}},
             "cannot be a method"),
            ({"request": {"url": "ftp{{v}}"}},
             "a URL cannot hold a control character"),
            ({"request": {"url": API, "cookies": {"c": "{{v}}"}}},
             "a cookie cannot hold a line break or a NUL"),
            ({"request": {"url": API, "auth": {"basic": {
                "user": "{{v}}", "password": "p"}}}},
             "a user's name cannot hold a colon"),
            ({"request": {"url": API + "/health"},
              "expect": {"status": {"in": "{{v}}"}}},
             '"in" takes a list of at least one value'),
            ({"request": {"url": API + "/health"},
              "expect": {"status": {"between": [100, "{{v}}"]}}},
             "a status is a number from 100 to 999")]:
        told = run_tests([give, {"name": "t", **case}])
        assert told.status == 1 and words in told.out, (words, told)


main()
