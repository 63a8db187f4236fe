#include "specs/base/fault.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "specs/base/buffer.h"

enum { EXCERPT_MOST = 160, NAME_MOST = 64 };

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

bool faults_add(struct faults *faults, struct place at, const char *format, ...)
{
    struct fault *fault;
    va_list args;

    faults->total++;
    if (faults->count == LIMIT_FAULTS)
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

static bool starts_character(char byte)
{
    return ((unsigned char)byte & 0xc0) != 0x80;
}

static void print_visibly(char byte, FILE *out)
{
    unsigned char code = (unsigned char)byte;

    if (code < 0x20 || code == 0x7f)
        fputc(code == '\t' ? ' ' : '?', out);
    else
        fputc(code, out);
}

/* A long line is shown as a window of EXCERPT_MOST characters that begins some
 * way before the column in question. */
static void print_excerpt(const struct place *at, FILE *out)
{
    unsigned first = at->column > EXCERPT_MOST ? at->column - 40 : 1;
    unsigned column = 0;
    unsigned width = at->width ? at->width : 1;
    unsigned room;

    fprintf(out, "%5u | ", at->line);
    for (size_t i = 0; i < at->excerpt_length; i++) {
        column += starts_character(at->excerpt[i]);
        if (column >= first + EXCERPT_MOST)
            break;
        if (column >= first)
            print_visibly(at->excerpt[i], out);
    }
    fprintf(out, "\n      | %*s", (int)(at->column - first), "");
    room = first + EXCERPT_MOST - at->column;
    for (unsigned i = 0; i < width && i < room; i++)
        fputc('^', out);
    fputc('\n', out);
}

void fault_print(const struct fault *fault, FILE *out)
{
    const struct place *at = &fault->at;

    if (at->path && at->line)
        fprintf(out, "%s:%u:%u: ", at->path, at->line, at->column);
    else if (at->path)
        fprintf(out, "%s: ", at->path);
    for (const char *byte = fault->text; *byte; byte++)
        print_visibly(*byte, out);
    fputc('\n', out);
    if (at->line && at->excerpt)
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
