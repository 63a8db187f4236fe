#!/bin/sh
# No two functions of the program share a name.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
cd "${1:-$here/../..}"
for room in specs assertions reporters runner; do
    [ -d "$room" ] || continue
    find "$room" -name '*.c'
done | sort | xargs awk -f "$here/names.awk" >&2
