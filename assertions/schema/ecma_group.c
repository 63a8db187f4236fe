/* Groups, and references to what they matched: ECMA-262, section 22.2.1. A name
 * becomes its group's number, since PCRE2 takes fewer names. */
#include <stdio.h>
#include <string.h>

#include "assertions/schema/ecma_parts.h"

/* The name up to its ">", in the arena; NULL where there is none. */
static const char *read_name(struct ecma *ecma)
{
    const char *start = ecma->at;

    while (ecma->at < ecma->end) {
        unsigned char c = (unsigned char)*ecma->at;
        bool is_digit = c >= '0' && c <= '9';

        if (c < 0x80 && c != '$' && c != '_' && !is_digit &&
            !((c | 0x20) >= 'a' && (c | 0x20) <= 'z'))
            break;
        if (is_digit && ecma->at == start)
            break;
        ecma->at++;
    }
    if (ecma->at == start || ecma_peek(ecma) != '>')
        return NULL;
    ecma->at++;
    return arena_copy_bytes(&ecma->names, start,
                            (size_t)(ecma->at - start) - 1);
}

static const char *skip_class(const char *at, const char *end)
{
    while (at < end && *at != ']')
        at += *at == '\\' && end - at > 1 ? 2 : 1;
    return at;
}

/* Counts a group at its "(", and gives its name that number. */
static bool count_group(struct ecma *ecma)
{
    const char *at = ecma->at, *name;
    bool is_special = ecma->end - at > 1 && at[1] == '?';
    bool is_named =
        ecma->end - at > 3 && at[2] == '<' && at[3] != '=' && at[3] != '!';

    if (is_special && !is_named)
        return true;
    ecma->group_count++;
    if (!is_special)
        return true;
    ecma->at += 3;
    name = read_name(ecma);
    if (!name)
        return ecma_refuse(ecma, at + 3, "a name and \">\" expected");
    if (map_set(&ecma->numbers, name, (void *)(uintptr_t)ecma->group_count))
        return ecma_refuse(ecma, at + 3, "two groups have the name \"%.60s\"",
                           name);
    ecma->at--;
    return true;
}

/* References may come before their groups, so these are counted first. */
bool ecma_count_groups(struct ecma *ecma)
{
    for (; ecma->at < ecma->end; ecma->at++) {
        if (*ecma->at == '\\' && ecma->end - ecma->at > 1)
            ecma->at++;
        else if (*ecma->at == '[')
            ecma->at = skip_class(ecma->at + 1, ecma->end);
        else if (*ecma->at == '(' && !count_group(ecma))
            return false;
        if (ecma->at == ecma->end)
            break;
    }
    ecma->at = ecma->start;
    return true;
}

bool ecma_open_group(struct ecma *ecma)
{
    static const struct {
        const char *text;
        bool is_assertion;
    } kinds[] = {
        {"?:", false}, {"?=", true}, {"?!", true}, {"?<=", true}, {"?<!", true},
    };
    struct ecma_opened group = {ecma->at++, false};
    const char *form = "";

    for (size_t i = 0; i < COUNT(kinds) && !*form; i++) {
        if (ecma_take_text(ecma, kinds[i].text)) {
            form = kinds[i].text;
            group.is_assertion = kinds[i].is_assertion;
        }
    }
    if (!*form && ecma_take_text(ecma, "?<"))
        (void)read_name(ecma); /* count_group() knows that it is one */
    else if (!*form && ecma_peek(ecma) == '?') {
        return ecma_refuse(ecma, group.at,
                           "no group of ECMA-262 begins like this, but with "
                           "( (?: (?= (?! (?<= (?<! (?<name>");
    }
    if (ecma->opened_count == ecma->opened_room) {
        ecma->opened_room = 2 * ecma->opened_room + 16;
        ecma->opened = must_resize(ecma->opened,
                                   ecma->opened_room * sizeof(ecma->opened[0]));
    }
    ecma->opened[ecma->opened_count++] = group;
    ecma->can_repeat = false;
    return ecma_put(ecma, "(") && ecma_put(ecma, form);
}

bool ecma_close_group(struct ecma *ecma)
{
    if (!ecma->opened_count)
        return ecma_refuse(ecma, ecma->at, "this \")\" closes nothing");
    ecma->at++;
    ecma->can_repeat = !ecma->opened[--ecma->opened_count].is_assertion;
    return ecma_put(ecma, ")");
}

/* PCRE2 would not match where the group has not matched yet, so it is asked. */
static bool put_reference(struct ecma *ecma, size_t number)
{
    char text[80];

    snprintf(text, sizeof(text), "(?:(?(%zu)\\g{%zu}))", number, number);
    ecma->can_repeat = true;
    return ecma_put(ecma, text);
}

bool ecma_copy_number(struct ecma *ecma)
{
    const char *at = ecma->at - 1;
    size_t number = 0;

    for (char c; (c = ecma_peek(ecma)) >= '0' && c <= '9'; ecma->at++) {
        if (number <= ecma->group_count)
            number = number * 10 + (size_t)(c - '0');
    }
    if (number > ecma->group_count) {
        return ecma_refuse(ecma, at,
                           "there is no such group: the regular expression has "
                           "%zu",
                           ecma->group_count);
    }
    return put_reference(ecma, number);
}

bool ecma_copy_name(struct ecma *ecma)
{
    const char *at = ecma->at - 1, *name = NULL;
    size_t number;

    ecma->at++;
    if (ecma_take(ecma, '<'))
        name = read_name(ecma);
    if (!name)
        return ecma_refuse(ecma, at, "a reference is written \\k<name>");
    number = (uintptr_t)map_find(&ecma->numbers, name);
    if (!number)
        return ecma_refuse(ecma, at, "no group has the name \"%.60s\"", name);
    return put_reference(ecma, number);
}
