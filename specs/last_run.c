#include "specs/last_run.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "specs/base/file.h"
#include "specs/json.h"
#include "specs/paths.h"
#include "specs/source.h"

/* Counts up when an older volley would misread the file. */
enum { VERSION = 1, DEPTH = 8 };

static const struct place nowhere;

/* As logs have them. */
static const char *const kind_names[] = {
    [ENDING_PASSED] = "passed",   [ENDING_QUARANTINED] = "quarantined",
    [ENDING_SKIPPED] = "skipped", [ENDING_FAILED] = "failed",
    [ENDING_ERRED] = "erred",
};

/* The real path, without a slash at its end: that of the root is "". */
static const char *find_root(struct arena *arena, const char *folder)
{
    CLEANUP(freep) char *real = realpath(folder, NULL);

    if (!real)
        return arena_copy(arena, folder);
    return arena_copy(arena, real[1] ? real : "");
}

static const char *path_in(struct arena *arena, const char *root)
{
    return arena_print(arena, "%s/.volley/last.json", root);
}

/* What a suite is called in the file, from wherever it is run. */
static const char *key_of(struct arena *arena, const char *root,
                          const struct suite *suite)
{
    CLEANUP(freep) char *real = realpath(suite->path, NULL);
    size_t length = strlen(root);

    if (!real || strcmp(suite->path, "-") == 0)
        return suite->path;
    if (strncmp(real, root, length) == 0 && real[length] == '/')
        return arena_copy(arena, real + length + 1);
    return arena_copy(arena, real);
}

/* What is in the file is no good, but nothing is lost without it. */
static json_t *refuse(const char *where, const char *why, struct fault *fault)
{
    fault_raise(fault, nowhere, "%s: %s; the file can be deleted", where, why);
    return NULL;
}

/* "PATH:LINE:COLUMN" of where it is no JSON. */
static const char *tell_where(struct arena *arena, const char *path,
                              const struct buffer *text, size_t offset)
{
    const struct source *source =
        source_new(arena, path, buffer_text(text), text->length);
    struct place place = spot_place((struct spot){source, (uint32_t)offset, 0});

    return arena_print(arena, "%s:%u:%u", path, place.line, place.column);
}

/* NULL with errno 0 where its text is no good, of which *path becomes the
 * place: trouble->text is empty for a file that is too large. */
static json_t *read_document(struct arena *arena, const char **path,
                             struct json_trouble *trouble)
{
    CLEANUP(buffer_finish)
    struct buffer text = buffer_with_ceiling(LIMIT_LAST_RUN);
    int file = open(*path, O_RDONLY | O_CLOEXEC);
    char block[1 << 14];
    ssize_t length = -1;
    json_t *document;
    bool fits = true;

    if (file < 0)
        return NULL;
    while (fits && (length = read(file, block, sizeof(block))) > 0)
        fits = buffer_add(&text, block, (size_t)length);
    if (length < 0)
        fits = false;
    else
        errno = 0;
    close(file);
    if (!fits)
        return NULL;
    document = json_read(buffer_text(&text), text.length, DEPTH, 0, trouble);
    if (!document)
        *path = tell_where(arena, *path, &text, trouble->offset);
    return document;
}

/* The object of suites, a new reference. NULL without a fault: no file. */
static json_t *read_file(struct arena *arena, const char *path,
                         struct fault *fault)
{
    struct json_trouble trouble = {.text = ""};
    json_auto_t *document = NULL;
    json_t *tests;

    errno = 0;
    document = read_document(arena, &path, &trouble);
    if (!document && errno == ENOENT)
        return NULL;
    if (!document && errno) {
        fault_raise(fault, nowhere, "%s: %s", path, path_trouble(errno));
        return NULL;
    }
    if (!document)
        return refuse(path, *trouble.text ? trouble.text : "it is too large",
                      fault);
    tests = json_object_get(document, "tests");
    if (json_integer_value(json_object_get(document, "version")) != VERSION ||
        !json_is_object(tests))
        return refuse(path, "another version of volley wrote it", fault);
    return json_incref(tests);
}

struct last_ending last_ending_read(const json_t *entry)
{
    const char *outcome = json_string_value(json_object_get(entry, "outcome"));
    struct last_ending ending = {.has_failed = false};

    json_int_t ns = json_integer_value(json_object_get(entry, "ns"));

    if (!outcome)
        return ending;
    if (ns > 0)
        ending.ns = ns;
    ending.has_failed = strcmp(outcome, kind_names[ENDING_FAILED]) == 0 ||
                        strcmp(outcome, kind_names[ENDING_ERRED]) == 0;
    ending.was_skipped = strcmp(outcome, kind_names[ENDING_SKIPPED]) == 0;
    return ending;
}

