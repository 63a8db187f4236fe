/* What is known before the run becomes part of a judgement, and is looked at as
 * if it had been written there. */
#include "assertions/extract.h"
#include "assertions/judgement.h"
#include "specs/json.h"

struct folding {
    struct judgement *judgement;
    struct arena *arena;
    const struct known *known;
};

static void tell_wrong(const struct folding *folding,
                       const struct literal *literal, const json_t *value,
                       const struct trouble *trouble)
{
    known_tell(folding->known, literal->template, literal->at, value, trouble);
}

static void settle(struct folding *folding, struct literal *literal,
                   json_t *value)
{
    json_hold(folding->arena, value);
    literal->json = value;
    literal->template = NULL;
}

static void fold_pattern(struct folding *folding, const struct open *open)
{
    CLEANUP(buffer_finish)
    struct buffer text = buffer_with_ceiling(LIMIT_TEMPLATE_BYTES);
    struct pattern_trouble pattern_trouble;
    struct trouble trouble;
    json_auto_t *value = NULL;

    if (!known_pattern(folding->known, open->literal->template, &text))
        return;
    value = json_stringn(buffer_text(&text), text.length);
    *open->pattern =
        pattern_compile(buffer_text(&text), text.length, &pattern_trouble);
    if (!*open->pattern) {
        trouble_tell(&trouble, "bad regular expression: %s",
                     pattern_trouble.text);
        tell_wrong(folding, open->literal, value, &trouble);
        return;
    }
    pattern_optimize(*open->pattern);
    pattern_hold(folding->arena, *open->pattern);
    settle(folding, open->literal, value);
}

static bool fold_path(struct folding *folding, const struct open *open,
                      const json_t *value)
{
    struct jsonpath_trouble path_trouble;
    struct trouble trouble;
    const struct jsonpath *path = jsonpath_compile(
        folding->arena, json_string_value(value), &path_trouble);

    if (!path) {
        trouble_tell(&trouble, "bad JSONPath: %s", path_trouble.text);
        trouble.blind = "bad JSONPath";
        tell_wrong(folding, open->literal, value, &trouble);
        return false;
    }
    *open->path = jsonpath_hold(folding->arena, path);
    return true;
}

static void fold_value(struct folding *folding, const struct open *open)
{
    struct literal filled = *open->literal;
    struct trouble trouble;
    json_auto_t *value = known_value(folding->known, filled.template);

    if (!value)
        return;
    if (!literal_read(&filled, value, &trouble)) {
        tell_wrong(folding, open->literal, value, &trouble);
    } else if (!open->path || fold_path(folding, open, value)) {
        *open->literal = filled;
        settle(folding, open->literal, value);
    }
}

void judgement_fold(const struct judgement *judgement, struct arena *arena,
                    const struct known *known)
{
    struct folding folding = {
        .judgement = (struct judgement *)(uintptr_t)judgement,
        .arena = arena,
        .known = known,
    };

    for (size_t i = 0; i < judgement->more->open.count; i++) {
        const struct open *open = judgement->more->open.items[i];

        if (open->pattern)
            fold_pattern(&folding, open);
        else
            fold_value(&folding, open);
    }
}
