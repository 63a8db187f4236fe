/* From paths to a plan. All files are read and parsed first, since a plan holds
 * the tests of all its suites one after the other: then they can be counted. */
#include "specs/load.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "specs/base/buffer.h"
#include "specs/decode.h"
#include "specs/include.h"
#include "specs/parse.h"
#include "specs/variables.h"

struct loader {
    const struct plan_options *options;
    struct plan *plan;
    struct faults *faults;
    struct paths paths;
    struct variables variables;
    struct row_files row_files;
    const struct rows *data; /* NULL: none */
    struct map files;        /* real paths, to struct parsed */
    struct includer includer;
    const char *file_root; /* real; NULL unless given */
    bool missing;
};

static bool tell(struct loader *loader, const char *path, const char *what)
{
    loader->missing = true;
    return faults_add(loader->faults, (struct place){.path = path}, "%s", what);
}

static bool read_all(int file, struct buffer *text)
{
    char *chunk = must_alloc(1 << 16);
    bool good = true;
    ssize_t length = 1;

    while (good && length) {
        length = read(file, chunk, 1 << 16);
        if (length < 0 && errno == EINTR)
            continue;
        good = length >= 0 && buffer_add(text, chunk, (size_t)length);
    }
    free(chunk);
    return good;
}

/* False when it was told that it could not be read, or is too large. */
static bool read_file(struct loader *loader, const struct candidate *candidate,
                      struct buffer *text)
{
    bool is_stdin = strcmp(candidate->real, "-") == 0;
    int file =
        is_stdin ? STDIN_FILENO : open(candidate->path, O_RDONLY | O_CLOEXEC);
    struct place place = {.path = candidate->path};
    bool good = false;

    errno = file < 0 ? errno : 0;
    if (file >= 0)
        good = read_all(file, text);
    if (!good && errno)
        tell(loader, candidate->path, path_trouble(errno));
    else if (!good && candidate->certain)
        faults_add(loader->faults, place, "larger than %d MiB",
                   LIMIT_SPEC_BYTES >> 20);
    if (file >= 0 && !is_stdin)
        close(file);
    return good;
}

static struct parsed *add_parsed(struct loader *loader,
                                 const struct source *source, const char *real)
{
    struct arena *arena = &loader->plan->arena;
    struct parsed *parsed = arena_take(arena, sizeof(*parsed));

    parsed->source = source;
    parsed->real = real;
    parsed->folder = path_folder(arena, real);
    parsed->file_root = loader->file_root ? loader->file_root
                                          : path_root(arena, parsed->folder);
    map_set(&loader->files, real, parsed);
    parsed->root = parse_outline(source, arena, loader->faults);
    return parsed;
}

/* The arena takes the text over as it is: it may be large. */
static const char *keep_text(struct arena *arena, struct buffer *text)
{
    if (!text->bytes)
        return "";
    arena_own(arena, text->bytes, free);
    return text->bytes;
}

static void load_candidate(struct loader *loader, struct candidate *candidate)
{
    struct plan *plan = loader->plan;
    struct buffer text = buffer_with_ceiling(LIMIT_SPEC_BYTES);
    struct parsed *parsed;
    bool good = read_file(loader, candidate, &text);

    if (!candidate->certain) {
        candidate->passed_over = good
                                     ? parse_passes_over(candidate->path, &text)
                                     : "larger than a suite can be";
    }
    candidate->is_suite = !candidate->passed_over;
    if (!good || candidate->passed_over) {
        buffer_finish(&text);
        return;
    }
    parsed = add_parsed(loader,
                        source_new(&plan->arena, candidate->path,
                                   keep_text(&plan->arena, &text), text.length),
                        candidate->real);
    parsed->is_whole = candidate->is_whole;
}

/* What is included is a suite, even where it would be passed over. */
static struct parsed *read_included(struct includer *includer, const char *path,
                                    const char *real)
{
    struct loader *loader = container_of(includer, struct loader, includer);
    struct arena *arena = &loader->plan->arena;
    struct candidate included = {.path = path, .real = real, .certain = true};
    struct candidate *known = map_find(&loader->paths.known, real);
    struct buffer text = buffer_with_ceiling(LIMIT_SPEC_BYTES);

    if (known) {
        known->is_suite = true;
        known->passed_over = NULL;
    }
    if (!read_file(loader, &included, &text))
        buffer_clear(&text);
    return add_parsed(
        loader, source_new(arena, path, keep_text(arena, &text), text.length),
        real);
}

static const char *name_of(struct arena *arena, const char *path)
{
    static const char *const endings[] = {".volley.json", ".json"};
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    size_t length = strlen(name);

    if (strcmp(path, "-") == 0)
        return "stdin";
    for (size_t i = 0; i < COUNT(endings); i++) {
        size_t ending = strlen(endings[i]);

        if (length > ending && strcmp(name + length - ending, endings[i]) == 0)
            return arena_copy_bytes(arena, name, length - ending);
    }
    return name;
}