struct last_ending *last_run_recall(const struct plan *plan, const char *folder,
                                    struct fault *fault)
{
    struct arena arena = {0};
    const char *root = find_root(&arena, folder);
    json_auto_t *suites = read_file(&arena, path_in(&arena, root), fault);
    struct last_ending *endings = NULL;

    if (suites)
        endings = must_alloc(plan->test_count * sizeof(*endings));
    for (size_t i = 0; suites && i < plan->suite_count; i++) {
        const struct suite *suite = &plan->suites[i];
        json_t *known = json_object_get(suites, key_of(&arena, root, suite));

        for (size_t j = 0; j < suite->test_count; j++) {
            const struct test *test = &suite->tests[j];

            endings[test->index] =
                last_ending_read(json_object_get(known, test->name));
        }
    }
    arena_finish(&arena);
    return endings;
}

/* A test that failed and was skipped since, because something before it failed,
 * has not passed. Unless the suite itself skips it. */
static void put(json_t *suite, const struct test *test, const json_t *known,
                const struct ending *ending)
{
    bool is_known = ending->kind == ENDING_NONE ||
                    (ending->kind == ENDING_SKIPPED && !test->skip &&
                     last_ending_read(known).has_failed);

    if (is_known && known) {
        json_object_set(suite, test->name, (json_t *)(uintptr_t)known);
        return;
    }
    if (ending->kind == ENDING_NONE)
        return;
    json_object_set_new(suite, test->name,
                        json_pack("{s:s, s:I}", "outcome",
                                  kind_names[ending->kind], "ns",
                                  (json_int_t)ending->ns));
}

/* What is known of tests that the suites do not have is dropped; suites that
 * are not in the plan keep what they had. */
static void merge(json_t *suites, const struct plan *plan, const char *root,
                  const struct ending *endings)
{
    struct arena arena = {0};

    for (size_t i = 0; i < plan->suite_count; i++) {
        const struct suite *suite = &plan->suites[i];
        const char *key = key_of(&arena, root, suite);
        const json_t *known = json_object_get(suites, key);
        json_t *merged = json_object();

        for (size_t j = 0; j < suite->test_count; j++) {
            const struct test *test = &suite->tests[j];

            put(merged, test, json_object_get(known, test->name),
                &endings[test->index]);
        }
        json_object_set_new(suites, key, merged);
    }
    arena_finish(&arena);
}

/* Beside the path first, then over it: nobody reads half a file. */
static bool write_file(struct arena *arena, const char *path, const char *text)
{
    const char *beside =
        arena_print(arena, "%s.%ld.part", path, (long)getpid());
    int file = open(
        beside, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0666);
    bool good = file >= 0 && file_write(file, text, strlen(text));

    if (file >= 0 && close(file) != 0)
        good = false;
    if (good && rename(beside, path) == 0)
        return true;
    if (file >= 0)
        unlink(beside);
    return false;
}

/* The folder says itself that it belongs in no repository. */
static bool make_folder(struct arena *arena, const char *root)
{
    const char *folder = arena_print(arena, "%s/.volley", root);
    const char *ignore = arena_print(arena, "%s/.gitignore", folder);

    if (mkdir(folder, 0777) != 0 && errno != EEXIST)
        return false;
    return access(ignore, F_OK) == 0 || write_file(arena, ignore, "*\n");
}

static bool write_document(struct arena *arena, const char *root,
                           json_t *suites)
{
    json_auto_t *document =
        json_pack("{s:i, s:O}", "version", VERSION, "tests", suites);
    CLEANUP(freep) char *text = json_dumps(document, JSON_INDENT(1));

    return text && make_folder(arena, root) &&
           write_file(arena, path_in(arena, root), text);
}

bool last_run_save(const struct plan *plan, const char *folder,
                   const struct ending *endings, struct fault *fault)
{
    struct arena arena = {0};
    const char *root = find_root(&arena, folder);
    struct fault broken = {0}; /* then it is written anew */
    json_auto_t *suites = read_file(&arena, path_in(&arena, root), &broken);
    char room[128];

    if (!suites)
        suites = json_object();
    merge(suites, plan, root, endings);
    if (!write_document(&arena, root, suites)) {
        fault_raise(fault, nowhere, "cannot write %s: %s",
                    path_in(&arena, root),
                    strerror_r(errno, room, sizeof(room)));
    }
    arena_finish(&arena);
    return !fault->raised;
}
