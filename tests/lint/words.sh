#!/bin/sh
# Functions that we do not call, file names that say nothing, and words that
# promise work for later.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
cd "${1:-$here/../..}"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
told=$scratch/told
: >"$told"

complain() {
    lines=$(cat)
    [ -n "$lines" ] || return 0
    printf '%s\n  ^ %s\n' "$lines" "$1" >>"$told"
}

for place in specs assertions reporters runner examples tests; do
    [ -d "$place" ] || continue
    find "$place" -name '*.[ch]'
done | sort >"$scratch/files"
xargs awk -f "$here/strip.awk" <"$scratch/files" >"$scratch/code"

# banned NAMES INSTEAD: calls of these functions
banned() {
    grep -E "[^[:alnum:]_.>]($1) *\(" "$scratch/code" | complain "$2"
}
banned 'ato[ifl]|atoll|strto[ul]?l|strtou?ll|strto[iu]max' \
    'read_count() reads numbers'
banned 'v?sprintf|strcpy|strcat|strncpy|strncat|gets' \
    'use snprintf() or a buffer'
banned 'strtok|strtok_r' 'use strcspn() and its kin'
banned 'localtime|gmtime|ctime|asctime' 'use the function that ends in _r'
banned 'strerror' 'use strerror_r() or %m'
banned 'alloca|strdupa' 'use the arena'
banned 'system|popen|wordexp' 'start no shell'
banned 'select' 'descriptors can be beyond 1023'
banned 'tmpnam|tempnam|mktemp' 'use mkstemp()'
banned 'rand|srand' 'use getrandom()'
grep -E '[^[:alnum:]_]setlocale *\(' "$scratch/code" |
    grep -vE '^runner/main\.c:' | complain 'only main() may'

# A name like these says that nobody knew what is inside.
grep -E '(^|/)(util|utils|common|helper|helpers|misc|manager)\.[ch]$' \
    "$scratch/files" | complain 'name the file for what is in it'

# Split, so that this file does not find itself.
later='TO''DO|FIX''ME|XX''X|HA''CK|not (yet )?im''plemented'
for place in specs assertions reporters runner examples tests .ci bootstrap \
    ./*.md meson.build meson_options.txt; do
    [ -e "$place" ] || continue
    grep -rnHIE --exclude-dir=corpus \
        "(^|[^[:alnum:]_])($later)([^[:alnum:]_]|$)" "$place" || :
done | complain 'say it now or leave it out'

cat "$told" >&2
[ ! -s "$told" ]
