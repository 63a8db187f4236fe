#!/bin/sh
# A lint that cannot fail is worth nothing: each gets a small tree that it must
# like, then the same tree with one thing wrong that it must find. Speaks TAP.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
number=0
failed=0

# A tree without fault, as small as can be.
plant() {
    tree=$scratch/tree
    rm -rf "$tree"
    mkdir -p "$tree/specs/base" "$tree/assertions" "$tree/reporters" \
        "$tree/runner/transport" "$tree/tests/unit/specs" \
        "$tree/tests/program"
    cd "$tree"
    cp "$here/../../.clang-format" .
    cat >meson.build <<'TEXT'
project('small', 'c')
subdir('specs')
subdir('assertions')
subdir('reporters')
subdir('runner')
TEXT
    echo "specs_lib = static_library('specs', 'specs.c')" >specs/meson.build
    echo "assertions = declare_dependency(dependencies: [specs])" \
        >assertions/meson.build
    printf '#pragma once\n\n#include <stddef.h>\n' >specs/base/base.h
    printf '#pragma once\n\n#include <jansson.h>\n' >specs/specs.h
    cat >specs/base/buffer.h <<'TEXT'
#pragma once

enum limit {
    LIMIT_DEPTH = 64,     /* nesting */
    LIMIT_BODY = 1 << 20, /* bytes */
};
TEXT
    echo 'int depth = LIMIT_DEPTH + 1; /* not LIMIT_OTHER */' \
        >tests/unit/specs/limits.c
    echo 'most = limits["LIMIT_BODY"] # not LIMIT_OTHER' \
        >tests/program/limits.py
    cat >assertions/assertions.c <<'TEXT'
/* It does not call exit() or sprintf(). */
#include <stdio.h>

#include "specs/specs.h"

int judge(char *text, int length)
{
    return snprintf(text, (size_t)length, "exit() // \" strcpy(");
}
TEXT
    cat >runner/volley.1 <<'TEXT'
.Dd November 20, 2026
.Dt VOLLEY 1
.Os
.Sh NAME
.Nm volley
.Nd run API tests
.Sh DESCRIPTION
It runs.
TEXT
    printf '#!/bin/sh\necho hello\n' >tests/say.sh
}

verdict() {
    number=$((number + 1))
    if [ "$1" = yes ]; then
        echo "ok $number - $2"
    else
        echo "not ok $number - $2"
        failed=1
        sed 's/^/# /' "$scratch/said"
    fi
}

# likes LINT: takes the tree as planted
likes() {
    lint=$1
    plant
    code=0
    "$here/$lint.sh" "$tree" >"$scratch/said" 2>&1 || code=$?
    if [ "$code" -eq 77 ]; then
        number=$((number + 1))
        echo "ok $number - $lint # SKIP $(cat "$scratch/said")"
        lint=
    else
        [ "$code" -eq 0 ] && good=yes || good=no
        verdict "$good" "$lint likes a good tree"
    fi
}

# finds WHAT FILE TEXT: refuses the tree once TEXT ends FILE, and names the file
finds() {
    [ -n "$lint" ] || return 0 # it skipped, so there is nothing to show
    plant
    printf '%s\n' "$3" >>"$2"
    good=no
    "$here/$lint.sh" "$tree" >"$scratch/said" 2>&1 ||
        ! grep -qF "$2" "$scratch/said" || good=yes
    verdict "$good" "$lint finds $1"
}

# many COUNT: so many lines of a function's body
many() {
    awk -v count="$1" 'BEGIN { while (count-- > 0) print "    judge(0, 0);" }'
}

body() {
    printf '\nvoid long_one(void)\n{\n%s\n}\n' "$(many "$1")"
}

# table COUNT: a table with so many rows
table() {
    echo 'static const int rows[] = {'
    awk -v count="$1" 'BEGIN { while (count-- > 0) print "    0," }'
    echo '};'
}

# Makes stdin the body of a function.
within() {
    printf 'int first_row(void)\n{\n'
    sed 's/^/    /'
    printf '}\n'
}

likes doors
finds 'a floor that looks up' specs/base/base.h '#include "specs/specs.h"'
finds 'a floor with a library' specs/base/base.h '#include <jansson.h>'
finds 'curl in specs' specs/specs.h '#include <curl/curl.h>'
finds 'a room that looks up' assertions/assertions.c \
    '#include "runner/engine.h"'
finds 'a side door' assertions/assertions.c '#include "specs/fields.h"'
finds 'a short path' assertions/assertions.c '#include "assertions.h"'
finds 'curl in assertions' assertions/extract.c '#include <curl/curl.h>'
finds 'libev outside the loop' runner/transport/easy.c '#include <ev.h>'
finds 'XML written elsewhere' reporters/console.c \
    '#include <libxml/xmlwriter.h>'
finds 'JSON in the console' reporters/console.c '#include <jansson.h>'
finds 'an exit' assertions/assertions.c 'void f(void) { exit(1); }'
finds 'stderr' specs/specs.h 'void f(void) { fputs("a", stderr); }'
finds 'stdout' specs/specs.h 'void f(void) { puts("a"); }'
finds 'a library linked upwards' specs/meson.build \
    'specs = declare_dependency(dependencies: [runner])'
finds 'rooms in another order' meson.build "subdir('specs')"

likes sizes
finds 'a function of 61 lines' assertions/assertions.c "$(body 61)"
finds 'six parameters' assertions/assertions.c '
int six(int a, int b, int c,
        int d, int e, int f)
{
}'
finds 'a file of more than 500 lines' assertions/assertions.c "$(
    for words in 1 2 3 4 5 6 7 8; do
        body 60
        echo "int count_$words;"
    done
)"
finds 'a table of a test, with 61 lines' tests/rows.c "$(table 59 | within)"
finds 'a long meson.build' meson.build "$(many 56)"

likes names
finds 'a name given twice' reporters/console.c '
int judge(void)
{
}'

likes words
for call in 'atoi(a)' 'strtol(a, 0, 10)' 'sprintf(a, b)' 'strcpy(a, b)' \
    'strcat(a, b)' 'strncpy(a, b, 1)' 'strtok(a, b)' 'localtime(a)' \
    'gmtime(a)' 'strerror(a)' 'alloca(1)' 'system(a)' 'popen(a, b)' \
    'select(a, b, c, d, e)' 'setlocale(a, b)'; do
    finds "${call%%(*}()" assertions/assertions.c "void f(void) { $call; }"
done
finds 'an empty name' runner/util.c 'int a;'
finds 'a promise' assertions/assertions.c "/* TO""DO: all of it */"
finds 'a promise in a build file' meson.build "# FIX""ME"

likes format
finds 'a careless line' assertions/assertions.c \
    'int  twice ( int a ) {return 2*a ;}'

likes limits
finds 'a limit without a test' specs/base/buffer.h '    LIMIT_OTHER = 1,'

likes manual
finds 'an unknown macro' runner/volley.1 '.Nosuch macro'

likes scripts
# shellcheck disable=SC2016 # the fault itself
finds 'a script that shellcheck refuses' tests/say.sh 'cd $1'

echo "1..$number"
exit "$failed"
