"""The one table of options, as `volley help` prints it, against what is written
by hand: the manual page, the README, and the words about exit statuses."""
from harness import *

SOURCE = os.environ["VOLLEY_SOURCE"]


def read(name):
    with open(os.path.join(SOURCE, name)) as file:
        return file.read()


MANUAL = read("runner/volley.1")
README = read("README.md")


def commands():
    text = volley("--help").out.split("\nCommands\n")[1].split("\n\n")[0]
    return re.findall(r"^  (\w+) ", text, re.M)


def options_of(text):
    """{"--jobs": ("-j", "N", "64")} of a page of help."""
    found = {}
    for letter, name, rest in re.findall(
            r"^  (?:(-\w), |    )(--[a-z-]+)((?:.|\n {27})*)", text, re.M):
        argument = re.match(r"(?: (?! )|(?=\[))(\S+)?", rest)
        default = re.search(r"Default: (.*)\.$", " ".join(rest.split()))
        found[name] = (letter or None,
                       argument and argument.group(1) or None,
                       default and default.group(1))
    return found


def table():
    """{"--jobs": (letter, argument, default, [commands])}"""
    found = {}
    pages = {"": volley("--help").out}
    pages.update({name: volley("help", name).out for name in commands()})
    for command, page in pages.items():
        for name, row in options_of(page).items():
            known = found.setdefault(name, (*row, []))
            assert known[:3] == row, (name, known, row)
            known[3].append(command)
    return found


def manual_options():
    """The same, of the manual page."""
    found = {}
    entries = re.findall(r"^\.It Fl (.*)\n((?:(?!\.It |\.El|\.Ss |\.Sh ).*\n)*)",
                         MANUAL, re.M)
    for head, body in entries:
        letter, name, argument = re.fullmatch(
            r"(?:(\w) , )?-([a-z-]+)(?: (?:Ns )?Ar (\S+))?", head).groups()
        takers = re.search(r"^\.Pq (.*)$", body, re.M)
        default = re.search(r"^The default is (.*?)\.$", body, re.M)
        found["--" + name] = (letter and "-" + letter, argument,
                              default and default.group(1),
                              takers.group(1).split(", ") if takers else None)
    return found


@test
def the_table_can_be_read():
    rows = table()
    assert len(rows) > 20, rows
    assert rows["--jobs"] == ("-j", "N", "64", ["run", "compare"]), rows
    assert rows["--bail"] == ("-x", "[=N]", None, ["run"]), rows


@test
def every_option_is_in_the_manual_and_no_other():
    told = set(manual_options())
    assert told == set(table()), told ^ set(table())


@test
def letters_and_arguments_are_those_of_the_manual():
    told = manual_options()
    for name, row in table().items():
        assert told[name][:2] == row[:2], (name, told[name], row)


@test
def defaults_are_those_of_the_manual():
    told = manual_options()
    for name, row in table().items():
        in_words = re.search(r"\.It Fl (?:[^\n]* )?-" + name[2:] +
                             r"\b[^\n]*\n((?:(?!\.It ).*\n)*)", MANUAL).group(1)
        if row[2] is None:
            assert told[name][2] is None, (name, told[name])
        elif told[name][2] is not None:
            assert told[name][2] == row[2], (name, told[name], row)
        else:  # a word of a list: ".Cm auto ,\nwhich is the default"
            assert re.search(r"\.Cm " + row[2] + r" ,\n", in_words), name


@test
def takers_are_those_of_the_manual():
    told = manual_options()
    for name, row in table().items():
        if name not in ("--help", "--version"):
            takers = [taker for taker in row[3] if taker]
            assert told[name][3] == takers, (name, told[name], takers)


@test
def every_option_is_in_the_readme_and_no_other():
    ours = re.sub(r"```(sh|console)\n.*?```", "", README, flags=re.S)
    told = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", ours))
    assert told == set(table()), told ^ set(table())


@test
def the_readme_spells_options_as_the_table_does():
    for name, (letter, argument, default, _) in table().items():
        spelt = name + ("" if argument is None else argument if
                        argument.startswith("[") else f" {argument}")
        spelt = f"`{letter}`, `{spelt}`" if letter else f"`{spelt}`"
        rows = [row for row in README.splitlines()
                if row.startswith(f"| {spelt} |")]
        assert len(rows) == 1, (spelt, rows)
        if default:
            assert f" {default} |" in rows[0], (rows[0], default)


@test
def every_command_is_told_everywhere():
    for name in commands():
        assert re.search(rf"^\.It Cm {name}\b", MANUAL, re.M), name
        assert re.search(rf"^\| `volley {name}\b", README, re.M), name
        page = volley("help", name)
        assert page.status == 0 and page.err == "", page
        assert volley(name, "--help").out == page.out, name
        assert volley(name, "-h").out == page.out, name


@test
def exit_statuses_are_the_same_everywhere():
    section = MANUAL.split(".Sh EXIT STATUS")[1].split(".Sh ")[0]
    manual = re.findall(r"^\.It (\d.*)$", section, re.M)
    readme = re.findall(r"^\| (\d+(?:, \d+)?) \|", README, re.M)
    assert [row.replace(" ,", ",") for row in manual] == readme, (manual,
                                                                  readme)


@test
def the_manual_is_well_formed():
    if not shutil.which("mandoc"):
        raise Skip("mandoc is not installed")
    told = subprocess.run(["mandoc", "-Tlint", os.path.join(
        SOURCE, "runner/volley.1")], capture_output=True, text=True)
    assert told.stdout + told.stderr == "", told


main()
