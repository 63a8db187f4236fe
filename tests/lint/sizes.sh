#!/bin/sh
# Functions have at most 60 lines and five parameters, files 500 lines, the
# root's meson.build fewer than 60.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
cd "${1:-$here/../..}"
status=0

for place in specs assertions reporters runner examples tests; do
    [ -d "$place" ] || continue
    find "$place" -name '*.[ch]'
done | sort | xargs awk -v FUNCTION_LINES=60 -v FILE_LINES=500 \
    -v PARAMETERS=5 -f "$here/sizes.awk" >&2 || status=1

if [ "$(wc -l <meson.build)" -ge 60 ]; then
    echo 'meson.build: must have fewer than 60 lines' >&2
    status=1
fi
exit "$status"
