"""Limits of a run, as specs/base/buffer.h has them: what is exactly as large
as one allows is taken, and what is larger by one is refused."""
import base64

from harness import *

API = server("api")
HOSTILE = server("hostile")


def read_limits():
    """{name: number}, of lines like "    LIMIT = 300 * 1024, /* ... */"."""
    path = os.path.join(os.environ["VOLLEY_SOURCE"], "specs/base/buffer.h")
    with open(path) as file:
        found = re.findall(r"^ +(LIMIT_\w+) = ([0-9* <]+),", file.read(), re.M)
    assert found, path
    return {name: eval(number) for name, number in found}


limits = read_limits()


def expect(problem, request, more=None, options=(), **checks):
    """Runs a test; `problem` is what is told of it, None when it passes."""
    junit = os.path.join(folder, "limits.xml")
    told = run_tests([{"name": "t", "request": request, "expect": checks}],
                     "--report", "junit=" + junit, *options, more=more)
    assert told.status == (1 if problem else 0), told
    if problem:
        kind, message = problems(junit)["t"]
        assert kind == "volley." + problem[0], kind
        assert problem[1] in message, message


@test
def headers_are_counted():
    most = limits["LIMIT_HEADER_COUNT"]
    path = HOSTILE + "/many-headers/%d"  # beside its length
    expect(None, {"url": path % (most - 1)})
    expect(("transport", "too many headers"), {"url": path % most})
    expect(None, {"url": path % most}, error="too_large")


@test
def headers_are_measured_together():
    most = limits["LIMIT_HEADER_BYTES"]
    path = HOSTILE + "/head/%d"
    expect(None, {"url": path % most}, size={"headers": most})
    expect(("transport", "headers are too long"), {"url": path % (most + 1)})
    expect(None, {"url": path % (most + 1)}, error="too_large")


@test
def redirects_are_counted():
    most = limits["LIMIT_REDIRECTS"]
    path = HOSTILE + "/redirects/%d"
    expect(None, {"url": path % most, "follow": most}, redirects=most)
    expect(("transport", str(most)), {"url": path % (most + 1),
                                      "follow": most})
    expect(None, {"url": path % (most + 1), "follow": most}, error="redirects")
    told = run_tests([{"name": "t", "request": {"url": path % most,
                                                "follow": most + 1}}])
    assert told.status == 3 and f'from 0 to {most}' in told.err, told


@test
def headers_are_those_of_one_answer():
    hops = limits["LIMIT_REDIRECTS"]
    each = 20  # of a hop, beside where it leads and its length
    assert hops * each >= limits["LIMIT_HEADER_COUNT"]
    expect(None, {"url": HOSTILE + f"/redirects/{hops}", "follow": hops},
           size={"headers": {"lt": 200}})


def expect_body_limit(most, options=()):
    path = API + "/bytes/%d"
    held = {"matches": "^[^x]?"}
    expect(None, {"url": path % most}, options=options, body=held)
    expect(("transport", "larger than --max-body allows"),
           {"url": path % (most + 1)}, options=options, body=held)
    expect(None, {"url": path % (most + 1)}, options=options,
           size={"body": most + 1})


@test
def a_body_that_is_held_has_a_limit():
    expect_body_limit(limits["LIMIT_BODY_BYTES"])


@test
def a_body_that_is_held_has_the_limit_that_was_given():
    expect_body_limit(1000, ("--max-body", "1000"))


@test
def a_json_body_nests_to_a_limit():
    most = limits["LIMIT_JSON_DEPTH"]
    path = HOSTILE + "/deep/%d"
    checks = {"$": {"type": "array"}}
    expect(None, {"url": path % most}, json=checks)
    expect(("assertion", f"deeper than the {most} levels"),
           {"url": path % (most + 1)}, json=checks)


PIECES = 8  # each small enough for a template, and two of them for a spec


def pieces(size, around):
    """Variables whose values are, with what is around them, of this size."""
    piece = size // PIECES
    rest = size - (PIECES - 1) * piece - around
    return ({"variables": {"x": "x" * piece, "y": "y" * rest}},
            ["{{x}}"] * (PIECES - 1) + ["{{y}}"])


def expect_upload(size, around, key, make_body, problem=None):
    more, values = pieces(size, around)
    log = os.path.join(folder, "upload.jsonl")
    if os.path.exists(log):
        os.remove(log)
    expect(problem, {"url": HOSTILE + "/well", key: make_body(values)}, more,
           options=("--report", "log=" + log))
    sent = [line["exchanges"] for line in log_lines(log)
            if line["event"] == "test_finished"][0]
    assert problem or sent[0]["sent_bytes"] > size, sent
    assert not problem or not sent or sent[0]["sent_bytes"] == 0, sent


@test
def a_json_body_to_be_sent_has_a_limit():
    most = limits["LIMIT_UPLOAD_BYTES"]
    around = len(json.dumps([""] * PIECES, separators=(",", ":")))
    expect_upload(most, around, "json", list)
    expect_upload(most + 1, around, "json", list,
                  ("spec", f"the body is larger than {most >> 20} MiB"))


@test
def a_form_to_be_sent_has_a_limit():
    most = limits["LIMIT_UPLOAD_BYTES"]
    around = len("&".join(["a="] * PIECES))
    expect_upload(most, around, "form", lambda values: {"a": values})
    expect_upload(most + 1, around, "form", lambda values: {"a": values},
                  ("spec", f"the form is larger than {most >> 20} MiB"))


@test
def cookies_have_the_limit_of_headers():
    most = limits["LIMIT_HEADER_BYTES"]
    request = {"url": HOSTILE + "/well", "cookies": {"a": "{{x}}"}}
    longest = "x" * (most - len("a="))
    expect(None, request, {"variables": {"x": longest}})
    expect(("spec", "the cookies are too long"), request,
           {"variables": {"x": longest + "x"}})


def shown_bodies(size, **checks):
    """What the log shows of a body of this size that was sent, and of one
    that came: {"request": (bytes, left_out), "response": ...}."""
    log = os.path.join(folder, "shown.jsonl")
    if os.path.exists(log):
        os.remove(log)
    told = run_tests([{"name": "t", "request": {
        "url": API + f"/bytes/{size}", "method": "GET", "text": "x" * size},
        "expect": {"status": 418, **checks}}], "--report", "log=" + log)
    assert told.status == 1, told
    transcript = [line for line in log_lines(log) if line["event"] ==
                  "test_finished"][0]["exchanges"][0]["transcript"]
    return {side: (base64.b64decode(shown["body_base64"])
                   if "body_base64" in shown else shown["body"].encode(),
                   shown.get("left_out"))
            for side, shown in transcript.items() if side != "curl"}


@test
def a_body_is_shown_to_a_limit():
    most = limits["LIMIT_BODY_TOLD"]
    held = {"body": {"matches": "^[^x]?"}}
    for size, checks in ((most, {}), (most + 1, {}),
                         (most, held), (most + 1, held)):
        shown = shown_bodies(size, **checks)
        body, left_out = shown["response"]
        assert len(body) == most and left_out == size - most, shown
        assert len(shown["request"][0]) == most, shown


main()
