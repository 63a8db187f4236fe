# Blanks out comments and what is inside of strings, line by line, so that a
# search finds code only. Include lines stay as they are.

function cut(line,    out, c, end)
{
    out = ""
    while (line != "") {
        if (inside) {
            end = index(line, "*/")
            if (!end)
                return out
            inside = 0
            line = substr(line, end + 2)
            continue
        }
        if (!match(line, /["']|\/\*|\/\//))
            return out line
        c = substr(line, RSTART, 1)
        out = out substr(line, 1, RSTART - 1)
        if (c == "/") {
            if (substr(line, RSTART, 2) == "//")
                return out
            inside = 1
            line = substr(line, RSTART + 2)
            continue
        }
        out = out c c
        line = substr(line, RSTART + 1)
        if (c == "\"")
            end = match(line, /^([^"\\]|\\.)*"/)
        else
            end = match(line, /^([^'\\]|\\.)*'/)
        line = end ? substr(line, RLENGTH + 1) : ""
    }
    return out
}

FNR == 1 { inside = 0 }
!inside && /^[ \t]*#[ \t]*include/ {
    printf "%s:%d:%s\n", FILENAME, FNR, $0
    next
}
{ printf "%s:%d:%s\n", FILENAME, FNR, cut($0) }