/* Sets what is known of a suite before its JSON is looked at. */
static void place_suite(struct loader *loader, const struct parsed *parsed,
                        struct suite *suite)
{
    const struct candidate *candidate =
        map_find(&loader->paths.known, parsed->real);
    struct arena *arena = &loader->plan->arena;

    if (candidate && !candidate->is_whole) {
        suite->line_count = candidate->line_count;
        suite->lines = candidate->lines;
    }
    suite->is_only_included = parsed->is_included && !candidate;
    suite->source = parsed->source;
    suite->path = path_clean(arena, parsed->source->path);
    suite->name = name_of(arena, suite->path);
    suite->folder = parsed->folder;
    suite->file_root = parsed->file_root;
    include_enter(loader->plan, parsed, suite);
}

/* That the text is no JSON is the one thing to tell of a suite, whatever was
 * found in it before that was known. */
static void tell_broken(struct loader *loader, struct suite *suite,
                        const struct faults *before)
{
    struct faults *faults = loader->faults;

    suite->is_broken = true;
    faults->count = before->count;
    faults->total = before->total;
    json_decref(parse_whole(suite->source, faults));
    if (faults->total == before->total)
        faults_add(faults, (struct place){.path = suite->source->path},
                   "a test cannot be read");
}

/* Returns where the next suite's tests go. */
static struct test *decode(struct loader *loader, const struct parsed *parsed,
                           struct suite *suite, struct test *tests)
{
    struct decoder decoder = {
        .plan = loader->plan,
        .suite = suite,
        .faults = loader->faults,
        .compiler = loader->options->compiler,
        .row_files = &loader->row_files,
        .data = loader->data,
        .now_ns = loader->options->now_ns,
        .is_included = parsed->is_included,
    };
    struct arena *arena = &loader->plan->arena;
    const struct faults before = *loader->faults;

    place_suite(loader, parsed, suite);
    suite_decode(&decoder, &parsed->root, &loader->variables, tests);
    json_hold(arena, suite->constants);
    json_decref(suite->constants);
    if (decoder.is_broken)
        tell_broken(loader, suite, &before);
    arena_finish(&decoder.scratch);
    arena_finish(&decoder.places);
    map_finish(&decoder.names);
    map_finish(&decoder.ids);
    return tests + suite->test_count;
}

/* Puts what is included before who includes it. */
static void follow_includes(struct loader *loader)
{
    struct includer *includer = &loader->includer;
    size_t count = loader->files.count;

    for (size_t i = 0; i < count; i++)
        include_follow(includer, loader->files.entries[i].value);
    include_spread(includer);
}

static void decode_all(struct loader *loader)
{
    struct plan *plan = loader->plan;
    struct parsed *const *parsed = loader->includer.order;
    size_t suite_count = loader->includer.count, count = 0;
    struct suite *suites =
        arena_take(&plan->arena, suite_count * sizeof(*suites));
    struct test *tests;

    for (size_t i = 0; i < suite_count; i++)
        count += suite_count_tests(parsed[i]->root.json);
    tests = arena_take(&plan->arena, count * sizeof(*tests));
    plan->suites = suites;
    plan->tests = tests;
    for (size_t i = 0; i < suite_count; i++) {
        suites[i].index = i;
        tests = decode(loader, parsed[i], &suites[i], tests);
    }
    plan->suite_count = suite_count;
    plan->test_count = (size_t)(tests - plan->tests);
}

/* After the suites are read, since one of them may be the standard input. */
static void read_data(struct loader *loader)
{
    const char *path = loader->options->data;

    loader->row_files.is_stdin_taken = map_find(&loader->files, "-");
    if (path)
        loader->data = rows_read_path(&loader->row_files, path);
    if (path && strcmp(path, "-") != 0 && access(path, R_OK) != 0)
        loader->missing = true; /* which was told */
}

static bool find_file_root(struct loader *loader)
{
    char *real;

    if (!loader->options->file_root)
        return true;
    real = realpath(loader->options->file_root, NULL);
    if (!real)
        return tell(loader, loader->options->file_root, path_trouble(errno));
    loader->file_root = arena_copy(&loader->plan->arena, real);
    free(real);
    return true;
}

static bool tell_empty(struct loader *loader, const char *path, bool has_files)
{
    struct place place = {.path = path};

    if (has_files) {
        return faults_add(loader->faults, place,
                          "no suites in this folder; its .json files have no "
                          "\"$schema\" that ends in \"%s\"",
                          PARSE_SCHEMA);
    }
    return faults_add(loader->faults, place,
                      access(path, F_OK) == 0 ? "no suites in this folder"
                                              : "no file matches");
}

