# Functions that other files can see, defined twice: the linker takes one of
# them for both, and says nothing where they stand in two libraries.

FNR == 1 { head = "" }
/^{$/ {
    if (head !~ /(^| )static /  && match(head, /[a-z_0-9]+\(/)) {
        name = substr(head, RSTART, RLENGTH - 1)
        if (name in seen && name != "main") {
            printf "%s:%d: %s() is also in %s\n", FILENAME, FNR, name,
                seen[name]
            wrong = 1
        }
        seen[name] = FILENAME
    }
    inside = 1
    next
}
/^}$/ { inside = 0; head = ""; next }
inside { next }
/^$/ || /[;}]$/ || /^#/ || /\*\/$/ { head = ""; next }
{ head = head " " $0 }

END { exit wrong }
