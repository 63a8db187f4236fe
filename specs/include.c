/* What a suite includes is found before anything is decoded, depth first, with
 * a trail of the files that are being followed. A file is done when all that it
 * includes is; meeting one of the trail again is a circle. So the order in
 * which files are done is that of the plan: whoever includes a suite can look
 * at it when its own turn comes. */
#include "specs/include.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "specs/base/buffer.h"
#include "specs/suggest.h"
#include "specs/type.h"
#include "specs/warnings.h"

/* The folder of a path as the user reached it, with its last slash; "". */
static const char *folder_of(struct arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? arena_copy_bytes(arena, path, (size_t)(slash - path) + 1)
                 : "";
}

/* Takes "a/.." back by name. */
static const char *shorten(struct arena *arena, const char *path)
{
    char *flat = arena_copy(arena, path);
    char *to = flat;
    size_t names = 0; /* before `to`, that ".." can take back */

    while (*path) {
        size_t length = strcspn(path, "/");
        bool has_slash = path[length] == '/';

        if (length == 2 && strncmp(path, "..", 2) == 0 && names) {
            for (to--; to > flat && to[-1] != '/';)
                to--;
            names--;
        } else {
            names += length && !(length == 2 && strncmp(path, "..", 2) == 0);
            memmove(to, path, length + has_slash);
            to += length + has_slash;
        }
        path += length + has_slash;
    }
    *to = '\0';
    return flat;
}

static bool leads_to(const char *path, const char *real)
{
    char *found = realpath(path, NULL);
    bool does = found && strcmp(found, real) == 0;

    free(found);
    return does;
}

/* How the user would have reached the file that this one includes. Links may
 * lead elsewhere than names say: then nothing is taken back. */
static const char *path_of(struct arena *arena, const struct parsed *parsed,
                           const char *written, const char *real)
{
    const char *folder =
        *written == '/' ? "" : folder_of(arena, parsed->source->path);
    const char *joined =
        path_clean(arena, arena_print(arena, "%s%s", folder, written));
    const char *shorter = shorten(arena, joined);

    return leads_to(shorter, real) ? shorter : joined;
}

/* Names in the folder where the file should be. */
static const char *find_near(struct arena *arena, const struct parsed *parsed,
                             const char *written)
{
    const char *folder = folder_of(arena, written);
    DIR *directory = opendir(
        *folder == '/' ? folder
                       : arena_print(arena, "%s/%s", parsed->folder, folder));
    struct map names = {0};
    const struct dirent *entry;
    const char *near;

    if (!directory)
        return NULL;
    while ((entry = readdir(directory)))
        if (*entry->d_name != '.')
            map_set(&names, arena_copy(arena, entry->d_name), arena);
    closedir(directory);
    near = suggest_name(written + strlen(folder), NULL, &names);
    map_finish(&names);
    return near ? arena_print(arena, "%s%s", folder, near) : NULL;
}

static void tell_missing(struct includer *includer, const struct parsed *parsed,
                         const struct node *node, const char *why)
{
    const char *written = json_string_value(node->json);
    struct arena scratch = {0};
    const char *near = find_near(&scratch, parsed, written);

    node_fault(includer->faults, node, "%s%s%s%s", why,
               near ? "; did you mean \"" : "", near ? near : "",
               near ? "\"?" : "");
    arena_finish(&scratch);
}

/* The real path, or NULL when it was told why there is none. */
static const char *find_file(struct includer *includer,
                             const struct parsed *parsed,
                             const struct node *node)
{
    const struct suite place = {.folder = parsed->folder,
                                .file_root = parsed->file_root};
    const char *written =
        text_read(node, "a path in \"include\"", includer->faults);
    struct fault fault = {0};
    const char *real;

    if (!written)
        return NULL;
    if (strstr(written, "{{")) {
        node_fault(includer->faults, node,
                   "\"include\" is fixed before anything runs; it takes no "
                   "template");
        return NULL;
    }
    real = suite_file(&place, &includer->plan->arena, written, &fault);
    if (!real) {
        tell_missing(includer, parsed, node, fault.text);
    } else if (access(real, R_OK) != 0) {
        node_fault(includer->faults, node, "\"%s\": no permission to read it",
                   written);
        return NULL;
    }
    return real;
}

static void tell_circle(struct includer *includer, const struct node *node,
                        const struct parsed *again)
{
    CLEANUP(buffer_finish)
    struct buffer names =
        buffer_with_ceiling(sizeof(((struct fault *)NULL)->text));
    size_t first = 0;

    while (includer->trail[first] != again)
        first++;
    for (size_t i = first; i < includer->depth; i++)
        (void)!buffer_print(&names, "%s → ", includer->trail[i]->source->path);
    node_fault(includer->faults, node, "these files include each other: %s%s",
               buffer_text(&names), again->source->path);
}

/* The file that the path leads to, which is done; NULL when it was told why it
 * cannot be included. */
