#!/bin/sh
# A room opens another one only by its front door, and only a room below it.
# Each library stands behind one door. See CONTRIBUTING.md, "The law".
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
cd "${1:-$here/../..}"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
code=$scratch/code
told=$scratch/told
: >"$told"
for room in specs assertions reporters runner; do
    [ -d "$room" ] || continue
    find "$room" -name '*.[ch]' | sort
done | xargs awk -f "$here/strip.awk" >"$code"

# complain WHAT: tells the lines on stdin, if there are any
complain() {
    lines=$(cat)
    [ -n "$lines" ] || return 0
    printf '%s\n  ^ %s\n' "$lines" "$1" >>"$told"
}

# lines_of PLACE PATTERN: lines of code in files whose path begins with PLACE
lines_of() {
    grep -E "^$1[^:]*:[0-9]+:.*$2" "$code" || :
}

without() {
    grep -vE "$1" || :
}

quoted='#[[:space:]]*include[[:space:]]*"'
floor='specs/base/[a-z]+\.h"'
specs='specs/(specs|chance|json|source|template|type|rows|run_log|select|last_run|zone)\.h"'
assertions='assertions/(assertions|pattern)\.h"'
reporters='reporters/reporters\.h"'

# room PLACE MAY: its quoted includes are its own files or MAY
room() {
    lines_of "$1/" "$quoted" | without "$quoted($1/|$2)" |
        complain "$1 may not include that"
}
lines_of specs/base/ "$quoted" | without "$quoted$floor" |
    complain 'specs/base includes itself only'
room specs 'specs/'
room assertions "$floor|$specs"
room reporters "$floor|$specs|$assertions"
room runner "$floor|$specs|$assertions|$reporters"

# library HEADER-PATTERN FILE-PATTERN: may be included there only
library() {
    lines_of '' "#[[:space:]]*include[[:space:]]*<$1" | without "^($2):" |
        complain 'this library has another door'
}
jansson='assertions/([a-z_0-9]+/)?[a-z_0-9]+\.[ch]'
jansson="$jansson|specs/[a-z_0-9]+\.[ch]"
jansson="$jansson|reporters/[a-z_]*(log|record|json)[a-z_]*\.[ch]"
library 'jansson\.h' "$jansson|runner/(main|cli/[a-z_0-9]*json)\.c"
library 'curl/' 'runner/transport/[a-z_0-9]+\.[ch]|runner/(main|address)\.c'
library 'ev\.h' 'runner/transport/reactor\.c'
library 'libxml/xmlwriter' 'reporters/junit[a-z_]*\.[ch]'
xml='assertions/xml/[a-z_]+\.[ch]'
library 'libxml/' "$xml|reporters/junit[a-z_]*\.[ch]|runner/main\.c"
library 'pcre2\.h' 'assertions/pattern\.c'
library 'idn2\.h' 'assertions/schema/idn\.c'
openssl='assertions/digest\.c|specs/coding\.c'
library 'openssl/' "$openssl|reporters/json_line\.c|runner/redact\.c"
library '(check|microhttpd)\.h' 'none'

# The floor stands on libc alone: on nothing that is installed beside it.
lines_of specs/base/ '#[[:space:]]*include[[:space:]]*<' |
    without '<(sys/)?[a-z0-9]+\.h>' | complain 'specs/base includes libc only'
lines_of specs/base/ '#[[:space:]]*include[[:space:]]*<' |
    grep -E '<(jansson|ev|pcre2|check|microhttpd|zlib)\.h>' |
    complain 'specs/base includes libc only'

# Only the command line speaks on stderr and ends the program. Running out of
# memory is the one exception, and it is in one file.
voice='runner/main\.c|runner/cli/[a-z_0-9]+\.c|specs/base/base\.c'
voice="$voice|specs/embed\.c" # a program of the build
lines_of '' '(^|[^[:alnum:]_>.])(_?exit|_Exit|quick_exit|abort) *\(' |
    without "^($voice):" | complain 'only runner/main.c and runner/cli/ exit'
lines_of '' '(^|[^[:alnum:]_])stderr([^[:alnum:]_]|$)' |
    without "^($voice):" | complain 'only runner/main.c and runner/cli/ do that'
lines_of '' '(^|[^[:alnum:]_])(v?printf|puts|putchar|perror) *\(' |
    without "^(reporters/[a-z_0-9]+\.c|$voice):" |
    complain 'only reporters and runner/cli/ print'

# A room's library is linked with those below it and with no other.
links() {
    [ -f "$1/meson.build" ] || return 0
    grep -nE "(^|[^a-z_/'])($2)(_lib)?([^a-z_/']|$)" "$1/meson.build" |
        sed "s,^,$1/meson.build:," | complain "$1 may not be linked with that"
}
links specs 'assertions|reporters|runner'
links assertions 'reporters|runner'
links reporters 'runner'
order=$(sed -nE "s/^subdir\('(specs|assertions|reporters|runner)'\)/\1/p" \
    meson.build | tr '\n' ' ')
if [ "$order" != 'specs assertions reporters runner ' ]; then
    echo "meson.build builds the rooms in another order: $order" |
        complain 'specs, assertions, reporters, runner'
fi
cat "$told" >&2
[ ! -s "$told" ]
