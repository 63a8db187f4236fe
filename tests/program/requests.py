"""What goes out: the demo API says what it got."""
from harness import *

API = server("api")
HOSTILE = server("hostile")


def echo(request, path="/anything", **more):
    """Sends one request and returns what the API says of it."""
    log = os.path.join(folder, "echo.jsonl")
    expect = {"status": 599}  # fails, so that the log holds the exchange
    suite("echo.json", [{"name": "echo",
                         "request": {"url": API + path, **request},
                         "expect": expect}], **more)
    told = run("echo.json", "--report", "log=" + log)
    assert told.status == 1, told
    for line in log_lines(log):
        for exchange in line.get("exchanges", []):
            return json.loads(exchange["transcript"]["response"]["body"])
    raise AssertionError(told)


@test
def get_is_the_default_and_a_body_makes_it_post():
    assert echo({})["method"] == "GET"
    assert echo({"json": {}})["method"] == "POST"
    assert echo({"method": "PATCH", "json": {}})["method"] == "PATCH"
    assert echo({"method": "DELETE"})["method"] == "DELETE"
    assert echo({"method": "PURGE"})["method"] == "PURGE"


@test
def methods_with_a_body_say_its_length_when_it_is_empty():
    for method in ("POST", "PUT", "PATCH"):
        got = echo({"method": method})
        assert got["method"] == method, got
        assert got["headers"]["Content-Length"] == "0", got
        assert "Content-Type" not in got["headers"], got
    assert "Content-Length" not in echo({"method": "DELETE"})["headers"]