static struct parsed *include_one(struct includer *includer,
                                  struct parsed *parsed,
                                  const struct node *node)
{
    const char *real = find_file(includer, parsed, node);
    struct parsed *found = real ? map_find(includer->files, real) : NULL;

    if (!real)
        return NULL;
    if (!found && includer->files->count >= LIMIT_SPEC_FILES) {
        node_fault(includer->faults, node, "more than %d files are included",
                   LIMIT_SPEC_FILES);
        return NULL;
    }
    if (!found) {
        found = includer->read(includer,
                               path_of(&includer->plan->arena, parsed,
                                       json_string_value(node->json), real),
                               real);
    }
    if (found->state == INCLUDE_OPEN) {
        tell_circle(includer, node, found);
        return NULL;
    }
    if (found->state == INCLUDE_NEW && includer->depth == LIMIT_INCLUDE_DEPTH) {
        node_fault(includer->faults, node,
                   "files include each other more than %d deep here",
                   LIMIT_INCLUDE_DEPTH);
        return NULL;
    }
    include_follow(includer, found);
    return found->root.json ? found : NULL;
}

static bool is_included(const struct parsed *parsed, const struct parsed *other)
{
    for (size_t i = 0; i < parsed->include_count; i++)
        if (parsed->includes[i] == other)
            return true;
    return false;
}

/* What is no list of paths is told when the suite is decoded. */
static void follow_all(struct includer *includer, struct parsed *parsed)
{
    struct arena *arena = &includer->plan->arena;
    struct node written = {0};
    struct members members = node_members(arena, &parsed->root, 0);
    struct nodes paths = {1, &written};

    for (size_t i = 0; i < members.count; i++)
        if (strcmp(members.list[i].key, "include") == 0)
            written = members.list[i].value;
    if (!json_is_string(written.json))
        paths = node_elements(arena, &written);
    parsed->includes =
        arena_take(arena, paths.count * sizeof(*parsed->includes));
    for (size_t i = 0; i < paths.count; i++) {
        struct parsed *found = include_one(includer, parsed, &paths.list[i]);

        if (!found) {
            parsed->lacks_includes = true;
        } else if (is_included(parsed, found)) {
            plan_warn(includer->plan, spot_place(paths.list[i].at),
                      "\"%s\" is included twice",
                      json_string_value(paths.list[i].json));
        } else {
            found->is_included = true;
            parsed->includes[parsed->include_count++] = found;
            parsed->lacks_includes |= found->lacks_includes;
        }
    }
}

static void reach_one(struct parsed *parsed, struct parsed *found)
{
    if (found->reached_by == parsed)
        return;
    found->reached_by = parsed;
    parsed->reach[parsed->reach_count++] = found;
}

/* Depth first, as names are looked up. */
static void find_reach(struct arena *arena, struct parsed *parsed)
{
    size_t most = 0;

    for (size_t i = 0; i < parsed->include_count; i++)
        most += 1 + parsed->includes[i]->reach_count;
    parsed->reach = arena_take(arena, most * sizeof(*parsed->reach));
    for (size_t i = 0; i < parsed->include_count; i++) {
        const struct parsed *included = parsed->includes[i];

        reach_one(parsed, parsed->includes[i]);
        for (size_t j = 0; j < included->reach_count; j++)
            reach_one(parsed, included->reach[j]);
    }
}

static void enter(struct includer *includer, struct parsed *parsed)
{
    if (includer->count == includer->capacity) {
        includer->capacity = includer->capacity ? 2 * includer->capacity : 16;
        includer->order = must_resize(
            includer->order, includer->capacity * sizeof(*includer->order));
    }
    parsed->index = includer->count;
    includer->order[includer->count++] = parsed;
}

void include_follow(struct includer *includer, struct parsed *parsed)
{
    if (parsed->state != INCLUDE_NEW || !parsed->root.json)
        return;
    parsed->state = INCLUDE_OPEN;
    includer->trail[includer->depth++] = parsed;
    if (json_object_get(parsed->root.json, "include"))
        follow_all(includer, parsed);
    find_reach(&includer->plan->arena, parsed);
    includer->depth--;
    parsed->state = INCLUDE_DONE;
    enter(includer, parsed);
}

void include_spread(struct includer *includer)
{
    for (size_t i = includer->count; i-- > 0;) {
        const struct parsed *parsed = includer->order[i];

        for (size_t j = 0; j < parsed->include_count; j++)
            parsed->includes[j]->is_whole |= parsed->is_whole;
    }
}

void includer_finish(struct includer *includer)
{
    free(includer->order);
}

void include_enter(struct plan *plan, const struct parsed *parsed,
                   struct suite *suite)
{
    const struct suite **includes =
        arena_take(&plan->arena, parsed->include_count * sizeof(*includes));
    const struct suite **reach =
        arena_take(&plan->arena, (parsed->reach_count + 1) * sizeof(*reach));

    for (size_t i = 0; i < parsed->include_count; i++)
        includes[i] = &plan->suites[parsed->includes[i]->index];
    reach[0] = suite;
    for (size_t i = 0; i < parsed->reach_count; i++)
        reach[i + 1] = &plan->suites[parsed->reach[i]->index];
    suite->lacks_includes = parsed->lacks_includes;
    suite->is_by_the_way = !parsed->is_whole && !suite->line_count;
    suite->include_count = parsed->include_count;
    suite->includes = includes;
    suite->reach_count = parsed->reach_count + 1;
    suite->reach = reach;
}
