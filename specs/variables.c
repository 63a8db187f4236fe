/* The sources of variables that are the same for every suite, from the lowest
 * rank to the highest: each one overwrites what is there. */
#include "specs/variables.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "specs/dotenv.h"
#include "specs/json.h"
#include "specs/syntax.h"
#include "specs/template.h"
#include "specs/variables_secret.h"

static const struct place nowhere;

static const char ENVIRONMENT_PREFIX[] = "VOLLEY_VAR_";

/* Text that is not JSON of one word stays text: `1.10` and `007` are no
 * numbers in their shortest form. */
static json_t *read_word(const char *text)
{
    struct json_trouble trouble;
    struct buffer printed = buffer_with_ceiling(strlen(text) + 1);
    json_t *value = json_read(text, strlen(text), 1, 0, &trouble);
    const char *exact = value ? json_exact_number(value) : NULL;
    bool is_shortest;

    is_shortest = value && json_print(value, &printed) &&
                  strcmp(buffer_text(&printed), text) == 0;
    if (exact && strchr(exact, '.') && exact[strlen(exact) - 1] == '0')
        is_shortest = false;
    buffer_finish(&printed);
    if (is_shortest || (value && json_kind(value) == JSON_KIND_STRING))
        return value;
    json_decref(value);
    return NULL;
}

json_t *variables_read_text(const char *text)
{
    json_t *value = NULL;

    if (*text && strchr("-0123456789tfn\"", *text))
        value = read_word(text);
    return value ? value : json_string(text);
}

const char *variables_name_trouble(const char *name)
{
    size_t length = template_name_length(name);

    if (!length || name[length])
        return "a variable's name is made of letters, digits, \"_\" and \"-\" "
               "and does not begin with a digit or \"-\"";
    if (strcmp(name, "env") == 0)
        return "\"env\" is the environment, as in {{env.HOME}}; this variable "
               "needs another name";
    return NULL;
}

/* Values that are not UTF-8 cannot be told in JSON and are left out. */
static json_t *read_environment(char **environment, struct arena *arena)
{
    json_t *result = json_object();

    for (; environment && *environment; environment++) {
        const char *equals = strchr(*environment, '=');
        size_t length = equals ? (size_t)(equals - *environment) : 0;
        json_t *value = equals ? json_string(equals + 1) : NULL;

        if (value)
            json_object_set_new(
                result, arena_copy_bytes(arena, *environment, length), value);
    }
    return result;
}

static void take_environment(json_t *environment, json_t *values)
{
    size_t length = strlen(ENVIRONMENT_PREFIX);
    const char *name;
    json_t *value;

    json_object_foreach (environment, name, value) {
        if (strncmp(name, ENVIRONMENT_PREFIX, length) == 0 &&
            !variables_name_trouble(name + length))
            json_object_set_new(values, name + length,
                                variables_read_text(json_string_value(value)));
    }
}

static void finish_file(FILE **file)
{
    if (*file)
        fclose(*file);
}

/* Sets errno where it is false. */
static bool read_bytes(const char *path, struct buffer *bytes)
{
    CLEANUP(finish_file) FILE *file = fopen(path, "re");
    char block[8192];
    size_t length;

    if (!file)
        return false;
    while ((length = fread(block, 1, sizeof(block), file)) > 0) {
        if (!buffer_add(bytes, block, length)) {
            errno = EFBIG;
            return false;
        }
    }
    return !ferror(file);
}

static void take_members(const struct source *source, json_t *object,
                         struct variables *variables, struct faults *faults)
{
    struct node node = {.json = object, .at = {source, 0, 0}};
    struct members members;

    node.at.offset = strcspn(source->text, "{");
    members = node_members(&variables->plan->arena, &node, 0);
    for (size_t i = 0; i < members.count; i++) {
        const struct member *member = &members.list[i];
        const char *trouble = variables_name_trouble(member->key);

        if (trouble)
            spot_fault(faults, member->key_at, "%s", trouble);
        else
            json_object_set(variables->values, member->key, member->value.json);
    }
}

static void take_json(const struct source *source, struct variables *variables,
                      struct faults *faults)
{
    struct json_trouble trouble;
    json_auto_t *read =
        json_read(source->text, source->length, LIMIT_SPEC_DEPTH,
                  JSON_READ_REJECT_DUPLICATES, &trouble);
    struct spot spot = {source, read ? 0 : trouble.offset, 0};

    if (json_is_object(read))
        take_members(source, read, variables, faults);
    else if (read)
        spot_fault(faults, spot, "a file of variables is a JSON object");
    else if (!syntax_explain(source, faults))
        spot_fault(faults, spot, "%s", trouble.text);
}

/* JSON begins with a bracket, which no dotenv file does. */
static bool is_json(const struct source *source)
{
    const char *text = source->text;

    if (strncmp(text, "\xef\xbb\xbf", 3) == 0)
        text += 3;
    text += strspn(text, " \t\r\n");
    return *text == '{' || *text == '[';
}

static bool take_file(const char *path, struct variables *variables,
                      struct faults *faults)
{
    CLEANUP(buffer_finish)
    struct buffer bytes = buffer_with_ceiling(LIMIT_SPEC_BYTES);
    struct arena *arena = &variables->plan->arena;
    const struct source *source;
    char why[128];

    if (!read_bytes(path, &bytes)) {
        return faults_add(faults, (struct place){.path = path},
                          "the variables cannot be read: %s",
                          strerror_r(errno, why, sizeof(why)));
    }
    source = source_new(
        arena, path, arena_copy_bytes(arena, buffer_text(&bytes), bytes.length),
        bytes.length);
    if (bytes.length && !syntax_check_bytes(source, faults))
        return true;
    if (is_json(source)) {
        take_json(source, variables, faults);
    } else {
        json_auto_t *read = dotenv_read(source, faults);

        json_object_update(variables->values, read);
    }
    return true;
}

static bool take_definitions(struct variables *variables, struct faults *faults)
{
    const struct plan_options *options = variables->options;
    bool good = true;

    for (size_t i = 0; i < options->variable_count; i++) {
        const struct definition *variable = &options->variables[i];
        const char *trouble = variables_name_trouble(variable->name);
        json_t *value = trouble ? NULL : variables_read_text(variable->value);

        if (trouble) {
            good = faults_add(faults, nowhere, "--var %s: %s", variable->name,
                              trouble);
        } else if (!value) {
            good =
                faults_add(faults, nowhere, "--var %s: its value is not UTF-8",
                           variable->name);
        } else {
            json_object_set_new(variables->values, variable->name, value);
            json_object_set_new(variables->plan->unused, variable->name,
                                json_null());
        }
    }
    return good;
}

bool variables_load(const struct plan_options *options, struct plan *plan,
                    struct variables *result, struct faults *faults)
{
    json_t *environment = read_environment(options->environment, &plan->arena);
    json_auto_t *unused = json_object();
    bool good = true;

    *result = (struct variables){
        .plan = plan,
        .options = options,
        .values = json_object(),
    };
    plan->unused = json_hold(&plan->arena, unused);
    take_environment(environment, result->values);
    for (size_t i = 0; i < options->file_count; i++)
        good &= take_file(options->files[i], result, faults);
    good &= take_definitions(result, faults);
    good &= secrets_load(result, faults);
    json_object_set_new(result->values, "env", environment);
    return good;
}

void variables_finish(struct variables *variables)
{
    json_decref(variables->values);
    *variables = (struct variables){0};
}
