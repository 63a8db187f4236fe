#!/bin/bash
# What bash offers when somebody presses the tabulator: sources the script that
# `volley completion bash` prints and asks it. $1 or $VOLLEY is the program.
set -u

volley=${1:-$VOLLEY}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
number=0
failed=0

say() {
    number=$((number + 1))
    if [[ $1 == ok ]]; then
        printf 'ok %d - %s\n' "$number" "$2"
    else
        printf 'not ok %d - %s\n' "$number" "$2"
        failed=1
    fi
}

# offers WANTED WORD...: the words are those of the line as bash splits it, the
# last one is being typed. The order does not matter.
offers() {
    local wanted offered
    wanted=$(tr ' ' '\n' <<<"$1" | sort)
    shift
    COMP_WORDS=("$@")
    COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
    COMPREPLY=()
    _volley
    offered=$(printf '%s\n' ${COMPREPLY[@]+"${COMPREPLY[@]}"} | sort)
    if [[ $offered == "$wanted" ]]; then
        say ok "${*:-nothing} <tab>"
    else
        say no "${*:-nothing} <tab>"
        diff <(echo "$wanted") <(echo "$offered") | sed 's/^/# /'
    fi
}

# Every option that the help of a command names is offered, and no other.
offers_all_options() {
    local helped offered
    helped=$("$volley" help "$1" |
        sed -nE 's/^ {1,8}(-., )?(--[a-z-]+).*/\2/p' | sort)
    COMP_WORDS=(volley "$1" --)
    COMP_CWORD=2
    COMPREPLY=()
    _volley
    offered=$(printf '%s\n' "${COMPREPLY[@]}" | sort)
    if [[ -n $helped && $helped == "$offered" ]]; then
        say ok "all options of $1"
    else
        say no "all options of $1"
        diff <(echo "$helped") <(echo "$offered") | sed 's/^/# /'
    fi
}

"$volley" completion bash >"$scratch/script" || exit 1
mkdir "$scratch/here" "$scratch/here/api"
touch "$scratch/here/a.volley.json" "$scratch/here/b.json" \
    "$scratch/here/with blank.json"
cd "$scratch/here" || exit 1
# shellcheck disable=SC1091
if source "$scratch/script"; then say ok 'it can be sourced'; else
    say no 'it can be sourced'
fi
if [[ $(complete -p volley) == 'complete -F _volley volley' ]]; then
    say ok 'it is registered'
else
    say no 'it is registered'
fi

offers 'run compare check list plan new schema completion help -v --verbose -h --help --version' volley ''
offers 'compare completion' volley com
offers 'compare completion' volley -v com
offers '--version' volley --vers
for command in run compare check list plan new schema completion help; do
    offers_all_options "$command"
done
offers '--max-per-host --max-body' volley run --max
offers '--bail' volley run a.volley.json --ba
offers '' volley compare --ba
offers 'auto always never' volley run --color ''
offers 'auto always' volley run --color a
offers 'auto always never' volley run --color =
offers 'never' volley run --color = n
offers 'text json mermaid' volley plan --format ''
offers 'default strict' volley run --junit-dialect ''
offers 'async serial session' volley compare --strategies ''
offers 'junit= log=' volley run --report ''
offers 'junit= log=' volley run --report =
offers 'junit=' volley run --report j
offers 'a.volley.json api' volley run --report junit = a
offers 'a.volley.json api' volley run --report = junit = a
offers 'a.volley.json api' volley run --cacert a
offers 'api' volley run --file-root ''
offers '' volley run --jobs ''
offers '' volley run -j ''
offers 'a.volley.json api' volley run a
offers 'a.volley.json api' volley run --serial a
offers 'b.json' volley check b
offers 'bash' volley completion ''
offers 'plan' volley help p
offers 'a.volley.json api' volley new a
offers 'project' volley schema ''

COMP_WORDS=(volley check w)
COMP_CWORD=2
_volley
if [[ ${#COMPREPLY[@]} == 1 && ${COMPREPLY[0]} == 'with blank.json' ]]; then
    say ok 'a name with a blank is one name'
else
    say no 'a name with a blank is one name'
fi

# What is installed is what is printed.
if [[ -z ${1-} ]]; then
    if cmp -s "${volley%/*}/volley.bash" "$scratch/script"; then
        say ok 'the script that is installed'
    else
        say no 'the script that is installed'
    fi
fi

printf '1..%d\n' "$number"
exit "$failed"
