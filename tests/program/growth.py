"""What a run takes grows with its work, and not with the square of it."""
from harness import *

HOSTILE = server("hostile")


def failing_checks(count):
    """Peak memory of a test with so many failures, told by every reporter."""
    suite("failing.json", [{"name": "t", "request": {"url": HOSTILE + "/well"},
                            "expect": {"json": {f"$.a{i}": i
                                                for i in range(count)}}}])
    return peak_kib("run", "failing.json", "-vv",
                    "--report", "junit=failing.xml",
                    "--report", "log=failing.jsonl", status=1)


@test
def memory_grows_with_the_failures_of_a_test():
    if is_sanitized():
        raise Skip("memory means nothing under a sanitizer")
    least, some, twice = map(failing_checks, (1, 2500, 5000))
    # twice as much when it grows with them, four times with their square
    assert twice - least < 3 * (some - least), (least, some, twice)


main()
