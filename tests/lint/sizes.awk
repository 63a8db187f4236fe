# Functions and files that grew too long, tests and their tables included. In
# our layout a function's braces, and no others, stand alone in the first
# column.

function told(line, what)
{
    printf "%s:%d: %s\n", FILENAME, line, what
    wrong = 1
}

# Commas between the outermost parentheses of the last list in a declaration.
function parameters(text,    i, c, depth, commas)
{
    for (i = 1; i <= length(text); i++) {
        c = substr(text, i, 1)
        if (c == "(" && depth++ == 0)
            commas = 0
        else if (c == ")")
            depth--
        else if (c == "," && depth == 1)
            commas++
    }
    return commas + 1
}

function end_of_file(name, lines)
{
    if (name != "" && lines > FILE_LINES) {
        printf "%s:%d: the file has more than %d lines\n", name, lines,
            FILE_LINES
        wrong = 1
    }
}

FNR == 1 {
    end_of_file(name, lines)
    name = FILENAME
    head = ""
}
{ lines = FNR }

/^{$/ {
    start = FNR
    # What libmicrohttpd calls has the parameters that it wants.
    if (parameters(head) > PARAMETERS && head !~ /MHD_Result/)
        told(FNR - 1, "more than " PARAMETERS " parameters")
    next
}
/^}$/ && start {
    count = FNR - start - 1
    if (count > FUNCTION_LINES)
        told(start, "a function of " count " lines; at most " FUNCTION_LINES)
    start = 0
    head = ""
    next
}
start { next }
/^$/ || /[;}]$/ || /^#/ || /\*\/$/ { head = ""; next }
{ head = head " " $0 }

END {
    end_of_file(name, lines)
    exit wrong
}
