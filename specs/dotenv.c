#include "specs/dotenv.h"

#include <string.h>

#include "specs/base/buffer.h"
#include "specs/variables.h"

struct reader {
    const struct source *source;
    struct faults *faults;
    json_t *values;
    json_t *offsets; /* NULL: not wanted */
    size_t at;
};

static const char *here(const struct reader *reader)
{
    return reader->source->text + reader->at;
}

static void skip_blanks(struct reader *reader)
{
    reader->at += strspn(here(reader), " \t");
}

/* Up to the line break, which stays. */
static void skip_line(struct reader *reader)
{
    reader->at += strcspn(here(reader), "\n");
}

/* Always false; the rest of the line is passed over. */
static bool refuse(struct reader *reader, size_t from, size_t length,
                   const char *why)
{
    spot_fault(reader->faults, (struct spot){reader->source, from, length},
               "%s", why);
    skip_line(reader);
    return false;
}

static bool is_at_end(const struct reader *reader)
{
    return strchr("\r\n#", *here(reader)) != NULL; /* or at the NUL */
}

static bool read_name(struct reader *reader, char **name)
{
    size_t start, length;
    const char *trouble;

    if (strncmp(here(reader), "export", 6) == 0 &&
        strspn(here(reader) + 6, " \t")) {
        reader->at += 6;
        skip_blanks(reader);
    }
    start = reader->at;
    length = strcspn(here(reader), "= \t\r\n#");
    reader->at += length;
    skip_blanks(reader);
    if (*here(reader) != '=')
        return refuse(reader, start, length, "a line must be NAME=value here");
    reader->at++;
    *name = must_alloc(length + 1);
    memcpy(*name, reader->source->text + start, length);
    trouble = variables_name_trouble(*name);
    return !trouble || refuse(reader, start, length, trouble);
}

/* The byte that an escape stands for, 0 for none. */
static char unescaped(char byte)
{
    switch (byte) {
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    case '"':
    case '\\': return byte;
    }
    return '\0';
}

static bool read_escape(struct reader *reader, struct buffer *out)
{
    char byte = unescaped(here(reader)[1]);

    if (!byte)
        return refuse(reader, reader->at, 2,
                      "no such escape; known are \\n, \\r, \\t, \\\" and \\\\");
    reader->at += 2;
    return buffer_add(out, &byte, 1);
}

static bool read_quoted(struct reader *reader, struct buffer *out)
{
    size_t start = reader->at;
    char quote = *here(reader);
    const char *stops = quote == '"' ? "\"\\" : "'";

    reader->at++;
    for (;;) {
        size_t length = strcspn(here(reader), stops);

        if (!buffer_add(out, here(reader), length))
            return false;
        reader->at += length;
        if (*here(reader) == quote)
            break;
        if (!*here(reader))
            return refuse(reader, start, 1, "this quote is never closed");
        if (!read_escape(reader, out))
            return false;
    }
    reader->at++;
    skip_blanks(reader);
    return is_at_end(reader) ||
           refuse(reader, reader->at, 0,
                  "behind the closing quote only a comment may stand");
}

/* How long a bare value is, without its comment and the blanks around. */
static size_t bare_length(const char *text)
{
    size_t length = 0;

    for (size_t i = 0; !strchr("\r\n", text[i]); i++) {
        bool is_blank = text[i] == ' ' || text[i] == '\t';

        if (text[i] == '#' && (i == 0 || i > length))
            break;
        if (!is_blank)
            length = i + 1;
    }
    return length;
}

static bool read_value(struct reader *reader, json_t **value)
{
    CLEANUP(buffer_finish)
    struct buffer text = buffer_with_ceiling(reader->source->length + 1);
    size_t length;

    skip_blanks(reader);
    if (*here(reader) == '"' || *here(reader) == '\'') {
        if (!read_quoted(reader, &text))
            return false;
        *value = json_stringn(buffer_text(&text), text.length);
        return *value;
    }
    length = bare_length(here(reader));
    if (!buffer_add(&text, here(reader), length))
        return false;
    *value = variables_read_text(buffer_text(&text));
    return *value;
}

static void read_line(struct reader *reader)
{
    CLEANUP(freep) char *name = NULL;
    json_t *value = NULL;
    size_t start;

    skip_blanks(reader);
    if (is_at_end(reader))
        return;
    start = reader->at;
    if (!read_name(reader, &name) || !read_value(reader, &value))
        return;
    json_object_set_new(reader->values, name, value);
    if (reader->offsets) {
        json_object_set_new(reader->offsets, name,
                            json_integer((json_int_t)start));
    }
}

json_t *dotenv_read(const struct source *source, json_t *offsets,
                    struct faults *faults)
{
    struct reader reader = {
        .source = source, .faults = faults, .offsets = offsets};

    reader.values = json_object();
    if (strncmp(source->text, "\xef\xbb\xbf", 3) == 0)
        reader.at = 3;
    while (reader.at < source->length) {
        read_line(&reader);
        skip_line(&reader);
        reader.at += reader.at < source->length;
    }
    return reader.values;
}
