/* How often, in which order and how fast. */
#include <string.h>

#include "runner/cli/settings.h"

static const struct place nowhere;

bool set_retries(struct settings *settings, const char *label,
                 const char *value, struct fault *fault)
{
    struct retry *retry = arena_take(&settings->arena, sizeof(*retry));

    *retry = (struct retry){.backoff = 1, .on = RETRY_ANY};
    if (!value_number(label, value, (const size_t[]){0, LIMIT_RETRIES},
                      &retry->times, fault))
        return false;
    settings->limits.retry = retry->times ? retry : NULL;
    return true;
}

bool set_flaky_result(struct settings *settings, const char *label,
                      const char *value, struct fault *fault)
{
    size_t index;

    if (!value_choice(label, value, flaky_words(), &index, fault))
        return false;
    settings->flaky_fails = index == 0;
    return true;
}

struct words flaky_words(void)
{
    static const char *const words[] = {"fail", "pass"};

    return (struct words){COUNT(words), words};
}

bool set_test_timeout(struct settings *settings, const char *label,
                      const char *value, struct fault *fault)
{
    return value_time(label, value, &settings->limits.test_timeout_ns, fault);
}

bool set_run_timeout(struct settings *settings, const char *label,
                     const char *value, struct fault *fault)
{
    return value_time(label, value, &settings->limits.run_timeout_ns, fault);
}

/* The nanoseconds of "s", "m" or "h"; 0 for anything else. */
static int64_t unit_ns(const char *unit)
{
    enum { MINUTE = 60, HOUR = 60 * 60 };

    if (!unit || strcmp(unit, "s") == 0)
        return NS_PER_S;
    if (strcmp(unit, "m") == 0)
        return MINUTE * NS_PER_S;
    return strcmp(unit, "h") == 0 ? HOUR * NS_PER_S : 0;
}

bool set_rate(struct settings *settings, const char *label, const char *value,
              struct fault *fault)
{
    char *unit = arena_copy(&settings->arena, value);
    const char *number = strsep(&unit, "/");
    uint64_t count;

    if (!read_count(number, LIMIT_RATE, &count) || count == 0 ||
        !unit_ns(unit)) {
        return fault_raise(fault, nowhere,
                           "%s: \"%s\" is not a rate, such as \"50/s\" or "
                           "\"600/m\", of at most %d",
                           label, value, LIMIT_RATE);
    }
    settings->limits.interval_ns = unit_ns(unit) / (int64_t)count;
    return true;
}

bool set_shuffle(struct settings *settings, const char *label,
                 const char *value, struct fault *fault)
{
    settings->shuffle = true;
    return !value || set_seed(settings, label, value, fault);
}

bool set_repeat(struct settings *settings, const char *label, const char *value,
                struct fault *fault)
{
    return value_number(label, value, (const size_t[]){1, LIMIT_ROUNDS},
                        &settings->rounds.most, fault);
}

bool set_until_fail(struct settings *settings, const char *label,
                    const char *value, struct fault *fault)
{
    (void)label, (void)value, (void)fault;
    settings->rounds.until_fail = true;
    return true;
}

bool set_repeat_for(struct settings *settings, const char *label,
                    const char *value, struct fault *fault)
{
    return value_time(label, value, &settings->rounds.for_ns, fault);
}

bool set_replay(struct settings *settings, const char *label, const char *value,
                struct fault *fault)
{
    (void)label, (void)fault;
    settings->replay = value;
    return true;
}

/* What decides on an order or a time of its own. */
bool settings_agree(const struct settings *settings, struct fault *fault)
{
    const struct {
        bool is_set;
        const char *option;
    } others[] = {
        {settings->shuffle, "--shuffle"},
        {settings->limits.interval_ns != 0, "--rate"},
        {settings->rounds.until_fail, "--until-fail"},
        {settings->rounds.for_ns != 0, "--repeat-for"},
        {rounds_are_many(&settings->rounds), "--repeat"},
    };

    for (size_t i = 0; i < COUNT(others); i++) {
        if (settings->replay && others[i].is_set && !settings->wants_help) {
            return fault_raise(fault, nowhere,
                               "--replay sends what the log says when it says; "
                               "it cannot be given with %s",
                               others[i].option);
        }
    }
    return true;
}
