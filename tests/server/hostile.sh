#!/bin/sh
# hostile.sh PROGRAM: that hostile-server is as bad as it says. What curl calls
# each misdeed is the proof; the numbers are its exit codes.
# shellcheck disable=SC1091,SC2154 # tap.sh sets what is not set here
. "${0%/*}/tap.sh"
start "$1"

misdeed() { # misdeed CODE STATUS PATH [ARGUMENT...]
    wanted_code=$1 wanted=$2 path=$3
    shift 3
    fetch "$@" "$base$path"
    is "$path: curl's code" "$code" "$wanted_code"
    is "$path: status" "$status" "$wanted"
}

page() { # page PATH BODY-PART
    misdeed 0 200 "$1"
    has "$1: body" "$body" "$2"
}

# --- framing
misdeed 1 000 /garbage
misdeed 18 200 /cut
has "/cut: what came" "$body" '"here it en'
misdeed 18 200 /cut-chunked
misdeed 56 200 /bad-chunk
fetch "$base/lengths"
is "/lengths: two of them" "$(header content-length | tr '\n' ' ')" "5 10 "
page /no-length 'is the end of the body'
is "/no-length: none" "$(header content-length)" ""
page /100 '"continued":true'
has "/100: told" "$(cat "$box/head")" 'HTTP/1.1 100 Continue'
page /early-hints '"hinted":true'
has "/early-hints: told" "$(cat "$box/head")" 'HTTP/1.1 103 Early Hints'

# --- silence
misdeed 28 200 /slow/100 -m 1
has "/slow: some bytes" "$body" '...'
misdeed 28 200 /stall -m 1
is "/stall: no body" "$body" ""
misdeed 28 000 /silent -m 1
misdeed 28 000 /late/30000 -m 1
page /late/200 '"late":true'

# --- partings
misdeed 56 200 /reset
has "/reset: what came" "$body" 'the beginning of a body'
misdeed 56 000 /reset-early
misdeed 52 000 /empty
page /rst-after '"staying":true'
fetch "$base/close-after?key=stay" "$base/next?key=next"
is "/close-after: another connection for the next" "$code" 0
is "/close-after: once" "$(curl -s "$base/count/stay")" '{"count":1}'
is "/close-after: the next, too" "$(curl -s "$base/count/next")" '{"count":1}'
is "/close-after: a POST is not sent again" \
    "$(curl -s -o /dev/null "$base/close-after" --next -s -o /dev/null \
        -w '%{exitcode}' -d x "$base/next?key=post")" 0

# --- headers
misdeed 56 200 /endless-headers
misdeed 27 200 /huge-header
page /many-headers/500 ok
is "/many-headers: counted" "$(grep -c '^X-Many' "$box/head")" 500
for bytes in 64 1100 307201; do
    fetch "$base/head/$bytes"
    is "/head/$bytes: as long as that" "$(wc -c <"$box/head")" "$bytes"
done
misdeed 8 200 /nul-header
misdeed 47 302 /redirect-loop -L --max-redirs 5
misdeed 0 200 /redirects/5 -L --max-redirs 5
has "/redirects: the end" "$body" '"arrived":true'
misdeed 47 302 /redirects/6 -L --max-redirs 5
misdeed 1 302 /redirect-file -L
misdeed 0 200 /redirect-other -L -u a:b -H 'Cookie: c=1'
has "/redirect-other: not told" "$body" '"authorization":false'
misdeed 0 200 /credentials -u a:b -b c=1
is "/credentials: told" "$body" '{"authorization":true,"cookie":true}'

# --- bodies
misdeed 28 200 /endless -m 1 --limit-rate 1M
is "/bomb: what is in it" "$(curl -s "$base/bomb" | gzip -dc | wc -c)" \
    1073741824
misdeed 61 200 /gzip-garbage --compressed
page /control 'end of it'
is "/control: escapes in the body" "$(tr -dc '\033' <"$box/body" | wc -c)" 3
is "/control: a NUL in the body" "$(tr -dc '\000' <"$box/body" | wc -c)" 1
is "/control: escapes in a header" "$(tr -dc '\033' <"$box/head" | wc -c)" 2
page /notjson '<html>'
is "/notjson: type" "$(header content-type)" application/json
page /deep/3 '[[[]]]'
is "/deep: very" "$(curl -s "$base/deep/1000000" | wc -c)" 2000000
page /bignumber ':18446744073709551615,'
page /bignumber ':1e400,'
page /bom '{"bom":true}'
is "/bom: it is there" "$(head -c 3 "$box/body" | od -An -tx1)" " ef bb bf"
page /latin1 ve
is "/latin1: bytes" "$(wc -c <"$box/body")" 11
is "/invalid-utf8: bytes" "$(curl -s "$base/invalid-utf8" |
    tr -dc '\377\376' | wc -c)" 2

# --- and the well-behaved
page / '{"ok":true}'
page /anything/else '{"ok":true}'
is "two answers on one connection" "$(curl -s -o /dev/null -o /dev/null \
    -d body -w '%{num_connects}' "$base/a" "$base/b")" 10
fetch "$base/x?key=twice" "$base/y?key=twice"
page /count/twice '{"count":2}'
page /count/never '{"count":0}'

# Twice as many as curl can hold at a time, and more than the server has threads
many() {
    curl -s -Z --parallel-max 300 -o /dev/null -w '%{http_code}\n' \
        "$base/late/300?[1-600]" 2>/dev/null
}
many >"$box/first" &
first=$!
many >"$box/second"
wait "$first"
is "more connections than threads" \
    "$(cat "$box/first" "$box/second" | sort | uniq -c | tr -d ' ')" 1200200

curl -s -o /dev/null "$base/silent" &
silent=$!
sleep 0.2
stop "ends while somebody waits"
wait "$silent"
finish
