"""JSON Schemas beside suites, in folders, and how they are told."""
from harness import *

API = server("api")
ECHO = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "required": ["args", "method"],
    "properties": {
        "method": {"enum": ["POST"]},
        "url": {"format": "ipv4"},
        "args": {"$ref": "https://example.org/schemas/parts/args.json"},
    },
}
ARGS = {"type": "object", "properties": {"n": {"maxLength": 2}}}


def write(path, value):
    path = os.path.join(folder, path)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as file:
        json.dump(value, file, indent=1)


def ask(expect, *options, url="/anything?n=123"):
    suite("schema.json", [{"name": "t", "request": {"url": API + url},
                           "expect": expect}])
    return run("schema.json", *options)


MAPPED = ("--schemas", "https://example.org/schemas/=mapped")
write("echo.json", ECHO)
write("mapped/parts/args.json", ARGS)


@test
def a_file_beside_the_suite_is_asked():
    log = os.path.join(folder, "schema.jsonl")
    told = ask({"schema": "echo.json"}, "--report", "log=" + log, *MAPPED)
    assert told.status == 1, told
    assert "echo.json#/properties/method/enum" in told.out, told
    assert '"GET"' in told.out, told
    assert "and 1 more mistake" in open(log).read(), told


@test
def what_a_uri_leads_to_is_in_a_folder_only():
    told = ask({"schema": "echo.json"})
    assert told.status == 3, told
    assert "nothing is read from the network" in told.err, told
    assert "\necho.json:18:" in "\n" + told.err, told
    told = ask({"json": {"$.args": {"schema": {
        "$ref": "https://example.org/schemas/parts/args.json"}}}}, *MAPPED)
    assert told.status == 1, told
    assert "$.args.n" in told.out, told
    assert "mapped/parts/args.json#/properties/n/maxLength" in told.out, told


@test
def formats_fail_when_they_are_asked_to():
    expect = {"json": {"$.url": {"schema": {"format": "ipv4"}}}}
    draft_7 = {"json": {"$.url": {"schema": {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "format": "ipv4"}}}}
    assert ask(expect).status == 0
    assert ask(expect, "--schema-format", "assert").status == 1
    assert ask(draft_7).status == 1
    assert ask(draft_7, "--schema-format", "ignore").status == 0


@test
def options_are_checked():
    told = ask({"schema": True}, "--schemas", "mapped")
    assert told.status == 2 and "is not URI=DIR" in told.err, told
    told = ask({"schema": True}, "--schemas", "https://a.test/=nowhere")
    assert told.status == 2 and 'no folder "nowhere"' in told.err, told
    told = ask({"schema": True}, "--schema-format", "asert")
    assert told.status == 2 and "assert" in told.err, told


@test
def a_project_names_folders_from_where_it_stands():
    write("deep/volley.json", {"options": {"schemas": [
        "https://example.org/schemas/=../mapped"]}})
    suite("deep/suites/a.json", [
        {"name": "t", "request": {"url": API + "/anything?n=1"},
         "expect": {"json": {"$.args": {"schema": {
             "$ref": "https://example.org/schemas/parts/args.json"}}}}}])
    told = run("a.json", cwd=os.path.join(folder, "deep/suites"))
    assert told.status == 0, told


@test
def no_file_outside_of_the_root_is_read():
    write("root/volley.json", {})
    write("root/out.json", {"$ref": "../echo.json"})
    suite("root/a.json", [{"name": "t", "request": {"url": API + "/anything"},
                           "expect": {"schema": "../echo.json"}}])
    told = run("root/a.json", *MAPPED)
    assert told.status == 3 and "leads out of the file root" in told.err, told
    suite("root/a.json", [{"name": "t", "request": {"url": API + "/anything"},
                           "expect": {"schema": "out.json"}}])
    told = run("root/a.json", *MAPPED)
    assert told.status == 3 and "root/out.json:2:" in told.err, told


@test
def a_body_that_is_no_json_is_told():
    told = ask({"schema": True}, url="/bytes/10")
    assert told.status == 1 and "not JSON" in told.out, told


main()
