/* The options of a project file are those of the command line: each value is
 * turned into the text that would stand there, and given to the same setter. */
#include <string.h>

#include "runner/cli/project.h"
#include "specs/type.h"

enum { ROWS_MOST = 96, SUBJECT_MOST = 128, TIMES_MOST = 2 };

/* What sets the options of one object of the file. */
struct giver {
    enum taker taker;
    struct settings *settings;
    struct settings *idle;
    char **environment;
    const struct node *higher; /* an object whose members outrank; or NULL */
    const char *from;          /* "environment "x" in ", or "" */
    bool is_for_environment;
    bool is_chosen; /* false: names and types are looked at, nothing is set */
};

static bool is_member(const struct node *object, const char *name)
{
    return object && json_object_get(object->json, name);
}

/* "N" of "N" and "[=N]" */
static bool takes(const struct option_row *row, const char *argument)
{
    const char *text = row->argument + (option_is_lenient(row) ? 2 : 0);
    size_t length = strcspn(text, "]");

    return strlen(argument) == length && strncmp(text, argument, length) == 0;
}

static unsigned types_of(const struct option_row *row)
{
    unsigned types = TYPE_STRING;

    if (option_is_flag(row))
        return row->counts ? TYPE_BOOLEAN | TYPE_WHOLE : TYPE_BOOLEAN;
    if (takes(row, "N"))
        types = TYPE_WHOLE;
    else if (takes(row, "N/s") || takes(row, "DURATION") ||
             takes(row, "SIZE") || takes(row, "SEED"))
        types = TYPE_STRING | TYPE_NUMBER;
    return option_is_lenient(row) ? types | TYPE_BOOLEAN : types;
}

static bool is_refused(const struct giver *giver, const struct member *member,
                       const struct option_row *row)
{
    struct faults *mistakes = &giver->settings->project.mistakes;
    const char *reason = NULL;

    if (row->is_action)
        reason = "is for the command line alone";
    else if (strcmp(row->name, "project") == 0)
        reason = "cannot be said by a project file";
    else if (strcmp(row->name, "env") == 0 && giver->is_for_environment)
        reason = "cannot be said by an environment";
    return reason && !spot_fault(mistakes, member->key_at, "\"%s\" %s",
                                 row->name, reason);
}

static void refuse_name(const struct giver *giver, const struct member *member)
{
    struct faults *mistakes = &giver->settings->project.mistakes;
    const char *names[ROWS_MOST], *near = NULL;
    size_t count, known = 0;
    const struct option_row *rows = option_rows(&count);

    for (size_t i = 0; i < count && known < ROWS_MOST; i++) {
        if (rows[i].letter && member->key[0] == rows[i].letter &&
            !member->key[1])
            near = rows[i].name;
        if (!rows[i].is_action)
            names[known++] = rows[i].name;
    }
    if (!near)
        near = nearest_name(member->key, names, known);
    if (near) {
        spot_fault(mistakes, member->key_at,
                   "unknown option \"%s\"; did you mean \"%s\"?", member->key,
                   near);
    } else {
        spot_fault(mistakes, member->key_at, "unknown option \"%s\"",
                   member->key);
    }
}

static const char *in_folder(const struct giver *giver, const char *path)
{
    const char *folder = giver->settings->project.folder;

    if (*path == '/' || strcmp(path, "-") == 0 || strcmp(folder, ".") == 0)
        return path;
    return arena_print(&giver->settings->arena, "%s/%s", folder, path);
}

static bool is_path(const struct option_row *row)
{
    return row->completion == COMPLETE_FILE ||
           row->completion == COMPLETE_FOLDER ||
           row->completion == COMPLETE_REPORT ||
           row->completion == COMPLETE_PLACED;
}

/* Paths of the file begin in its folder. */
static const char *place_value(const struct giver *giver,
                               const struct option_row *row, const char *text)
{
    const char *path = strchr(text, '=');
    int length = path ? (int)(path - text) : 0;

    if (!is_path(row))
        return text;
    if (row->completion != COMPLETE_REPORT &&
        row->completion != COMPLETE_PLACED)
        return in_folder(giver, text);
    if (!path || !path[1])
        return text;
    return arena_print(&giver->settings->arena, "%.*s=%s", length, text,
                       in_folder(giver, path + 1));
}

/* The line is not shown: it holds the secret. */
static void refuse_secret(struct faults *mistakes, const struct node *value)
{
    faults_add(mistakes, place_hide(spot_place(value->at)),
               "the value of a secret does not belong in a file that many "
               "read; name it alone, and give its value by --secrets-file or "
               "the environment");
}

