"""Variables that are nearly an option's are warned of, once, and change
nothing."""
from harness import *

API = server("api")
WARNING = ("volley: warning: no option is set by {}; "
           "did you mean {}?\n").format


def cases():
    return [{"name": "ok", "request": {"url": API + "/health"}}]


@test
def a_misspelt_variable_is_warned_of_once():
    told = run_tests(cases(), env={"VOLLEY_JOB": "3"})
    assert told.status == 0, told
    assert told.err == WARNING("VOLLEY_JOB", "VOLLEY_JOBS"), told
    told = volley("compare", "suite.json", "--runs", "2",
                  env={"VOLLEY_TIMEOT": "5s"})
    assert told.status == 0, told
    assert told.err == WARNING("VOLLEY_TIMEOT", "VOLLEY_TIMEOUT"), told


@test
def every_command_that_reads_suites_warns():
    path = suite("suite.json", cases())
    for command in ("check", "list", "plan"):
        told = volley(command, path, env={"VOLLEY_VARSS": "a.env"})
        assert told.status == 0, told
        assert told.err == WARNING("VOLLEY_VARSS", "VOLLEY_VARS"), told
    for arguments in (("schema",), ("help",), ("run", "--help")):
        told = volley(*arguments, env={"VOLLEY_VARSS": "a.env"})
        assert told.status == 0 and told.err == "", told


@test
def names_of_others_are_silent():
    told = run_tests(cases(), env={
        "VOLLEY": "x", "VOLLEY_API": "x", "VOLLEY_HOSTILE": "x",
        "VOLLEY_SOURCE": "x", "VOLLEY_BUILD": "x", "VOLLEY_SHARED": "x",
        "VOLLEY_PORT": "80", "VOLLEY_RUNS": "3", "VOLLEY_VAR_job": "x"})
    assert told.status == 0 and told.err == "", told


main()
