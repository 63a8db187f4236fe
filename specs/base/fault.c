#include "specs/base/fault.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "specs/base/buffer.h"
#include "specs/base/glyph.h"

enum { EXCERPT_MOST = 160, NAME_MOST = 64 };

/* Stands for the excerpt that nobody may see. */
static const char hidden[] = "(line not shown: it holds a secret)";

static void PRINTF_LIKE(2, 0)
    set_text(struct fault *fault, const char *format, va_list args)
{
    vsnprintf(fault->text, sizeof(fault->text), format, args);
}

bool fault_raise(struct fault *fault, struct place at, const char *format, ...)
{
    va_list args;

    if (fault->raised)
        return false;
    fault->raised = true;
    fault->at = at;
    va_start(args, format);
    set_text(fault, format, args);
    va_end(args);
    return false;
}

bool trouble_tell(struct trouble *trouble, const char *format, ...)
{
    va_list args;

    trouble->blind = NULL;
    trouble->at = trouble->length = trouble->element = 0;
    va_start(args, format);
    vsnprintf(trouble->text, sizeof(trouble->text), format, args);
    va_end(args);
    return false;
}

bool faults_are_full(const struct faults *faults)
{
    return faults->count == LIMIT_FAULTS;
}

bool faults_add(struct faults *faults, struct place at, const char *format, ...)
{
    struct fault *fault;
    va_list args;

    faults->total++;
    if (faults_are_full(faults))
        return false;
    if (!faults->faults)
        faults->faults = must_alloc(LIMIT_FAULTS * sizeof(*faults->faults));
    fault = &faults->faults[faults->count++];
    fault->raised = true;
    fault->at = at;
    va_start(args, format);
    set_text(fault, format, args);
    va_end(args);
    return false;
}

