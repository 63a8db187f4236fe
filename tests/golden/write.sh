#!/bin/sh
# Writes every golden file anew. Use it on purpose only, and read what `git diff`
# says afterwards: each change is one that users will see.
# usage: tests/golden/write.sh BUILD_DIRECTORY
set -eu

here=$(dirname "$0")
tell=${1:?usage: write.sh BUILD_DIRECTORY}/tests/unit/reporters/tell_story

for golden in "$here"/*.*.*; do
    name=$(basename "$golden")
    story=${name%%.*}
    rest=${name#*.}
    "$tell" "${rest%%.*}" "$story" "$golden"
done
