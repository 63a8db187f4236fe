#!/bin/sh
# The manual page is well formed.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
cd "${1:-$here/../..}"
command -v mandoc >/dev/null || {
    echo 'mandoc is not installed'
    exit 77
}
mandoc -T lint -W warning runner/volley.1