static bool is_same_file(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

bool place_equals(struct place a, struct place b)
{
    return is_same_file(a.path, b.path) && a.line == b.line &&
           a.column == b.column;
}

/* Places count bytes that begin a character, broken ones too. */
static bool starts_character(char byte)
{
    return ((unsigned char)byte & 0xc0) != 0x80;
}

static unsigned count_characters(const char *text, size_t length)
{
    unsigned count = 0;

    for (size_t i = 0; i < length; i++)
        count += starts_character(text[i]);
    return count;
}

struct place place_in_line(const char *line, size_t at, size_t length)
{
    unsigned width = count_characters(line + at, length);

    return (struct place){
        .line = 1,
        .column = count_characters(line, at) + 1,
        .width = width ? width : 1,
        .excerpt = line,
        .excerpt_length = strlen(line),
    };
}

struct place place_hide(struct place place)
{
    place.excerpt = hidden;
    place.excerpt_length = 0;
    return place;
}

static bool is_told(const struct faults *faults, const struct fault *fault)
{
    for (size_t i = 0; i < faults->count; i++) {
        const struct fault *other = &faults->faults[i];

        if (place_equals(other->at, fault->at) &&
            strcmp(other->text, fault->text) == 0)
            return true;
    }
    return false;
}

void faults_add_new(struct faults *faults, const struct faults *found)
{
    for (size_t i = 0; i < found->count; i++) {
        if (!is_told(faults, &found->faults[i]))
            faults_add(faults, found->faults[i].at, "%s",
                       found->faults[i].text);
    }
    faults->total += found->total - found->count;
}

void faults_add_hidden(struct faults *faults, const struct faults *found)
{
    for (size_t i = 0; i < found->count; i++)
        faults_add(faults, place_hide(found->faults[i].at), "%s",
                   found->faults[i].text);
    faults->total += found->total - found->count;
}

/* How many faults stand before the first one of the same file. */
static size_t first_mention(const struct faults *faults, const char *path)
{
    size_t first = 0;

    while (!is_same_file(faults->faults[first].at.path, path))
        first++;
    return first;
}

static bool comes_before(const struct fault *a, const struct fault *b)
{
    if (a->at.line != b->at.line)
        return a->at.line < b->at.line;
    return a->at.column < b->at.column;
}

/* Puts the fault `from` at `to`, which is before it. */
static void move_up(struct faults *faults, size_t from, size_t to)
{
    struct fault moved = faults->faults[from];

    memmove(&faults->faults[to + 1], &faults->faults[to],
            (from - to) * sizeof(moved));
    faults->faults[to] = moved;
}

/* Insertion sort, which is stable: before fault `i`, each file's faults stand
 * together and in order, so its place is in or right behind its file's run; the
 * first of a file stays where it is. */
void faults_sort(struct faults *faults)
{
    for (size_t i = 1; i < faults->count; i++) {
        const struct fault *fault = &faults->faults[i];
        size_t to = first_mention(faults, fault->at.path);

        while (to < i &&
               is_same_file(faults->faults[to].at.path, fault->at.path) &&
               !comes_before(fault, &faults->faults[to]))
            to++;
        move_up(faults, i, to);
    }
}

size_t faults_file_count(const struct faults *faults)
{
    size_t count = 0;

    for (size_t i = 0; i < faults->count; i++) {
        count += first_mention(faults, faults->faults[i].at.path) == i;
    }
    return count;
}

static void print_text(const char *text, FILE *out)
{
    size_t length = strlen(text);

    for (size_t at = 0; at < length;) {
        struct glyph glyph = glyph_read(text + at, length - at);

        fputs(glyph.text, out);
        at += glyph.length;
    }
}

/* Columns of the terminal before and below what is meant in a line. */
struct mark {
    size_t before;
    size_t width;
};

static void add_to_mark(struct mark *mark, const struct place *at,
                        unsigned column, size_t width)
{
    unsigned end = at->column + (at->width ? at->width : 1);

    if (column < at->column)
        mark->before += width;
    else if (column < end)
        mark->width += width;
}

/* A long line is shown as a window of EXCERPT_MOST characters that begins some
 * way before the column in question. */
static struct mark print_line(const struct place *at, FILE *out)
{
    unsigned first = at->column > EXCERPT_MOST ? at->column - 40 : 1;
    unsigned last = first + EXCERPT_MOST - 1;
    unsigned column = 0;
    struct mark mark = {0, 0};
    struct glyph glyph;

    for (size_t i = 0; i < at->excerpt_length; i += glyph.length) {
        glyph = glyph_read(at->excerpt + i, at->excerpt_length - i);
        column += starts_character(at->excerpt[i]);
        if (column > last)
            break;
        if (column < first)
            continue;
        fputs(glyph.text, out);
        add_to_mark(&mark, at, column, glyph.width);
    }
    while (++column <= last) /* it may be meant what is behind the line */
        add_to_mark(&mark, at, column, column >= first);
    return mark;
}

static void print_excerpt(const struct place *at, FILE *out)
{
    struct mark mark;

    fprintf(out, "%5u | ", at->line);
    mark = print_line(at, out);
    fprintf(out, "\n      | %*s", (int)mark.before, "");
    for (size_t i = 0; i < mark.width; i++)
        fputc('^', out);
    fputc('\n', out);
}

void fault_print(const struct fault *fault, FILE *out)
{
    const struct place *at = &fault->at;

    if (at->path)
        print_text(at->path, out);
    if (at->path && at->line)
        fprintf(out, ":%u:%u: ", at->line, at->column);
    else if (at->path)
        fputs(": ", out);
    print_text(fault->text, out);
    fputc('\n', out);
    if (at->excerpt == hidden)
        fprintf(out, "      %s\n", hidden);
    else if (at->line && at->excerpt)
        print_excerpt(at, out);
}

void faults_print(const struct faults *faults, FILE *out)
{
    for (size_t i = 0; i < faults->count; i++)
        fault_print(&faults->faults[i], out);
    if (faults->total > faults->count)
        fprintf(out, "... and %zu more\n", faults->total - faults->count);
}

void faults_finish(struct faults *faults)
{
    free(faults->faults);
    *faults = (struct faults){0};
}

static unsigned least(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

/* Optimal string alignment distance: edits, and swaps of neighbours. */
static unsigned distance(const char *a, const char *b)
{
    unsigned rows[3][NAME_MOST + 1];
    size_t a_length = strlen(a), b_length = strlen(b);

    if (a_length > NAME_MOST || b_length > NAME_MOST)
        return NAME_MOST;
    for (size_t j = 0; j <= b_length; j++)
        rows[0][j] = (unsigned)j;
    for (size_t i = 1; i <= a_length; i++) {
        unsigned *above = rows[(i - 1) % 3], *here = rows[i % 3];

        here[0] = (unsigned)i;
        for (size_t j = 1; j <= b_length; j++) {
            here[j] = least(least(above[j], here[j - 1]) + 1,
                            above[j - 1] + (a[i - 1] != b[j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                here[j] = least(here[j], rows[(i - 2) % 3][j - 2] + 1);
        }
    }
    return rows[a_length % 3][b_length];
}

const char *nearest_name(const char *wrong, const char *const *names,
                         size_t count)
{
    unsigned best = strlen(wrong) < 4 ? 1 : 2;
    const char *nearest = NULL;

    for (size_t i = 0; i < count; i++)
        if (strcasecmp(wrong, names[i]) == 0)
            return names[i];
    for (size_t i = 0; i < count; i++) {
        unsigned far = distance(wrong, names[i]);

        if (far < best || (far == best && !nearest)) {
            best = far;
            nearest = names[i];
        }
    }
    return nearest;
}
