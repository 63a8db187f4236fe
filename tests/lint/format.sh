#!/bin/sh
# Every C file looks as .clang-format says. Versions disagree, so it is 14.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
cd "${1:-$here/../..}"
command -v clang-format-14 >/dev/null || {
    echo 'clang-format-14 is not installed'
    exit 77
}
for place in specs assertions reporters runner examples tests; do
    [ -d "$place" ] || continue
    find "$place" -name '*.[ch]'
done | sort | xargs clang-format-14 --style=file --dry-run -Werror
