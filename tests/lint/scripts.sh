#!/bin/sh
# Every shell script passes shellcheck.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
cd "${1:-$here/../..}"
command -v shellcheck >/dev/null || {
    echo 'shellcheck is not installed'
    exit 77
}
for place in bootstrap .ci tests examples; do
    [ -e "$place" ] || continue
    grep -rlIE --exclude-dir=corpus '^#!/.*[/ ](ba)?sh$' "$place" || :
done | sort | xargs shellcheck -x -P SCRIPTDIR