/* Tells of an argument that led to no suite. Its mentions begin at *next, which
 * moves behind them. */
static bool check_argument(struct loader *loader, size_t argument, size_t *next)
{
    const struct paths *paths = &loader->paths;
    bool any = false, has_files = false;

    for (; *next < paths->mention_count &&
           paths->mentions[*next].argument <= argument;
         ++*next) {
        has_files = paths->mentions[*next].argument == argument;
        any |= has_files && paths->mentions[*next].candidate->is_suite;
    }
    return any ||
           tell_empty(loader, loader->options->paths[argument], has_files);
}

static void list_passed_over(struct loader *loader)
{
    const struct paths *paths = &loader->paths;
    struct plan *plan = loader->plan;
    const char **list = arena_take(&plan->arena, paths->count * sizeof(*list));

    for (size_t i = 0; i < paths->count; i++) {
        const struct candidate *candidate = paths->candidates[i];

        if (candidate->passed_over) {
            list[plan->passed_over_count++] =
                arena_print(&plan->arena, "%s: %s", candidate->path,
                            candidate->passed_over);
        }
    }
    plan->passed_over = list;
}

static void load_all(struct loader *loader)
{
    const struct paths *paths = &loader->paths;

    for (size_t i = 0; i < paths->count; i++)
        load_candidate(loader, paths->candidates[i]);
    follow_includes(loader);
    list_passed_over(loader);
}

static enum plan_outcome outcome_of(const struct loader *loader, bool wrong,
                                    bool empty)
{
    if (loader->missing || loader->paths.missing)
        return PLAN_MISSING;
    if (wrong)
        return PLAN_WRONG;
    return empty ? PLAN_EMPTY : PLAN_LOADED;
}

/* An argument of which it was told that it is missing is not empty too. */
static enum plan_outcome load_paths(struct loader *loader)
{
    const struct plan_options *options = loader->options;
    size_t told = loader->faults->total;
    bool *is_there = must_alloc(options->path_count * sizeof(*is_there));
    bool empty = false, wrong;
    size_t next = 0;

    for (size_t i = 0; i < options->path_count; i++)
        is_there[i] = paths_find(&loader->paths, i, options->paths[i]);
    load_all(loader);
    read_data(loader);
    decode_all(loader);
    wrong = loader->faults->total > told;
    for (size_t i = 0; i < options->path_count; i++)
        empty |= is_there[i] && !check_argument(loader, i, &next);
    free(is_there);
    return outcome_of(loader, wrong, empty);
}

static void open_loader(struct loader *loader)
{
    loader->paths.arena = &loader->plan->arena;
    loader->paths.faults = loader->faults;
    loader->includer = (struct includer){
        .plan = loader->plan,
        .faults = loader->faults,
        .files = &loader->files,
        .read = read_included,
    };
    loader->row_files = (struct row_files){.arena = &loader->plan->arena,
                                           .faults = loader->faults,
                                           .row_most = LIMIT_ROWS};
    if (!find_file_root(loader))
        loader->missing = true;
    if (!variables_load(loader->options, loader->plan, &loader->variables,
                        loader->faults))
        loader->missing = true;
}

static void close_loader(struct loader *loader)
{
    variables_finish(&loader->variables);
    row_files_finish(&loader->row_files);
    paths_finish(&loader->paths);
    includer_finish(&loader->includer);
    map_finish(&loader->files);
}

enum plan_outcome plan_load(const struct plan_options *options,
                            struct plan **result, struct faults *faults)
{
    struct loader loader = {
        .options = options,
        .plan = must_alloc(sizeof(*loader.plan)),
        .faults = faults,
    };
    enum plan_outcome outcome;

    open_loader(&loader);
    outcome = load_paths(&loader);
    close_loader(&loader);
    *result = loader.plan;
    return outcome;
}

enum plan_outcome plan_load_text(const char *text, size_t length,
                                 struct plan **result, struct faults *faults)
{
    const struct plan_options options = {0};
    struct loader loader = {
        .options = &options,
        .plan = must_alloc(sizeof(*loader.plan)),
        .faults = faults,
    };
    struct arena *arena = &loader.plan->arena;
    const struct source *source;
    size_t told = faults->total;

    open_loader(&loader);
    source =
        source_new(arena, "-", arena_copy_bytes(arena, text, length), length);
    add_parsed(&loader, source, "-")->is_whole = true;
    follow_includes(&loader);
    read_data(&loader);
    decode_all(&loader);
    close_loader(&loader);
    *result = loader.plan;
    return outcome_of(&loader, faults->total > told, false);
}

void plan_free(struct plan *plan)
{
    if (!plan)
        return;
    arena_finish(&plan->arena);
    free(plan);
}

void plan_freep(struct plan **plan)
{
    plan_free(*plan);
    *plan = NULL;
}
