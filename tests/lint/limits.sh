#!/bin/sh
# Every limit of the list in specs/base/buffer.h is named by a test: in its code,
# for which a comment is not enough.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
cd "${1:-$here/../..}"
list=specs/base/buffer.h
status=0

code() {
    find tests/unit -name '*.c' | sort | xargs -r awk -f "$here/strip.awk"
    find tests/program -name '*.py' | sort | xargs -r sed 's/#.*//'
}

scratch=$(mktemp)
trap 'rm -f "$scratch"' EXIT
code >"$scratch"
limits=$(sed -nE 's/^ +(LIMIT_[A-Z_]+).*/\1/p' "$list")
if [ -z "$limits" ]; then
    echo "$list: there is no limit in it" >&2
    exit 1
fi
for limit in $limits; do
    grep -qw "$limit" "$scratch" && continue
    echo "$list: no test names $limit" >&2
    status=1
done
exit "$status"
