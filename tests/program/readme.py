"""The examples of the README do what it says, numbers aside."""
import shlex

from harness import *

API = server("api")
SOURCE = os.environ["VOLLEY_SOURCE"]
BASE = "http://127.0.0.1:8080"

with open(os.path.join(SOURCE, "README.md")) as file:
    README = file.read()

FILES = re.findall(r"<!-- file: (\S+) -->\n```json\n(.*?)```", README, re.S)
RUNS = re.findall(r"```console\n\$ volley ([^\n]*)\n(.*?)```", README, re.S)


def even(text):
    """What is left when numbers, widths and what follows from them go."""
    lines = []
    for line in text.replace(API, BASE).splitlines():
        line = re.sub(r"^(slowest|bound by) .*", r"\1", line)
        line = re.sub(r"\w+ took [\d.]+ (% longer than|times as long as) the "
                      r"graph allows[^.]*\.", "CLOSING", line)
        line = re.sub(r"-?\d+(\.\d+)?", "0", line)
        line = re.sub(r"\b0 m?s\b", "0 s", line)
        line = re.sub(r"connections?", "connection", line)
        line = re.sub(r"#+", "#", line)
        line = " ".join(line.split())
        if line and not line.startswith("warning:"):
            lines.append(line)
    return lines


def run_example(arguments, env=None):
    for name, content in FILES:
        write(name, content)
    return volley(*arguments.split(), env=env or {"VOLLEY_VAR_base": API})


def find(command):
    found = [run for run in RUNS if run[0].startswith(command)]
    assert len(found) == 1, (command, RUNS)
    return found[0]


def check(command, status, env=None):
    arguments, said = find(command)
    told = run_example(arguments, env)
    assert told.status == status, told
    assert even(told.out + told.err) == even(said), (
        "\n".join(even(told.out + told.err)), "\n".join(even(said)))


@test
def all_examples_are_looked_at():
    assert sorted(run[0].split()[0] for run in RUNS) == [
        "check", "check", "compare", "list", "plan", "run", "run"], RUNS
    assert len(FILES) == 6, FILES


@test
def the_first_test_passes():
    check("run first", 0)


@test
def a_failure_is_told():
    check("run fails", 1)


@test
def a_mistake_is_told():
    check("check wrong", 3)


@test
def origins_are_told():
    check("check secret", 0, {"password": "wonderland-4"})


@test
def the_plan_is_told():
    check("plan first", 0)


@test
def what_is_chosen_is_told():
    arguments, said = find("list")
    for name, content in FILES:
        write(name, content)
    told = volley(*shlex.split(arguments))
    assert told.status == 0 and told.out == said, told


def commands_of(section):
    text = README.split("\n## " + section + "\n")[1].split("\n## ")[0]
    return re.search(r"```sh\n(.*?)```", text, re.S).group(1)


def run_commands(commands):
    for name, content in FILES:
        write(name, content)
    done = subprocess.run(
        ["/bin/sh", "-ec", commands], cwd=folder, capture_output=True,
        text=True, timeout=WAIT_S, env=clean_environment({
            "PATH": os.path.dirname(VOLLEY) + ":" + os.environ["PATH"],
            "VOLLEY_VAR_base": API}))
    assert done.returncode == 0, done
    return done.stdout


@test
def variables_and_secrets_are_given_so():
    commands = commands_of("Variables and secrets")
    assert commands.count("volley run ") == 2, commands
    assert run_commands(commands).count("1 passed") == 4, commands


@test
def tests_are_chosen_so():
    commands = commands_of("Choosing tests").replace("shop.volley.json",
                                                     "quick.volley.json")
    shop = dict(FILES)["shop.volley.json"]
    write("quick.volley.json", shop.replace("/delay/1", "/delay/0.01"))
    told = re.findall(r"^(\d+) tests? ", run_commands(commands), re.M)
    assert told == ["4", "4", "3", "2", "5"], told


@test
def the_comparison_has_this_form():
    """With pages of a twentieth of a second."""
    with open(os.path.join(SOURCE, "examples/ten-delays.volley.json")) as file:
        suite = json.load(file)
    assert suite["tests"][0]["request"]["url"] == "/delay/1"
    suite["tests"][0]["request"]["url"] = "/delay/0.05"
    suite["tests"][0]["expect"] = {"status": 200}
    write("examples/ten-delays.volley.json", suite)
    check("compare", 0)


@test
def links_lead_somewhere():
    links = re.findall(r"\]\(([^)#:]+)\)", README)
    assert len(links) > 5, links
    for link in links:
        assert os.path.exists(os.path.join(SOURCE, link)), link


main()
