/* The file volley.json: its shape. What its options mean is for those to say
 * who have them. */
#include "specs/project.h"

#include <errno.h>
#include <string.h>

#include "specs/paths.h"
#include "specs/syntax.h"
#include "specs/textfile.h"
#include "specs/variables.h"

static const struct key_rule project_rules[] = {
    [PROJECT_SCHEMA] = {"$schema", TYPE_STRING, KEY_OPTIONAL},
    [PROJECT_OPTIONS] = {"options", TYPE_OBJECT, KEY_OPTIONAL},
    [PROJECT_ENVIRONMENTS] = {"environments", TYPE_OBJECT, KEY_OPTIONAL},
};

const struct key_table project_table = {
    "a project file", NULL, COUNT(project_rules), project_rules, false};

static const struct key_rule environment_rules[] = {
    [ENVIRONMENT_VARIABLES] = {"variables", TYPE_OBJECT, KEY_OPTIONAL},
    [ENVIRONMENT_OPTIONS] = {"options", TYPE_OBJECT, KEY_OPTIONAL},
    [ENVIRONMENT_SECRETS] = {"secrets", TYPE_ARRAY, KEY_OPTIONAL},
};

const struct key_table environment_table = {
    "an environment", NULL, COUNT(environment_rules), environment_rules, false};

static bool check_variables(struct arena *arena, const struct node *written,
                            struct faults *faults)
{
    struct members members = node_members(arena, written, 0);
    bool good = true;

    for (size_t i = 0; i < members.count; i++) {
        const char *trouble = variables_name_trouble(members.list[i].key);

        if (trouble)
            good = spot_fault(faults, members.list[i].key_at, "%s", trouble);
    }
    return good;
}

static bool check_secret(const struct node *written,
                         const struct environment *environment,
                         struct faults *faults)
{
    const char *name = text_read(written, "the name of a secret", faults);
    const char *trouble = name ? variables_name_trouble(name) : NULL;

    if (!name)
        return false;
    if (trouble)
        return node_fault(faults, written, "%s", trouble);
    if (json_object_get(environment->variables.json, name)) {
        return faults_add(faults, place_hide(spot_place(written->at)),
                          "\"%s\" has a value among the variables; that of a "
                          "secret does not belong in a file that many read",
                          name);
    }
    return true;
}

static bool check_secrets(struct arena *arena,
                          const struct environment *environment,
                          struct faults *faults)
{
    struct nodes names = node_elements(arena, &environment->secrets);
    bool good = true;

    for (size_t i = 0; i < names.count; i++)
        good &= check_secret(&names.list[i], environment, faults);
    return good;
}

static bool read_environment(struct arena *arena, const struct member *written,
                             struct environment *environment,
                             struct faults *faults)
{
    struct member found[ENVIRONMENT_KEYS];
    bool good;

    environment->name = written->key;
    environment->at = written->key_at;
    if (!*written->key)
        return spot_fault(faults, written->key_at,
                          "the name of an environment is empty");
    if (!type_check(&written->value, "an environment", TYPE_OBJECT, faults))
        return false;
    good =
        fields_read(arena, &written->value, &environment_table, found, faults);
    environment->variables = found[ENVIRONMENT_VARIABLES].value;
    environment->options = found[ENVIRONMENT_OPTIONS].value;
    environment->secrets = found[ENVIRONMENT_SECRETS].value;
    good &= check_variables(arena, &environment->variables, faults);
    return check_secrets(arena, environment, faults) && good;
}

static bool read_environments(const struct node *written,
                              struct project *project, struct faults *faults)
{
    struct arena *arena = &project->arena;
    struct members members =
        node_members(arena, written, MEMBERS_SKIP_COMMENTS);
    struct environment *list = arena_take(arena, members.count * sizeof(*list));
    bool good = true;

    for (size_t i = 0; i < members.count; i++)
        good &= read_environment(arena, &members.list[i], &list[i], faults);
    project->environment_count = members.count;
    project->environments = list;
    return good;
}

bool project_read_source(const struct source *source, struct project *project,
                         struct faults *faults)
{
    struct node root = {.at = {source, 0, 0}};
    struct member found[PROJECT_KEYS];
    bool good;

    project->path = source->path;
    if (!syntax_check_bytes(source, faults))
        return false;
    root.json = textfile_parse(source, faults);
    json_hold(&project->arena, root.json);
    json_decref(root.json);
    root.at.offset = (uint32_t)source_begin(source);
    if (!root.json || !type_check(&root, "a project file", TYPE_OBJECT, faults))
        return false;
    good = fields_read(&project->arena, &root, &project_table, found, faults);
    project->options = found[PROJECT_OPTIONS].value;
    return read_environments(&found[PROJECT_ENVIRONMENTS].value, project,
                             faults) &&
           good;
}

bool project_read(const char *path, struct project *project,
                  struct faults *faults)
{
    const char *kept = arena_copy(&project->arena, path);
    const struct source *source = textfile_read(&project->arena, kept);

    if (source)
        return project_read_source(source, project, faults);
    return faults_add(faults, (struct place){.path = kept}, "%s",
                      path_trouble(errno));
}

const struct environment *project_environment(const struct project *project,
                                              const char *name)
{
    for (size_t i = 0; i < project->environment_count; i++) {
        if (strcmp(project->environments[i].name, name) == 0)
            return &project->environments[i];
    }
    return NULL;
}

void project_finish(struct project *project)
{
    arena_finish(&project->arena);
    *project = (struct project){0};
}
