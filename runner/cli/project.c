#include "runner/cli/project.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char FILE_NAME[] = "volley.json";
static const struct place nowhere;

/* The same folder as the one above it: the root. */
static bool is_root(const char *folder, const char *above)
{
    struct stat here, there;

    return stat(folder, &here) != 0 || stat(above, &there) != 0 ||
           (here.st_dev == there.st_dev && here.st_ino == there.st_ino);
}

/* Sets path and folder where there is one. */
static bool find_upwards(struct arena *arena, const char **path,
                         const char **folder)
{
    const char *at = ".", *prefix = "";

    for (;;) {
        const char *above = arena_print(arena, "%s..", prefix);
        struct stat entry;

        *path = arena_print(arena, "%s%s", prefix, FILE_NAME);
        *folder = at;
        if (stat(*path, &entry) == 0 && S_ISREG(entry.st_mode))
            return true;
        if (is_root(at, above))
            return false;
        at = above;
        prefix = arena_print(arena, "%s/", above);
    }
}

static const char *folder_of(struct arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');
    size_t length = slash ? (size_t)(slash - path) : 0;

    if (!slash)
        return ".";
    return arena_copy_bytes(arena, path, length ? length : 1);
}

/* Sets *path to NULL where there is no project. */
static bool find_file(struct settings *settings, const char **path,
                      struct fault *fault)
{
    struct project_settings *project = &settings->project;
    struct arena *arena = &settings->arena;

    *path = project->path;
    if (!*path) {
        if (find_upwards(arena, path, &project->folder))
            origin_add(settings, "project", *path, "found");
        else
            *path = project->folder = NULL;
    } else if (strcmp(*path, "none") == 0) {
        *path = NULL;
    } else {
        project->folder = folder_of(arena, *path);
    }
    if (!*path || access(*path, R_OK) == 0)
        return true;
    return fault_raise(fault, nowhere, "the project file \"%s\" cannot be read",
                       *path);
}

static bool refuse_name(const struct project *file, const char *label,
                        const char *name, struct fault *fault)
{
    struct arena scratch = {0};
    const char **names =
        arena_take(&scratch, (file->environment_count + 1) * sizeof(*names));
    const char *near;

    for (size_t i = 0; i < file->environment_count; i++)
        names[i] = file->environments[i].name;
    near = nearest_name(name, names, file->environment_count);
    if (near) {
        fault_raise(fault, nowhere,
                    "%s: no environment \"%s\" in %s; did you mean \"%s\"?",
                    label, name, file->path, near);
    } else {
        fault_raise(fault, nowhere, "%s: no environment \"%s\" in %s", label,
                    name, file->path);
    }
    arena_finish(&scratch);
    return false;
}

static bool choose(struct settings *settings, const char *label,
                   const char *name, struct fault *fault)
{
    struct project_settings *project = &settings->project;

    if (!project->file.path) {
        return fault_raise(fault, nowhere,
                           "%s: there is no \"%s\" without a project file, %s "
                           "in the working directory or above it",
                           label, name, FILE_NAME);
    }
    project->environment = project_environment(&project->file, name);
    return project->environment ||
           refuse_name(&project->file, label, name, fault);
}

/* What the file itself says of -e; json NULL where it says nothing. */
static struct node find_standard(const struct project *file)
{
    struct arena scratch = {0};
    struct members members = node_members(&scratch, &file->options, 0);
    struct node standard = {0};

    for (size_t i = 0; i < members.count; i++) {
        if (strcmp(members.list[i].key, "env") == 0)
            standard = members.list[i].value;
    }
    arena_finish(&scratch);
    return standard;
}

/* A name in the file that is none of its environments is the file's mistake. */
static void choose_standard(struct settings *settings)
{
    struct project_settings *project = &settings->project;
    struct node standard = find_standard(&project->file);
    struct fault fault = {0};

    if (!json_is_string(standard.json) ||
        choose(settings, "\"env\"", json_string_value(standard.json), &fault))
        return;
    node_fault(&project->mistakes, &standard, "%s", fault.text);
}

bool project_open(struct settings *settings, char **environment,
                  struct fault *fault)
{
    struct project_settings *project = &settings->project;
    const struct option_row *row = option_named("env");
    const char *in_environment = option_in_environment(row, environment);
    const char *path;

    if (!find_file(settings, &path, fault))
        return false;
    if (path && !project_read(path, &project->file, &project->mistakes))
        return true;
    if (project->name) {
        bool is_variable = in_environment == project->name;

        return choose(settings, is_variable ? "VOLLEY_ENV" : "--env",
                      project->name, fault);
    }
    choose_standard(settings);
    return true;
}
