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
#include "specs/outline.h"
#include "specs/paths.h"
#include "specs/syntax.h"
#include "specs/variables.h"

/* The name of the schema, by which a *.json file says that it is a suite. */
static const char SCHEMA_NAME[] = "volley.schema.json";

/* A suite that was read and parsed, to be decoded. */
struct parsed {
    const struct source *source;
    const char *real;
    struct node root;
};

struct loader {
    const struct plan_options *options;
    struct plan *plan;
    struct faults *faults;
    struct paths paths;
    struct variables variables;
    struct parsed *parsed; /* has room for all candidates */
    size_t parsed_count;
    const char **passed_over; /* likewise */
    const char *file_root;    /* real; NULL unless given */
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

/* All of it, or told why not. */
static json_t *parse(const struct source *source, struct faults *faults)
{
    struct json_trouble trouble;
    struct spot spot = {.source = source};
    json_t *root;

    root = json_read(source->text, source->length, LIMIT_SPEC_DEPTH,
                     JSON_READ_REJECT_DUPLICATES, &trouble);
    if (root)
        return root;
    spot.offset = trouble.offset;
    if (!syntax_explain(source, faults))
        spot_fault(faults, spot, "%s", trouble.text);
    return NULL;
}

static bool names_schema(const json_t *root)
{
    const char *schema = json_string_value(json_object_get(root, "$schema"));
    size_t wanted = strlen(SCHEMA_NAME);
    size_t length;

    if (!schema)
        return false;
    length = strlen(schema);
    return length >= wanted &&
           strcmp(schema + length - wanted, SCHEMA_NAME) == 0;
}

/* A file of a folder whose name does not say that it is a suite. One that is
 * broken but speaks of the schema was meant to be one, and its mistakes must be
 * told. */
static const char *pass_over(const struct buffer *text)
{
    struct json_trouble trouble;
    json_t *root;
    bool is_suite;

    if (!text->length ||
        !memmem(text->bytes, text->length, SCHEMA_NAME, strlen(SCHEMA_NAME)))
        return "no \"$schema\" that ends in \"volley.schema.json\"";
    root = json_read(text->bytes, text->length, LIMIT_SPEC_DEPTH, 0, &trouble);
    is_suite = !root || names_schema(root);
    json_decref(root);
    return is_suite ? NULL
                    : "its \"$schema\" does not end in \"volley.schema.json\"";
}

static void add_parsed(struct loader *loader, const struct source *source,
                       const char *real)
{
    struct node root = {.at = {source, 0, 0}};

    if (!syntax_check_bytes(source, loader->faults))
        return;
    root.json = outline_read(source);
    if (!root.json)
        root.json = parse(source, loader->faults);
    if (!root.json)
        return;
    root.at.offset = source_begin(source);
    if (!type_check(&root, "a suite", TYPE_OBJECT, loader->faults)) {
        json_decref(root.json);
        return;
    }
    loader->parsed[loader->parsed_count++] =
        (struct parsed){source, real, root};
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
    const char *reason = NULL;
    bool good = read_file(loader, candidate, &text);

    if (!candidate->certain)
        reason = good ? pass_over(&text) : "larger than a suite can be";
    if (reason)
        loader->passed_over[plan->passed_over_count++] =
            arena_print(&plan->arena, "%s: %s", candidate->path, reason);
    candidate->is_suite = !reason;
    if (good && !reason) {
        add_parsed(loader,
                   source_new(&plan->arena, candidate->path,
                              keep_text(&plan->arena, &text), text.length),
                   candidate->real);
    } else {
        buffer_finish(&text);
    }
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
    struct arena *arena = &loader->plan->arena;

    suite->source = parsed->source;
    suite->path = path_clean(arena, parsed->source->path);
    suite->name = name_of(arena, suite->path);
    suite->folder = path_folder(arena, parsed->real);
    suite->file_root =
        loader->file_root ? loader->file_root : path_root(arena, suite->folder);
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
    json_decref(parse(suite->source, faults));
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
    };
    struct arena *arena = &loader->plan->arena;
    const struct faults before = *loader->faults;

    json_hold(arena, parsed->root.json);
    json_decref(parsed->root.json);
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

static void decode_all(struct loader *loader)
{
    struct plan *plan = loader->plan;
    struct suite *suites =
        arena_take(&plan->arena, loader->parsed_count * sizeof(*suites));
    struct test *tests;
    size_t count = 0;

    for (size_t i = 0; i < loader->parsed_count; i++)
        count += suite_count_tests(loader->parsed[i].root.json);
    tests = arena_take(&plan->arena, count * sizeof(*tests));
    plan->suites = suites;
    plan->tests = tests;
    for (size_t i = 0; i < loader->parsed_count; i++) {
        suites[i].index = i;
        tests = decode(loader, &loader->parsed[i], &suites[i], tests);
    }
    plan->suite_count = loader->parsed_count;
    plan->test_count = (size_t)(tests - plan->tests);
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
                          SCHEMA_NAME);
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

static void load_all(struct loader *loader)
{
    struct paths *paths = &loader->paths;
    struct plan *plan = loader->plan;

    loader->parsed = must_alloc(paths->count * sizeof(*loader->parsed));
    loader->passed_over =
        arena_take(&plan->arena, paths->count * sizeof(*loader->passed_over));
    plan->passed_over = loader->passed_over;
    for (size_t i = 0; i < paths->count; i++)
        load_candidate(loader, paths->candidates[i]);
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
    if (!find_file_root(loader))
        loader->missing = true;
    if (!variables_load(loader->options, loader->plan, &loader->variables,
                        loader->faults))
        loader->missing = true;
}

static void close_loader(struct loader *loader)
{
    variables_finish(&loader->variables);
    paths_finish(&loader->paths);
    free(loader->parsed);
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
    size_t told = faults->total;

    open_loader(&loader);
    loader.parsed = must_alloc(sizeof(*loader.parsed));
    add_parsed(
        &loader,
        source_new(arena, "-", arena_copy_bytes(arena, text, length), length),
        "-");
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
