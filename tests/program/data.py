"""Rows of data: each of a test, --data for all, and conditions over them."""
from harness import *

API = server("api")
REPORT = os.path.join(folder, "rows.xml")


def send(**more):
    """A test that gets back what its row says."""
    return {"name": "send",
            "request": {"url": API + "/anything",
                        "json": {"city": "{{city}}", "size": "{{size}}"}},
            "expect": {"json": {"$.json.city": "{{city}}",
                                "$.json.size": "{{size}}"}}, **more}


def told_by(cases, *arguments, **options):
    """The outcome of each test, by its name."""
    told = run_tests(cases, "--report", "junit=" + REPORT, *arguments,
                     **options)
    assert told.status == 0, told
    return outcomes(REPORT)


@test
def each_row_is_a_test_of_its_own():
    found = told_by([send(each=[{"city": "Bonn", "size": 1},
                                {"name": "big", "city": "Ulm", "size": None}],
                          repeat=2)])
    assert found == {name: "passed" for name in (
        "send [row 1] [0]", "send [row 1] [1]",
        "send [big] [0]", "send [big] [1]")}, found


@test
def rows_of_a_file_keep_their_types():
    write("typed.csv", 'name,city,size:integer\r\n'
                       '"a, b",007,12\r\nplain,"Bad ""Ems""",\r\n')
    case = send(each="typed.csv")
    case["expect"]["json"]["$.json.size"] = {"type": ["integer", "null"]}
    case["expect"]["json"]["$.json.city"] = {"type": "string"}
    found = told_by([case])
    assert found == {"send [a, b]": "passed", "send [plain]": "passed"}, found


@test
def data_is_for_every_test_without_its_own():
    write("cities.ndjson", '{"city": "Bonn", "size": 1}\n'
                           '\n{"city": "Ulm", "size": 2}\n')
    own = send(each=[{"city": "Kiel", "size": 3}])
    own["name"] = "own"
    found = told_by([send(), own], "--data", "cities.ndjson")
    assert found == {"send [row 1]": "passed", "send [row 2]": "passed",
                     "own [row 1]": "passed"}, found


@test
def data_may_come_through_a_pipe():
    suite("piped.json", [send()])
    for rows in ("city,size\nBonn,1\nUlm,2\n", '[{"city": 1, "size": 2},'
                 ' {"city": 3, "size": 4}]', '{"city": 1, "size": 2}\n'
                 '{"city": 3, "size": 4}\n'):
        told = run("piped.json", "--data", "-", "--report", "junit=" + REPORT,
                   stdin=rows.encode())
        assert told.status == 0, told
        assert sorted(outcomes(REPORT)) == \
            ["send [row 1]", "send [row 2]"], rows


@test
def a_row_outranks_what_the_command_line_says():
    told_by([send(each=[{"city": "Bonn", "size": 1}])],
            "--var", "city=Ulm", "--var", "size=9")
    case = send(each=[{"city": "Bonn"}, {"city": "Ulm", "size": 2}])
    case["expect"]["json"]["$.json.size"] = {"in": [2, 9]}
    told_by([case], "--var", "size=9")


@test
def a_condition_skips_the_rows_that_it_does_not_hold_of():
    told = run_tests([send(each=[{"city": "Bonn", "size": 1},
                                 {"city": "Ulm", "size": 2}],
                           when={"size": {"gt": 1}})],
                     "--report", "junit=" + REPORT)
    assert told.status == 0, told
    assert outcomes(REPORT) == {"send [row 1]": "skipped",
                                    "send [row 2]": "passed"}
    assert problems(REPORT)["send [row 1]"][1] == \
        "when: size is 1, expected greater than 1"


@test
def a_condition_waits_for_its_capture():
    first = {"name": "first", "request": {"url": API + "/anything",
                                          "json": {"ready": False}},
             "capture": {"ready": {"json": "$.json.ready"}}}
    then = {"name": "then", "request": {"url": API + "/status/500"},
            "when": {"ready": True}}
    told = run_tests([then, first], "--report", "junit=" + REPORT)
    assert told.status == 0, told
    assert outcomes(REPORT) == {"first": "passed", "then": "skipped"}


@test
def many_rows_take_no_memory():
    if is_sanitized():
        raise Skip("a sanitizer keeps what was freed")
    header = "city,size:integer\n"
    peaks = []
    for count in (2000, 20000):
        write("many.csv", header + "".join(
            f"city {i},{i}\n" for i in range(count)))
        case = send(each="many.csv")
        case["when"] = {"size": -1}
        suite("many.json", [case])
        peaks.append(peak_kib("run", "-q", "--allow-empty", "many.json"))
    assert peaks[1] < peaks[0] + 8192, peaks


main()
