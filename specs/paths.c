#include "specs/paths.h"

#include <errno.h>
#include <fts.h>
#include <glob.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "specs/base/buffer.h"
#include "specs/select_lines.h"

static bool tell_missing(struct paths *paths, const char *path,
                         const char *what)
{
    paths->missing = true;
    return faults_add(paths->faults, (struct place){.path = path}, "%s", what);
}

const char *path_trouble(int error)
{
    switch (error) {
    case ENOENT: return "no such file or folder";
    case EACCES: return "no permission to read it";
    case ELOOP: return "too many symbolic links";
    case ENAMETOOLONG: return "the name is too long";
    case ENOTDIR: return "a part of the path is no folder";
    default: return "cannot be read";
    }
}

/* Pipes that a shell opened for us have no real path. */
static const char *real_of(struct arena *arena, const char *path)
{
    char *real = realpath(path, NULL);
    const char *kept = arena_copy(arena, real ? real : path);

    free(real);
    return kept;
}

static void add_mention(struct paths *paths, size_t argument,
                        const struct candidate *candidate)
{
    if (paths->mention_count == paths->mention_capacity) {
        paths->mention_capacity =
            paths->mention_capacity ? paths->mention_capacity * 2 : 16;
        paths->mentions =
            must_resize(paths->mentions,
                        paths->mention_capacity * sizeof(*paths->mentions));
    }
    paths->mentions[paths->mention_count++] =
        (struct mention){argument, candidate};
}

static struct candidate *add_candidate(struct paths *paths, const char *path,
                                       const char *real)
{
    struct candidate *candidate = arena_take(paths->arena, sizeof(*candidate));

    if (paths->count == paths->capacity) {
        paths->capacity = paths->capacity ? paths->capacity * 2 : 16;
        paths->candidates = must_resize(
            paths->candidates, paths->capacity * sizeof(*paths->candidates));
    }
    candidate->path = arena_copy(paths->arena, path);
    candidate->real = real;
    paths->candidates[paths->count++] = candidate;
    map_set(&paths->known, real, candidate);
    return candidate;
}

/* The list moves to twice the room whenever its count is a power of two. */
static void add_line(struct arena *arena, struct candidate *candidate,
                     const struct suite_line *line)
{
    size_t count = candidate->line_count;

    if ((count & (count - 1)) == 0) {
        struct suite_line *list =
            arena_take(arena, (count ? 2 * count : 1) * sizeof(*list));

        if (count)
            memcpy(list, candidate->lines, count * sizeof(*list));
        candidate->lines = list;
    }
    candidate->lines[candidate->line_count++] = *line;
}

/* A file that is reached twice is one suite. Without a line it is all of it. */
static bool add_file(struct paths *paths, size_t argument, const char *path,
                     bool certain, const struct suite_line *line)
{
    bool is_stdin = strcmp(path, "-") == 0;
    const char *real = is_stdin ? "-" : real_of(paths->arena, path);
    struct candidate *candidate = map_find(&paths->known, real);

    if (paths->mention_count == LIMIT_SPEC_FILES) {
        paths->missing = true;
        faults_add(paths->faults, (struct place){0},
                   "more than %d files are named", LIMIT_SPEC_FILES);
        return false;
    }
    if (!candidate)
        candidate = add_candidate(paths, path, real);
    candidate->certain |= certain;
    candidate->is_whole |= !line;
    if (line)
        add_line(paths->arena, candidate, line);
    add_mention(paths, argument, candidate);
    return true;
}

static bool ends_in(const char *text, const char *ending)
{
    size_t length = strlen(text), wanted = strlen(ending);

    return length > wanted && strcmp(text + length - wanted, ending) == 0;
}

static int compare_names(const FTSENT **a, const FTSENT **b)
{
    return strcmp((*a)->fts_name, (*b)->fts_name);
}

static bool is_skipped(const FTSENT *entry)
{
    return entry->fts_level > 0 &&
           (entry->fts_name[0] == '.' ||
            strcmp(entry->fts_name, "node_modules") == 0);
}

/* False when there are too many. */
static bool visit(struct paths *paths, size_t argument, FTS *tree,
                  FTSENT *entry)
{
    if (is_skipped(entry)) {
        fts_set(tree, entry, FTS_SKIP);
        return true;
    }
    switch (entry->fts_info) {
    case FTS_F:
        return !ends_in(entry->fts_name, ".json") ||
               add_file(paths, argument,
                        path_clean(paths->arena, entry->fts_path),
                        ends_in(entry->fts_name, ".volley.json"), NULL);
    case FTS_DNR:
    case FTS_ERR:
    case FTS_NS:
        tell_missing(paths, arena_copy(paths->arena, entry->fts_path),
                     path_trouble(entry->fts_errno));
        return true;
    default: return true; /* folders, loops, dangling links, devices */
    }
}

/* Symbolic links are followed; fts sees when one leads back. */
static void find_below(struct paths *paths, size_t argument, const char *folder)
{
    char *start = must_copy(folder);
    char *const starts[] = {start, NULL};
    FTS *tree = fts_open(starts, FTS_LOGICAL | FTS_NOCHDIR, compare_names);
    FTSENT *entry;

    if (!tree)
        tell_missing(paths, folder, path_trouble(errno));
    while (tree && (entry = fts_read(tree)))
        if (!visit(paths, argument, tree, entry))
            break;
    if (tree)
        fts_close(tree);
    free(start);
}

static void find_one(struct paths *paths, size_t argument, const char *path,
                     const struct stat *status)
{
    if (S_ISDIR(status->st_mode))
        find_below(paths, argument, path);
    else
        add_file(paths, argument, path, true, NULL);
}

