#!/usr/bin/python3
"""Reads reports with python3-junitparser, as people's tools do, and compares
the counts that it found with those that the stories have.

usage: read_back.py TELL_PROGRAM
"""

import os
import subprocess
import sys
import tempfile

try:
    import junitparser
except ImportError:
    sys.exit(77)

# story: (tests, failures, errors, skipped)
WANTED = {
    "compared": (2, 0, 0, 0),
    "empty": (0, 0, 0, 0),
    "flaky": (9, 2, 1, 4),
    "hostile": (7, 3, 0, 3),
    "login": (22, 1, 0, 2),
    "passed": (3, 0, 0, 0),
    "skipped": (13, 0, 0, 13),
    "troubled": (5, 1, 1, 3),
}


def counts(suites):
    results = [case.result for suite in suites for case in suite]
    assert all(len(result) <= 1 for result in results)
    kinds = [type(result[0]) for result in results if result]
    return (
        len(results),
        kinds.count(junitparser.Failure),
        kinds.count(junitparser.Error),
        kinds.count(junitparser.Skipped),
    )


def stated(suites):
    return (
        sum(suite.tests for suite in suites),
        sum(suite.failures for suite in suites),
        sum(suite.errors for suite in suites),
        sum(suite.skipped for suite in suites),
    )


def check(tell, story, dialect, folder):
    path = os.path.join(folder, story + ".xml")
    subprocess.run([tell, dialect, story, path], check=True)
    suites = list(junitparser.JUnitXml.fromfile(path))
    assert counts(suites) == WANTED[story], (story, dialect, counts(suites))
    assert stated(suites) == WANTED[story], (story, dialect, stated(suites))
    for suite in suites:
        names = [case.name for case in suite]
        assert len(names) == len(set(names)), story
        for case in suite:
            assert case.classname and case.time is not None
            for result in case.result:
                assert result.message and result.text


def main(tell):
    with tempfile.TemporaryDirectory() as folder:
        for story in WANTED:
            for dialect in ("junit", "strict"):
                check(tell, story, dialect, folder)


main(sys.argv[1])
