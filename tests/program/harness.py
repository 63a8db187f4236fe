"""Whole-program tests: runs the volley binary against real servers and says TAP.

A test is a function decorated with @test; it raises AssertionError to fail and
Skip to be skipped. Servers listen on loopback, on ports that the kernel chose,
and end with the test program.
"""
import atexit
import contextlib
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import traceback
import urllib.request
import xml.etree.ElementTree as xml

VOLLEY = os.environ["VOLLEY"]
WAIT_S = 120
tests = []
folder = tempfile.mkdtemp(prefix="volley-test-")
running = []


class Skip(Exception):
    pass


def test(function):
    tests.append(function)
    return function


@atexit.register
def clean_up():
    for process in running:
        if process.poll() is None:
            process.terminate()
            process.wait(10)
    shutil.rmtree(folder, ignore_errors=True)


def start(command, **options):
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True,
                               **options)
    running.append(process)
    return process


def start_server(command):
    """Starts a server that prints "listening on URL"; returns the URL."""
    process = start(command)
    line = process.stdout.readline()
    assert line.startswith("listening on "), line
    return line.split()[-1]


servers = {}


def server(name):
    """The demo API ("api") or the hostile server ("hostile"), started once."""
    if name not in servers:
        servers[name] = start_server([os.environ["VOLLEY_" + name.upper()]])
    return servers[name]


def get(url, method="GET"):
    request = urllib.request.Request(url, method=method)
    with urllib.request.urlopen(request, timeout=WAIT_S) as answer:
        return json.loads(answer.read() or b"null")


def free_port():
    with socket.socket() as chosen:
        chosen.bind(("127.0.0.1", 0))
        return chosen.getsockname()[1]


def write(name, content):
    path = os.path.join(folder, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    if isinstance(content, (dict, list)):
        content = json.dumps(content, indent=2)
    mode = "wb" if isinstance(content, bytes) else "w"
    with open(path, mode) as file:
        file.write(content)
    return path


def suite(name, tests, **more):
    return write(name, {"name": name.split(".")[0], "tests": tests, **more})


class Result:
    def __init__(self, status, out, err):
        self.status, self.out, self.err = status, out, err

    def __repr__(self):
        return f"status {self.status}\n{self.out}\n{self.err}"


def clean_environment(more=None):
    kept = {key: value for key, value in os.environ.items()
            if key in ("PATH", "HOME", "LD_LIBRARY_PATH", "ASAN_OPTIONS",
                       "UBSAN_OPTIONS", "LSAN_OPTIONS", "TSAN_OPTIONS")}
    return {**kept, **(more or {})}


def volley(*arguments, env=None, stdin=None, cwd=None, **options):
    done = subprocess.run([VOLLEY, *map(str, arguments)], input=stdin,
                          capture_output=True, timeout=WAIT_S,
                          cwd=cwd or folder, env=clean_environment(env),
                          **options)
    result = Result(done.returncode, done.stdout.decode("utf-8", "replace"),
                    done.stderr.decode("utf-8", "replace"))
    assert "Sanitizer" not in result.err, result
    return result


def run(*arguments, **options):
    return volley("run", *arguments, **options)


def run_tests(cases, *arguments, name="suite.json", more=None, **options):
    return run(suite(name, cases, **(more or {})), *arguments, **options)


def outcomes(path):
    """JUnit's view: {name: "passed" | "failure" | "error" | "skipped"}"""
    found = {}
    for case in xml.parse(path).getroot().iter("testcase"):
        kinds = [child.tag for child in case
                 if child.tag in ("failure", "error", "skipped")]
        assert len(kinds) <= 1, kinds
        found[case.get("name")] = kinds[0] if kinds else "passed"
    return found


def problems(path):
    """{name: (type, message)} of what is not passed in a JUnit file."""
    return {case.get("name"): (child.get("type"), child.get("message"))
            for case in xml.parse(path).getroot().iter("testcase")
            for child in case if child.tag in ("failure", "error", "skipped")}


def log_lines(path):
    with open(path) as file:
        return [json.loads(line) for line in file]


SCHEMAS = {"default": ["volley-junit.xsd"],
           "strict": ["jenkins-xunit-junit-10.xsd", "windyroad-ant-junit.xsd"]}


def expect_valid(junit, dialect="default"):
    """By our schema or by those of others; whether they and xmllint are here."""
    source = os.environ["VOLLEY_SOURCE"]
    shared = os.environ.get("VOLLEY_SHARED") or f"{source}/../shared"
    schemas = {"default": f"{source}/tests/junit",
               "strict": f"{shared}/conformance/junit"}[dialect]
    if not shutil.which("xmllint") or not os.path.isdir(schemas):
        return False
    for schema in SCHEMAS[dialect]:
        done = subprocess.run(
            ["xmllint", "--noout", "--nonet", "--schema",
             os.path.join(schemas, schema), junit],
            capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
    return True


def begin_reported(*arguments, env=None, stdin=subprocess.DEVNULL):
    """A volley with both reports, under way; what Told() takes."""
    junit, log = (os.path.join(folder, name)
                  for name in ("begun.xml", "begun.jsonl"))
    for path in (junit, log):
        with contextlib.suppress(FileNotFoundError):
            os.remove(path)
    process = subprocess.Popen(
        [VOLLEY, *map(str, arguments), "--report", "junit=" + junit,
         "--report", "log=" + log], cwd=folder, stdin=stdin,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env=clean_environment(env))
    running.append(process)
    return process, junit, log


class Told:
    """What it said and wrote, when it has ended."""

    def __init__(self, process, junit, log):
        self.out, self.err = process.communicate(timeout=WAIT_S)
        self.status = process.returncode
        assert "Sanitizer" not in self.err, self
        assert "runtime error" not in self.err, self
        assert os.path.exists(log), self
        self.junit = junit
        self.log = log_lines(log)
        self.found = outcomes(junit)
        self.reasons = problems(junit)

    def __repr__(self):
        return f"status {self.status}\n{self.out}\n{self.err}"

    def told(self, event):
        return [line for line in self.log if line["event"] == event]


def peak_kib(*arguments, status=0):
    """Peak memory of a volley that ends with that status, in KiB."""
    code = ("import resource, subprocess, sys\n"
            "done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL)\n"
            "print(done.returncode,"
            " resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)")
    told = subprocess.run([sys.executable, "-c", code, VOLLEY,
                           *map(str, arguments)], capture_output=True,
                          text=True, timeout=WAIT_S, cwd=folder,
                          env=clean_environment())
    ended, peak = told.stdout.split()
    assert int(ended) == status, told
    return int(peak)


def is_sanitized():
    with open(VOLLEY, "rb") as file:
        return re.search(rb"__[at]san_init", file.read()) is not None


def main():
    failed = 0
    print(f"1..{len(tests)}", flush=True)
    for number, function in enumerate(tests, 1):
        name = function.__name__.replace("_", " ")
        try:
            function()
            print(f"ok {number} - {name}", flush=True)
        except Skip as reason:
            print(f"ok {number} - {name} # SKIP {reason}", flush=True)
        except Exception:
            failed += 1
            print(f"not ok {number} - {name}", flush=True)
            for line in traceback.format_exc().splitlines():
                print("# " + line, flush=True)
    sys.exit(1 if failed else 0)
