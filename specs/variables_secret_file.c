/* Files in which every name is a secret. */
#include <string.h>
#include <sys/stat.h>

#include "specs/fields.h"
#include "specs/json.h"
#include "specs/variables_file.h"
#include "specs/variables_origin.h"
#include "specs/variables_secret.h"
#include "specs/warnings.h"

enum { TYPES_OF_SECRETS = TYPE_STRING | TYPE_NUMBER | TYPE_BOOLEAN };

static void take_text(const struct member *member, struct variables *variables,
                      struct faults *faults)
{
    CLEANUP(buffer_finish)
    struct buffer text = buffer_with_ceiling(LIMIT_SPEC_BYTES);
    json_t *value;

    if (!type_check(&member->value, "a secret", TYPES_OF_SECRETS, faults) ||
        !json_print_bare(member->value.json, &text))
        return;
    if (!text.length) {
        spot_fault(faults, member->key_at, "the secret \"%s\" is empty",
                   member->key);
        return;
    }
    if (memchr(text.bytes, '\0', text.length)) {
        spot_fault(faults, member->key_at,
                   "the secret \"%s\" cannot hold a NUL", member->key);
        return;
    }
    value = json_stringn(text.bytes, text.length);
    json_object_set_new(variables->secret_texts, member->key, value);
    origin_note_spot(variables->plan->origins, member->key, "--secrets-file",
                     member->key_at);
}

static void warn_of_readers(struct plan *plan, const char *path)
{
    struct stat entry;

    if (stat(path, &entry) == 0 && entry.st_mode & S_IROTH) {
        plan_warn(plan, (struct place){.path = path},
                  "everybody on this machine can read these secrets; "
                  "\"chmod 600\" hides them");
    }
}

bool secret_files_load(struct variables *variables, struct faults *faults)
{
    const struct plan_options *options = variables->options;
    bool good = true;

    variables->secret_texts = json_object();
    for (size_t i = 0; i < options->secret_file_count; i++) {
        const char *path = options->secret_files[i];
        CLEANUP(faults_finish) struct faults found = {0};
        struct members members;

        good &= variables_read_file(path, &variables->plan->arena, &members,
                                    &found);
        for (size_t j = 0; j < members.count; j++)
            take_text(&members.list[j], variables, &found);
        faults_add_hidden(faults, &found);
        warn_of_readers(variables->plan, path);
    }
    return good;
}
