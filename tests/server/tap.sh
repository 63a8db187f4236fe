# shellcheck shell=sh disable=SC2034 # the variables are for who sources it
# For scripts that test a server with curl and tell TAP; to be sourced.

command -v curl >/dev/null || {
    echo "1..0 # SKIP curl is not installed"
    exit 0
}

box=$(mktemp -d) || exit 1
number=0
failed=0
server=

cleanup() {
    [ -z "$server" ] || kill "$server" 2>/dev/null
    rm -rf "$box"
}
trap cleanup EXIT
trap 'exit 1' INT TERM

# tell NAME STATUS: one line of TAP
tell() {
    number=$((number + 1))
    if [ "$2" -eq 0 ]; then
        echo "ok $number - $1"
    else
        echo "not ok $number - $1"
        failed=1
    fi
}

# is NAME ACTUAL WANTED
is() {
    [ "$2" = "$3" ]
    set -- "$1" "$2" "$3" $?
    tell "$1" "$4"
    [ "$4" -eq 0 ] || printf '# wanted %s\n# but is %s\n' "$3" "$2"
}

# has NAME TEXT PART
has() {
    case $2 in
    *"$3"*) tell "$1" 0 ;;
    *)
        tell "$1" 1
        printf '%s\n' "wanted $3" "in $2" | sed 's/^/# /'
        ;;
    esac
}

# start PROGRAM: sets $server, the process, and $base, where it listens
start() {
    : >"$box/said"
    "$1" >"$box/said" &
    server=$!
    tries=0
    until base=$(sed -n 's/^listening on //p' "$box/said") && [ -n "$base" ]; do
        tries=$((tries + 1))
        if [ "$tries" -gt 100 ] || ! kill -0 "$server"; then
            echo "Bail out! $1 does not listen"
            exit 1
        fi
        sleep 0.1
    done
}

# stop NAME: the server must end well when it is asked to
stop() {
    kill "$server"
    wait "$server"
    is "$1" $? 0
    server=
}

# fetch ARGUMENT...: the answer is in $status, $body and the file head
fetch() {
    : >"$box/head"
    : >"$box/body"
    status=$(curl -s -m 30 -o "$box/body" -D "$box/head" \
        -w '%{http_code}' "$@")
    code=$?
    body=$(tr -d '\000' <"$box/body")
}

# header NAME: of what was fetched
header() {
    tr -d '\r' <"$box/head" | sed -n "s/^$1: //Ip"
}

finish() {
    echo "1..$number"
    exit "$failed"
}