def head_of(request):
    """The head of a request as its bytes came, on a socket of our own."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        url = "http://127.0.0.1:%d/" % listening.getsockname()[1]
        suite("head.json", [{"name": "t", "request": {"url": url, **request},
                             "expect": {"error": "reset"}}])
        process = start([VOLLEY, "run", "head.json"], cwd=folder,
                        env=clean_environment())
        caller, _ = listening.accept()
        head = caller.recv(4000).decode("latin-1").split("\r\n\r\n")[0]
        caller.close()
    process.communicate(timeout=WAIT_S)
    return head.split("\r\n")


@test
def large_bodies_do_not_wait_for_a_continue():
    write("large.bin", b"y" * 3000000)
    head = head_of({"file": "large.bin"})
    assert "Content-Length: 3000000" in head, head
    assert not [line for line in head if line.startswith("Expect")], head
    head = head_of({"text": "x", "headers": {"Expect": "100-continue"}})
    assert "Expect: 100-continue" in head, head


@test
def query_values_are_encoded_and_repeated():
    args = echo({"query": {"a": "x y&z", "n": 10, "list": ["1", "2"],
                           "flag": True}})["args"]
    assert args == {"a": "x y&z", "n": "10", "list": ["1", "2"],
                    "flag": "true"}, args


@test
def headers_keep_their_spelling_and_repeat():
    headers = echo({"headers": {"X-One": "1", "x-TWO": ["a", "b"],
                                "X-Empty": ""}})["headers"]
    assert headers["X-One"] == "1", headers
    assert headers["x-TWO"] == ["a", "b"], headers
    assert headers["X-Empty"] == "", headers
    assert headers["User-Agent"].startswith("volley/"), headers


@test
def a_null_removes_a_default_header():
    defaults = {"request": {"headers": {"X-Team": "blue", "x-keep": "1"}}}
    headers = echo({"headers": {"x-team": None}}, defaults=defaults)["headers"]
    assert "X-Team" not in headers and headers["x-keep"] == "1", headers


@test
def json_bodies_keep_types_and_big_numbers():
    body = {"big": 18446744073709551615, "t": "{{x}}", "s": "n={{x}}"}
    got = echo({"json": body}, variables={"x": 7})
    assert got["headers"]["Content-Type"] == "application/json", got
    assert json.loads(got["data"]) == {"big": 18446744073709551615, "t": 7,
                                       "s": "n=7"}, got


@test
def forms_are_encoded():
    got = echo({"form": {"a": "1 2", "b": ["x", "y&"], "ü": "é"}})
    kind = got["headers"]["Content-Type"]
    assert kind == "application/x-www-form-urlencoded", kind
    assert got["form"] == {"a": "1 2", "b": ["x", "y&"], "ü": "é"}, got


@test
def text_and_files_are_sent_as_they_are():
    got = echo({"text": "hello {{who}}"}, variables={"who": "you"})
    assert got["data"] == "hello you", got
    assert got["headers"]["Content-Type"] == "text/plain; charset=utf-8", got
    write("body.txt", "from a file")
    got = echo({"file": "body.txt",
                "headers": {"content-type": "text/x-own"}})
    assert got["data"] == "from a file", got
    assert got["headers"]["content-type"] == "text/x-own", got


@test
def a_file_outside_of_the_root_is_refused():
    told = run_tests([{"name": "t", "request": {"url": API,
                                                "file": "/etc/passwd"}}])
    assert told.status == 3 and "/etc/passwd" in told.err, told


@test
def basic_and_bearer_credentials_are_sent():
    auth = {"basic": {"user": "u", "password": "p w"}}
    told = run_tests([
        {"name": "basic", "request": {"url": API + "/basic-auth/u/p%20w",
                                      "auth": auth}},
        {"name": "wrong", "request": {"url": API + "/basic-auth/u/other",
                                      "auth": auth},
         "expect": {"status": 401}},
        {"name": "bearer", "request": {"url": API + "/bearer",
                                       "auth": {"bearer": "t"}}},
    ])
    assert told.status == 0, told


@test
def a_line_break_in_a_header_is_refused():
    told = run_tests([{"name": "t", "request": {
        "url": API, "headers": {"X": "a{{nl}}b"}}}],
        more={"variables": {"nl": "\r\nEvil: 1"}})
    assert told.status == 3 and "line break" in told.err, told


@test
def a_user_with_a_colon_cannot_be_sent():
    told = run_tests([{"name": "t", "request": {"url": API, "auth": {
        "basic": {"user": "{{who}}", "password": "x"}}}}],
        more={"variables": {"who": "a:b"}})
    assert told.status == 3 and "colon" in told.err, told


@test
def an_empty_header_is_empty():
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        url = "http://127.0.0.1:%d/" % listening.getsockname()[1]
        suite("empty.json", [{"name": "t", "request": {"url": url}, "expect": {
            "headers": {"x-empty": "", "x-blank": {"empty": True}}}}])
        process = start([VOLLEY, "run", "empty.json"], cwd=folder,
                        env=clean_environment())
        caller, _ = listening.accept()
        caller.recv(4000)
        caller.sendall(b"HTTP/1.1 200 OK\r\nX-Empty:\r\nX-Blank:  \r\n"
                       b"Content-Length: 0\r\n\r\n")
        out, _ = process.communicate(timeout=WAIT_S)
        caller.close()
    assert process.returncode == 0, out


@test
def redirects_are_followed_only_when_asked():
    told = run_tests([
        {"name": "not", "request": {"url": API + "/redirect/2"},
         "expect": {"status": 302}},
        {"name": "yes", "request": {"url": API + "/redirect/2",
                                    "follow": True},
         "expect": {"status": 200, "redirects": 2}},
        {"name": "too many", "request": {"url": API + "/redirect/3",
                                         "follow": 2},
         "expect": {"error": "redirects"}},
    ])
    assert told.status == 0, told


@test
def redirects_keep_or_change_the_method_as_the_standard_says():
    """RFC 9110, 15.4: only POST becomes GET on 301 and 302; 303 is for all."""
    rows = [("POST", 301, "GET"), ("POST", 302, "GET"), ("POST", 303, "GET"),
            ("POST", 307, "POST"), ("PUT", 301, "PUT"), ("PUT", 302, "PUT"),
            ("PUT", 303, "GET"), ("PUT", 307, "PUT"), ("DELETE", 302, "DELETE"),
            ("DELETE", 303, "GET"), ("DELETE", 308, "DELETE")]
    cases = []
    for method, status, then in rows:
        body = {} if method == "DELETE" else {"text": "body"}
        expected = {"$.method": then}
        if body:
            expected["$.data"] = "body" if then == method else ""
        cases.append({"name": f"{method} {status}", "request": {
            "url": "/redirect-to", "query": {"url": API + "/anything",
                                             "status": status},
            "method": method, "follow": True, **body},
            "expect": {"json": expected}})
    told = run_tests(cases, "--jobs", 1, more={"base_url": API})
    assert told.status == 0, told


@test
def credentials_do_not_follow_to_another_host():
    other = HOSTILE.replace("127.0.0.1", "localhost") + "/credentials"
    request = {"url": API + "/redirect-to", "follow": True,
               "query": {"url": other, "status": 302}}
    nothing = {"json": {"$": {"equals": {"authorization": False,
                                         "cookie": False}}}}
    told = run_tests([
        {"name": "cookies", "request": {**request, "cookies": {"a": "1"}},
         "expect": nothing},
        {"name": "bearer", "request": {**request, "auth": {"bearer": "t"}},
         "expect": nothing},
        {"name": "basic", "request": {**request, "auth": {"basic": {
            "user": "u", "password": "p"}}}, "expect": nothing},
        {"name": "header", "request": {**request, "headers": {
            "Authorization": "x", "Cookie": "b=2"}}, "expect": nothing},
    ])
    assert told.status == 0, told


@test
def cookies_of_copies_do_not_depend_on_who_was_faster():
    told = run_tests([
        {"name": "set", "repeat": 5, "steps": [
            {"request": {"url": "/delay/0.0{{index}}"}},
            {"request": {"url": "/cookies/set?v={{index}}"},
             "expect": {"status": 302}}]},
        {"name": "see", "after": ["set"], "request": {"url": "/cookies"},
         "expect": {"json": {"$.cookies.v": "4"}}},
        {"name": "reverse", "repeat": 3, "steps": [
            {"request": {"url": "/anything"}, "expect": {"status": 200}},
            {"request": {"url": "/cookies/set?w={{index}}"},
             "expect": {"status": 302}}]},
    ], more={"base_url": API})
    assert told.status == 0, told


@test
def a_file_that_cannot_be_opened_errs():
    if os.geteuid() == 0 and not shutil.which("setpriv"):
        raise Skip("needs another user")
    write("locked.bin", b"x")
    os.chmod(folder, 0o755)
    os.chmod(os.path.join(folder, "locked.bin"), 0)
    suite("locked.json", [{"name": "t", "request": {
        "url": API + "/anything", "file": "locked.bin"},
        "expect": {"error": "request"}}])
    os.chmod(os.path.join(folder, "locked.json"), 0o644)
    binary = os.path.join(folder, "volley")  # where everybody may run it
    shutil.copy(VOLLEY, binary)
    command = [binary, "run", "locked.json"]
    if os.geteuid() == 0:
        if is_sanitized():
            raise Skip("a sanitizer wants its own user")
        command = ["setpriv", "--reuid=65534", "--clear-groups"] + command
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True,
                          timeout=WAIT_S, env=clean_environment())
    assert done.returncode == 0 and "1 passed" in done.stdout, (
        done.returncode, done.stdout, done.stderr)


@test
def compressed_answers_are_decoded():
    told = run_tests([{"name": "gzip", "request": {"url": API + "/gzip",
                                                   "compressed": True},
                       "expect": {"json": {"$": {"type": "object"}}}}])
    assert told.status == 0, told


@test
def cookies_follow_dependencies_and_nothing_else():
    told = run_tests([
        {"name": "set", "request": {"url": "/cookies/set?session=abc"},
         "expect": {"status": 302}},
        {"name": "behind", "after": ["set"], "request": {"url": "/cookies"},
         "expect": {"json": {"$.cookies.session": "abc"}}},
        {"name": "beside", "request": {"url": "/cookies"},
         "expect": {"json": {"$.cookies.session": {"exists": False}}}},
        {"name": "own", "after": ["set"],
         "request": {"url": "/cookies", "cookies": {"mine": "1"}},
         "expect": {"json": {"$.cookies": {"equals": {
             "session": "abc", "mine": "1"}}}}},
        {"name": "steps", "steps": [
            {"request": {"url": "/cookies/set?a=1", "follow": True}},
            {"request": {"url": "/cookies"},
             "expect": {"json": {"$.cookies.a": "1"}}}]},
        {"name": "not stored", "after": ["own"],
         "request": {"url": "/cookies"},
         "expect": {"json": {"$.cookies.mine": {"exists": False}}}},
    ], more={"base_url": API})
    assert told.status == 0, told


@test
def what_was_never_sent_is_no_request():
    """Nobody listens there, or the run was over; a run of ten refused
    connections is not a fast one."""
    log = os.path.join(folder, "count.jsonl")
    junit = os.path.join(folder, "count.xml")
    there = f"http://127.0.0.1:{free_port()}/"
    cases = [{"name": "refused", "repeat": 10, "request": {"url": there},
              "expect": {"error": "connect"}},
             {"name": "twice", "retry": 1, "request": {
                 "url": API + "/status/500"}},
             {"name": "file", "request": {"url": HOSTILE + "/well"}}]
    for more in ([], ["--serial"]):
        told = run_tests(cases, "--report", "log=" + log, *more)
        end = log_lines(log)[-1]
        assert end["requests"] == 3, end
        shown = re.search(r" ([\d.]+) requests/s", told.out)
        assert float(shown[1]) <= 3 / (end["duration_ns"] / 1e9) + 1, told
    told = run_tests(cases[:1], "--report", "log=" + log)
    assert told.status == 0 and "requests/s" not in told.out, told
    assert log_lines(log)[-1]["requests"] == 0, told
    told = volley("compare", "suite.json", "--runs", "1", "--report",
                  "junit=" + junit)
    assert "10 tests, 0 requests;" in told.out, told
    rates = [one.get("value") for one in xml.parse(junit).iter("property")
             if one.get("name").endswith("requests_per_second")]
    assert rates and {float(rate) for rate in rates} == {0}, rates


@test
def relative_urls_join_the_base():
    told = run_tests([{"name": "t", "request": {"url": "todos?x=1"},
                       "expect": {"json": {"$.url": {
                           "ends_with": "/anything/v1/todos?x=1"}}}}],
                     more={"base_url": API + "/anything/v1/"})
    assert told.status == 0, told


@test
def head_has_no_body():
    told = run_tests([{"name": "head", "request": {
        "url": API + "/json", "method": "HEAD"},
        "expect": {"status": 200, "size": {"body": 0}}}])
    assert told.status == 0, told


main()
