"""An interrupt: what flies is cancelled, teardown runs, reports are there."""
import signal
import time

from harness import *

API = server("api")


def interrupted(signals, *arguments, teardown_s=0):
    junit = os.path.join(folder, "interrupted.xml")
    log = os.path.join(folder, "interrupted.jsonl")
    suite("slow.json", [
        {"name": "quick", "request": {"url": "/health"}},
        {"name": "slow", "request": {"url": "/delay/30"}},
        {"name": "later", "after": ["slow"], "request": {"url": "/health"}},
    ], base_url=API, teardown=[
        {"name": "clean", "request": {"url": f"/delay/{teardown_s}"}}])
    process = subprocess.Popen(
        [VOLLEY, "run", "slow.json", "--report", "junit=" + junit,
         "--report", "log=" + log, *arguments], cwd=folder,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env=clean_environment())
    deadline = time.monotonic() + WAIT_S
    while time.monotonic() < deadline:
        if os.path.exists(log) and "quick" in open(log).read():
            break
        time.sleep(0.02)
    for number in signals:
        time.sleep(0.1)
        process.send_signal(number)
    out, err = process.communicate(timeout=WAIT_S)
    assert "Sanitizer" not in err, err
    return process.returncode, outcomes(junit), out


@test
def one_interrupt_cancels_and_tears_down():
    status, found, out = interrupted([signal.SIGINT])
    assert status == 130, (status, out)
    assert found["quick"] == "passed" and found["clean"] == "passed", found
    assert found["slow"] == "error" and found["later"] == "skipped", found
    assert "interrupted" in out, out


@test
def a_termination_has_its_own_status():
    status, found, _ = interrupted([signal.SIGTERM])
    assert status == 143 and found["clean"] == "passed", (status, found)


@test
def a_second_interrupt_skips_teardown():
    status, found, _ = interrupted([signal.SIGINT, signal.SIGINT],
                                   teardown_s=20)
    assert status == 130, status
    assert found["clean"] in ("error", "skipped"), found


@test
def waiting_teardown_is_sent_in_its_turn():
    """With a host limit teardown waits; an interrupt must not send it all."""
    junit = os.path.join(folder, "waiting.xml")
    suite("waiting.json", [
        {"name": "slow", "repeat": 4, "request": {"url": "/delay/20"}},
        {"name": "steps", "steps": [{"request": {"url": "/delay/20"}},
                                    {"request": {"url": "/health"}}]}],
        base_url=API, teardown=[{"name": "clean", "repeat": 6,
                                 "request": {"url": "/delay/0.2"}}])
    process = subprocess.Popen(
        [VOLLEY, "run", "waiting.json", "-j", "2", "--max-per-host", "1",
         "--report", "junit=" + junit], cwd=folder, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True, env=clean_environment())
    time.sleep(0.7)
    process.send_signal(signal.SIGINT)
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=WAIT_S)
    assert "Sanitizer" not in err, err
    assert process.returncode == 130, (process.returncode, err)
    found = outcomes(junit)
    assert len(found) == 11 and found["steps"] in ("error", "skipped"), found
    cleaned = [kind for name, kind in found.items() if "clean" in name]
    assert "passed" in cleaned, found


@test
def a_serial_run_is_interrupted_too():
    junit = os.path.join(folder, "serial.xml")
    suite("serial.json", [{"name": f"t{i}", "request": {"url": "/delay/20"}}
                          for i in range(3)], base_url=API)
    process = subprocess.Popen(
        [VOLLEY, "run", "serial.json", "--serial", "--report",
         "junit=" + junit], cwd=folder, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, env=clean_environment())
    time.sleep(1)
    process.send_signal(signal.SIGINT)
    assert process.wait(WAIT_S) == 130
    assert sorted(outcomes(junit).values()) == ["error", "skipped", "skipped"]


@test
def what_waited_for_its_first_request_is_skipped():
    junit = os.path.join(folder, "unbegun.xml")
    suite("unbegun.json", [{"name": "t", "repeat": 5,
                            "request": {"url": "/delay/20"}}], base_url=API)
    for limit in ("--max-per-host=1", "--rate=1/m"):
        process = subprocess.Popen(
            [VOLLEY, "run", "unbegun.json", limit, "--report",
             "junit=" + junit], cwd=folder, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True, env=clean_environment())
        time.sleep(0.7)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=WAIT_S)
        assert process.returncode == 130 and "Sanitizer" not in err, err
        kinds = sorted(outcomes(junit).values())
        assert kinds == ["error"] + ["skipped"] * 4, (limit, kinds)
        assert "(not run: interrupted)" in out, (limit, out)


main()
