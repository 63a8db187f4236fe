#!/bin/sh
# Our schema is worth something only if it refuses what readers choke on: each
# line below edits a good report into a bad one.
# usage: refuses.sh TELL_PROGRAM
set -eu

here=$(dirname "$0")
tell=$1

command -v xmllint >/dev/null || exit 77
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$tell" junit troubled "$work/good.xml"

while read -r edit; do
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
s/type="volley.assertion"/type="yaml"/
s/same name (2)/same name/
s/time="0.024"/time="0,024"/
s/ hostname="[^"]*"//
s/ file="first.volley.json" line="4"//
s/name="read"/name=""/
s/T23:11:04"/T23:11:04Z"/
s/<error /<skipped message="x"\/><error /
s/name="volley.jobs"/name="jobs"/
EDITS