static void find_pattern(struct paths *paths, size_t argument,
                         const char *pattern)
{
    struct stat status;
    glob_t found = {0};

    if (!strpbrk(pattern, "*?[")) {
        tell_missing(paths, pattern, path_trouble(ENOENT));
        return;
    }
    if (glob(pattern, 0, NULL, &found) == 0) {
        for (size_t i = 0; i < found.gl_pathc; i++)
            if (stat(found.gl_pathv[i], &status) == 0)
                find_one(paths, argument, found.gl_pathv[i], &status);
    }
    globfree(&found);
}

/* Where PATH of PATH:LINE ends, 0 when none is there. A name may hold colons of
 * its own, and a column may stand behind the line, as messages have it. */
static size_t end_of_path(struct arena *arena, const char *argument,
                          unsigned *line)
{
    size_t length = line_split(argument, strlen(argument), line);

    while (length) {
        const char *path = arena_copy_bytes(arena, argument, length);

        if (strcmp(path, "-") == 0 || access(path, F_OK) == 0)
            return length;
        length = line_split(argument, length, line);
    }
    return 0;
}

/* False where the argument is no PATH:LINE. */
static bool find_line(struct paths *paths, size_t argument, const char *text)
{
    struct suite_line line = {.argument = text};
    size_t length = end_of_path(paths->arena, text, &line.line);
    const char *path = arena_copy_bytes(paths->arena, text, length);
    struct stat status;

    if (!length)
        return false;
    if (stat(path, &status) == 0 && S_ISDIR(status.st_mode))
        tell_missing(paths, text, "a folder has no lines");
    else if (line.line == 0)
        tell_missing(paths, text, "lines count from 1");
    else
        add_file(paths, argument, path, true, &line);
    return true;
}

bool paths_find(struct paths *paths, size_t argument, const char *path)
{
    struct stat status;
    size_t told = paths->faults->total;

    if (strcmp(path, "-") == 0)
        add_file(paths, argument, path, true, NULL);
    else if (stat(path, &status) == 0)
        find_one(paths, argument, path, &status);
    else if (errno != ENOENT)
        tell_missing(paths, path, path_trouble(errno));
    else if (!find_line(paths, argument, path))
        find_pattern(paths, argument, path);
    return paths->faults->total == told;
}

void paths_finish(struct paths *paths)
{
    map_finish(&paths->known);
    free(paths->candidates);
    free(paths->mentions);
}

const char *path_clean(struct arena *arena, const char *path)
{
    char *clean = arena_copy(arena, path);
    char *to = clean;

    while (*path) {
        bool begins = to == clean || to[-1] == '/';

        if (begins && path[0] == '.' && path[1] == '/')
            path += 2 + strspn(path + 2, "/");
        else if (begins && to != clean && *path == '/')
            path++;
        else
            *to++ = *path++;
    }
    *to = '\0';
    return *clean ? clean : ".";
}

bool path_is_below(const char *path, const char *folder)
{
    size_t length = strlen(folder);

    if (strcmp(folder, "/") == 0)
        return *path == '/';
    return strncmp(path, folder, length) == 0 &&
           (!path[length] || path[length] == '/');
}

const char *path_folder(struct arena *arena, const char *real)
{
    const char *slash = strrchr(real, '/');

    if (!slash)
        return real_of(arena, ".");
    return arena_copy_bytes(arena, real,
                            slash > real ? (size_t)(slash - real) : 1);
}

static bool holds(struct arena *scratch, const char *folder, const char *name)
{
    return access(arena_print(scratch, "%s/%s", folder, name), F_OK) == 0;
}

const char *path_root(struct arena *arena, const char *folder)
{
    struct arena scratch = {0};
    char *at = arena_copy(arena, folder);
    const char *root = NULL;

    for (;;) {
        char *slash = strrchr(at, '/');

        if (holds(&scratch, at, "volley.json") || holds(&scratch, at, ".git"))
            root = *at ? at : "/";
        if (root || !slash)
            break;
        *slash = '\0';
    }
    arena_finish(&scratch);
    return root ? root : folder;
}

/* Where the path would be, did it exist: ".." are taken back by name. */
static bool leads_out(struct arena *arena, const struct suite *suite,
                      const char *path)
{
    const char *joined =
        *path == '/' ? path : arena_print(arena, "%s/%s", suite->folder, path);
    char *flat = arena_take(arena, strlen(joined) + 2);
    size_t length = 0;

    while (*joined) {
        size_t part = strcspn(joined, "/");

        if (part == 2 && strncmp(joined, "..", 2) == 0) {
            while (length && flat[--length] != '/')
                continue;
        } else if (part && !(part == 1 && *joined == '.')) {
            flat[length++] = '/';
            memcpy(flat + length, joined, part);
            length += part;
        }
        joined += part + (joined[part] == '/');
    }
    flat[length] = '\0';
    return !path_is_below(flat, suite->file_root);
}

char *suite_file(const struct suite *suite, struct arena *arena,
                 const char *path, struct fault *fault)
{
    struct place nowhere = {0};
    const char *joined =
        *path == '/' ? path : arena_print(arena, "%s/%s", suite->folder, path);
    char *real = realpath(joined, NULL);
    char *kept = real ? arena_copy(arena, real) : NULL;
    struct stat status;
    int error = errno;

    free(real);
    if (kept ? !path_is_below(kept, suite->file_root)
             : leads_out(arena, suite, path))
        fault_raise(fault, nowhere, "\"%s\" leads out of the file root", path);
    else if (!kept)
        fault_raise(fault, nowhere, "\"%s\": %s", path, path_trouble(error));
    else if (stat(kept, &status) != 0 || !S_ISREG(status.st_mode))
        fault_raise(fault, nowhere, "\"%s\" is not a regular file", path);
    return fault->raised ? NULL : kept;
}