/* NULL, and told, where it is none. */
static const char *text_of(const struct giver *giver,
                           const struct option_row *row,
                           const struct node *value)
{
    struct faults *mistakes = &giver->settings->project.mistakes;
    CLEANUP(buffer_finish)
    struct buffer text = buffer_with_ceiling(LIMIT_SPEC_BYTES);
    char subject[SUBJECT_MOST];
    const char *copy;

    snprintf(subject, sizeof(subject), "\"%s\"", row->name);
    if (json_is_string(value->json) && !text_read(value, subject, mistakes))
        return NULL;
    if (!json_print_bare(value->json, &text))
        return NULL;
    if (row->set == set_secret && strchr(buffer_text(&text), '=')) {
        refuse_secret(mistakes, value);
        return NULL;
    }
    copy = arena_copy(&giver->settings->arena, buffer_text(&text));
    return json_is_string(value->json) ? place_value(giver, row, copy) : copy;
}

/* What is not for this command is tried, but whether files are there is the
 * concern of those who need them. */
static struct settings *receiver_of(const struct giver *giver,
                                    const struct option_row *row)
{
    if (!row->repeats && (is_member(giver->higher, row->name) ||
                          option_in_environment(row, giver->environment)))
        return giver->idle;
    if (row->takers & giver->taker)
        return giver->settings;
    return giver->idle;
}

static void note(const struct giver *giver, const struct option_row *row,
                 const struct node *value, const char *text)
{
    struct settings *settings = giver->settings;
    struct place place = spot_place(value->at);

    origin_add(settings, row->name, text,
               arena_print(&settings->arena, "%s%s:%u:%u", giver->from,
                           place.path, place.line, place.column));
}

static void set(const struct giver *giver, const struct option_row *row,
                const struct node *value, const char *text)
{
    struct settings *receiver = receiver_of(giver, row);
    struct fault fault = {0};
    char label[SUBJECT_MOST];

    if (!giver->is_chosen || (receiver == giver->idle && is_path(row)))
        return;
    snprintf(label, sizeof(label), "\"%s\"", row->name);
    if (!row->set(receiver, label, text, &fault)) {
        node_fault(&giver->settings->project.mistakes, value, "%s", fault.text);
    }
}

/* A flag, or a number of how often it is given; `text` says which. */
static void set_times(const struct giver *giver, const struct option_row *row,
                      const struct node *value, const char *text)
{
    uint64_t times = json_is_true(value->json);

    if (!json_is_boolean(value->json) &&
        !read_count(text, TIMES_MOST, &times)) {
        node_fault(&giver->settings->project.mistakes, value,
                   "\"%s\" must be true, false, or a number from 0 to %d",
                   row->name, TIMES_MOST);
        return;
    }
    for (uint64_t i = 0; i < times; i++)
        set(giver, row, value, NULL);
}

static void set_value(const struct giver *giver, const struct option_row *row,
                      const struct node *value, unsigned types)
{
    struct faults *mistakes = &giver->settings->project.mistakes;
    char subject[SUBJECT_MOST];
    const char *text;

    snprintf(subject, sizeof(subject), "\"%s\"", row->name);
    if (!type_check(value, subject, types, mistakes))
        return;
    text = text_of(giver, row, value);
    if (!text)
        return;
    if (giver->is_chosen)
        note(giver, row, value, text);
    if (option_is_flag(row) || json_is_boolean(value->json))
        set_times(giver, row, value, text);
    else
        set(giver, row, value, text);
}

static void set_list(const struct giver *giver, const struct option_row *row,
                     const struct node *list)
{
    struct arena scratch = {0};
    struct nodes nodes = node_elements(&scratch, list);

    for (size_t i = 0; i < nodes.count; i++)
        set_value(giver, row, &nodes.list[i], types_of(row));
    arena_finish(&scratch);
}

static void set_member(const struct giver *giver, const struct member *member)
{
    const struct option_row *row = option_named(member->key);
    unsigned list = row && row->repeats ? TYPE_ARRAY : 0;

    if (!row)
        refuse_name(giver, member);
    else if (is_refused(giver, member, row))
        return;
    else if (list && json_is_array(member->value.json))
        set_list(giver, row, &member->value);
    else
        set_value(giver, row, &member->value, types_of(row) | list);
}

static void set_object(const struct giver *giver, const struct node *object)
{
    struct arena scratch = {0};
    struct members members =
        node_members(&scratch, object, MEMBERS_SKIP_COMMENTS);

    for (size_t i = 0; i < members.count; i++)
        set_member(giver, &members.list[i]);
    arena_finish(&scratch);
}

void project_set_options(enum taker taker, struct settings *settings,
                         struct settings *idle, char **environment)
{
    const struct project_settings *project = &settings->project;
    const struct environment *chosen = project->environment;
    struct giver giver = {
        .taker = taker,
        .settings = settings,
        .idle = idle,
        .environment = environment,
        .higher = chosen ? &chosen->options : NULL,
        .from = "",
        .is_chosen = true,
    };

    set_object(&giver, &project->file.options);
    giver.higher = NULL;
    giver.is_for_environment = true;
    for (size_t i = 0; i < project->file.environment_count; i++) {
        const struct environment *each = &project->file.environments[i];

        giver.is_chosen = chosen && each == chosen;
        giver.from =
            arena_print(&settings->arena, "environment \"%s\" in ", each->name);
        set_object(&giver, &each->options);
    }
}
