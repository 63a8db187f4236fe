#!/usr/bin/env python3
"""Counts what really ran, from the logs that `meson test` leaves.

usage: count.py TESTLOG.json...

A program that speaks TAP counts by its own tests, any other one as one. A
program that died, or told fewer tests than it planned, counts as failed once
more for whatever it owes. The last line is "N passed, N failed, N skipped";
the status is 1 when something failed or when nothing passed.
"""
import json
import re
import sys

PLAN = re.compile(r"^1\.\.(\d+)(?:\s*#\s*skip\b.*)?\s*$", re.I | re.M)
RESULT = re.compile(r"^(not )?ok\b[^\n#]*(?:#\s*(skip|todo)\b)?", re.I | re.M)
WELL = {"OK", "SKIP", "EXPECTEDFAIL"}


def count_tap(output, planned, went_well):
    passed = failed = skipped = 0
    for fails, directive in RESULT.findall(output):
        if directive:
            skipped += 1
        elif fails:
            failed += 1
        else:
            passed += 1
    failed += max(0, planned - passed - failed - skipped)
    if planned == 0 and went_well:
        skipped += 1
    if not went_well and not failed:
        failed = 1
    return passed, failed, skipped


def count(run):
    output = run.get("stdout", "")
    went_well = run["result"] in WELL
    plan = PLAN.search(output)
    if plan:
        return count_tap(output, int(plan.group(1)), went_well)
    if run["result"] == "SKIP":
        return 0, 0, 1
    return (1, 0, 0) if went_well else (0, 1, 0)


def main(paths):
    passed = failed = skipped = 0
    for path in paths:
        with open(path, encoding="utf-8", errors="replace") as log:
            for line in log:
                one = count(json.loads(line))
                passed += one[0]
                failed += one[1]
                skipped += one[2]
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    try:
        sys.exit(main(sys.argv[1:]))
    except OSError as trouble:
        sys.exit(f"count.py: no test ran: {trouble}")
