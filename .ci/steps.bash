# Steps that are counted; sourced by .ci/run and .ci/nightly.
# shellcheck shell=bash

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
cd "$root" || exit
exec </dev/null
PATH=$PATH:/usr/sbin:/sbin
export CI=true
export ASAN_OPTIONS=abort_on_error=1:detect_leaks=1:strict_string_checks=1
export UBSAN_OPTIONS=halt_on_error=1:abort_on_error=1:print_stacktrace=1
export CK_TIMEOUT_MULTIPLIER=10 # sanitizers are slow
export TSAN_OPTIONS=halt_on_error=1:abort_on_error=1

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
passed=0 failed=0 skipped=0
broken=()

heading() {
    printf '\n== %s (after %d s)\n' "$1" "$SECONDS"
}

# step WHAT COMMAND...: one thing that passes or fails
step() {
    local what=$1
    shift
    heading "$what"
    if "$@"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        broken+=("$what")
    fi
}

skip() {
    heading "$1: skipped, $2"
    skipped=$((skipped + 1))
}

# suite WHAT COMMAND...: a command that says "N passed, N failed, N skipped"
suite() {
    local what=$1 status=0 line
    shift
    heading "$what"
    "$@" 2>&1 | tee "$scratch/said" || status=1
    line=$(grep -E '^[0-9]+ passed, [0-9]+ failed, [0-9]+ skipped$' \
        "$scratch/said" | tail -n 1 | tr -dc '0-9 ') || :
    read -r -a line <<<"${line:-0 0 0}"
    passed=$((passed + line[0]))
    failed=$((failed + line[1]))
    skipped=$((skipped + line[2]))
    if [ "$status" -ne 0 ] || [ "${line[0]}" -eq 0 ]; then
        broken+=("$what")
        # It broke without naming a test that did.
        [ "${line[1]}" -gt 0 ] || failed=$((failed + 1))
    fi
}

# set_up DIRECTORY OPTION...: once, with clang-14
set_up() {
    local directory=$1
    shift
    [ "$(cat "$directory/root" 2>/dev/null)" = "$root" ] || rm -rf "$directory"
    if [ ! -f "$directory/build.ninja" ]; then
        CC=clang-14 meson setup "$directory" -Db_lundef=false "$@" || return 1
        printf '%s\n' "$root" >"$directory/root"
    fi
}

# build DIRECTORY OPTION...
build() {
    set_up "$@" && ninja --quiet -C "$1"
}

# run_tests DIRECTORY ARGUMENT...: what was built there, slower than usual
run_tests() {
    local directory=$1 status=0
    shift
    # A wrapper adds its own name to that of the log.
    rm -f "$directory"/meson-logs/testlog*.json
    meson test -C "$directory" --no-rebuild --print-errorlogs \
        --timeout-multiplier 5 "$@" || status=1
    tests/count.py "$directory"/meson-logs/testlog*.json || status=1
    return "$status"
}

# The rooms are compiled so that libFuzzer sees their branches.
sanitized=build/sanitized
build_sanitized() {
    build "$sanitized" -Db_sanitize=address,undefined -Dbench=true -Dfuzz=true
}

# cppcheck 2.10 takes container_of() for a null pointer, and an element of a list
# that a local struct points to for one of the struct itself; "struct template"
# is no type to it.
check_cpp() {
    cppcheck -q -j"$(nproc)" --std=c11 -D_GNU_SOURCE -D__linux__ -I . \
        --enable=warning,performance,portability --inline-suppr \
        --suppress=returnDanglingLifetime \
        --suppress=CastIntegerToAddressAtReturn \
        --library=.ci/cppcheck.cfg \
        --template='{file}:{line}: {severity}: {message} [{id}]' \
        specs assertions reporters runner examples 2>&1 |
        grep -vE 'dereference: \(struct [a-z_]+ ?\*\)0 \[nullPointer\]' \
            >"$scratch/cppcheck"
    cat "$scratch/cppcheck"
    [ ! -s "$scratch/cppcheck" ]
}

# tidy CHECKS PATH...: the C files there, one a call; CHECKS is added to those of
# .clang-tidy
tidy() {
    local checks=$1
    shift
    find "$@" -name '*.c' | sort | xargs -P "$(nproc)" -n 1 \
        clang-tidy-14 -p "$sanitized" --quiet "--checks=$checks" \
        2>"$scratch/tidy" && return 0
    grep -vE 'warnings? (and [0-9]+ errors? )?generated' "$scratch/tidy"
    return 1
}

# fuzz SECONDS: each target that was built, over a copy of the kept corpus; an
# input that breaks one is left in out/. The small languages have a third of it.
fuzz() {
    local seconds target
    mkdir -p out
    step 'the fuzz targets are there' test -n "$(fuzz_targets)"
    while read -r target; do
        case ${target##*/} in
            *_spec | *_template | *_jsonpath) seconds=$1 ;;
            *) seconds=$((($1 + 2) / 3)) ;;
        esac
        step "fuzzing ${target##*/} for $seconds s" fuzz_one "$target" \
            "$seconds"
    done < <(fuzz_targets)
}

fuzz_targets() {
    find "$sanitized" -type f -name 'fuzz_*' -perm -u+x | sort
}

fuzz_one() {
    local target=$1 seconds=$2 name corpus
    name=${target##*/fuzz_}
    corpus=$scratch/corpus/$name
    mkdir -p "$corpus"
    [ ! -d "tests/fuzz/corpus/$name" ] ||
        cp -r "tests/fuzz/corpus/$name/." "$corpus"
    "$target" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 \
        -artifact_prefix=out/ -print_final_stats=1 "$corpus" \
        >"$scratch/$name.fuzz" 2>&1 || {
        tail -n 60 "$scratch/$name.fuzz"
        return 1
    }
    grep -E 'number_of_executed_units|peak_rss' "$scratch/$name.fuzz"
}

has_threads() {
    grep -rqE '\b(pthread_create|thrd_create)\b' --include='*.c' \
        specs assertions reporters runner
}

# finish: the closing line and the status
finish() {
    printf '\n'
    [ ${#broken[@]} -eq 0 ] || printf 'broken: %s\n' "${broken[@]}"
    printf 'it took %d s\n' "$SECONDS"
    printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
    [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ] && [ ${#broken[@]} -eq 0 ]
}
