"""What `meson install` puts in place works from there."""
from harness import *


@test
def the_installed_program_runs_and_has_its_manual():
    place = os.path.join(folder, "place")
    done = subprocess.run(["meson", "install", "-C",
                           os.environ["VOLLEY_BUILD"], "--no-rebuild",
                           "--destdir", place], capture_output=True, text=True,
                          timeout=WAIT_S)
    assert done.returncode == 0, done
    found = {name: os.path.join(path, name)
             for path, _, names in os.walk(place) for name in names}
    assert any(name.startswith("volley.1") for name in found), found
    assert "volley.bash" in found or any(
        "completion" in path for path in found.values()), found
    told = subprocess.run([found["volley"], "--version"], capture_output=True,
                          text=True, env=clean_environment(), timeout=WAIT_S)
    assert told.returncode == 0 and told.stdout.startswith("volley "), told


main()
