#!/bin/sh
# Our schema is worth something only if it refuses what readers choke on: each
# line below edits the report of a story into a bad one.
# usage: refuses.sh TELL_PROGRAM
set -eu

here=$(dirname "$0")
tell=$1

command -v xmllint >/dev/null || exit 77
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

while read -r story edit; do
    "$tell" junit "$story" "$work/good.xml"
    sed "$edit" "$work/good.xml" >"$work/bad.xml"
    if cmp -s "$work/good.xml" "$work/bad.xml"; then
        echo "changes nothing: $edit" >&2
        exit 1
    fi
    if xmllint --noout --nonet --schema "$here/volley-junit.xsd" \
        "$work/bad.xml" 2>/dev/null; then
        echo "taken as valid: $edit" >&2
        exit 1
    fi
done <<'EDITS'
troubled s/type="volley.assertion"/type="yaml"/
troubled s/same name (2)/same name/
troubled s/time="0.024"/time="0,024"/
troubled s/ hostname="[^"]*"//
troubled s/ file="first.volley.json" line="4"//
troubled s/name="read"/name=""/
troubled s/T23:11:04"/T23:11:04Z"/
troubled s/<error /<skipped message="x"\/><error /
troubled s/name="volley.jobs"/name="jobs"/
flaky /<failure /,/<.testcase>/s/rerunFailure/flakyFailure/
flaky /name="ship it"/,/<.testcase>/s/rerunFailure/flakyFailure/
flaky /<failure /,/<.testcase>/s/rerunError/flakyError/
flaky s/\(<rerunError .*\) type="[^"]*"/\1/
flaky s/\(<flakyFailure .*\) type="[^"]*"/\1/
flaky s/\(<flakyError .*type="\)volley/\1symbol/
flaky s/<\(.*\)stackTrace>/<\1system-out>/
flaky s/<skipped /<rerunFailure type="volley.assertion" /;s/<.skipped>/<\/rerunFailure>/
EDITS
