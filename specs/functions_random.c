#include <math.h>
#include <stdio.h>
#include <string.h>

#include "specs/base/clock.h"
#include "specs/functions.h"
#include "specs/json.h"

enum { UUID_BYTES = 16, UUID_TEXT = 37, UUID_TIME_BYTES = 6 };

static const char letters_and_digits[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

static json_t *refuse(size_t argument, struct trouble *trouble)
{
    trouble->element = argument + 1;
    return NULL;
}

/* A whole number of 64 bits; 3.0 is one. */
static bool whole_argument(const struct asked *asked, size_t argument,
                           int64_t *result, struct trouble *trouble)
{
    const double too_much = 0x1p63;
    json_t *value = asked->arguments[argument];
    double real = json_is_real(value) ? json_real_value(value) : 0;

    if (json_is_integer(value)) {
        *result = json_integer_value(value);
    } else if (json_is_real(value) && trunc(real) == real &&
               real >= -too_much && real < too_much) {
        *result = (int64_t)real;
    } else {
        trouble_tell(trouble, "a whole number of at most 64 bits is expected "
                              "here");
        trouble->element = argument + 1;
        return false;
    }
    return true;
}

json_t *function_random_int(const struct asked *asked, struct trouble *trouble)
{
    struct chance_stream stream;
    int64_t least, most;
    uint64_t drawn;

    if (!whole_argument(asked, 0, &least, trouble) ||
        !whole_argument(asked, 1, &most, trouble))
        return NULL;
    if (least > most) {
        trouble_tell(trouble, "the largest number is smaller than the least");
        return refuse(1, trouble);
    }
    stream = asked_stream(asked);
    /* As many as there are, which is 0 for all of 64 bits. */
    drawn = chance_below(&stream, (uint64_t)most - (uint64_t)least + 1);
    drawn += (uint64_t)least;
    return json_integer((json_int_t)drawn);
}

/* Where each of the characters of a text begins, and behind the last one. */
struct alphabet {
    const char *text;
    size_t count;
    uint32_t starts[LIMIT_ALPHABET + 1];
};

static bool read_alphabet(const struct asked *asked, struct alphabet *alphabet,
                          struct trouble *trouble)
{
    const char *text = letters_and_digits;
    size_t length = strlen(text), at = 0;

    if (asked->count > 1) {
        text = json_string_value(asked->arguments[1]);
        length = json_string_length(asked->arguments[1]);
    }
    alphabet->text = text;
    alphabet->count = 0;
    while (at < length && alphabet->count < LIMIT_ALPHABET) {
        alphabet->starts[alphabet->count++] = (uint32_t)at;
        at += json_character_length(text + at, length - at);
    }
    alphabet->starts[alphabet->count] = (uint32_t)at;
    if (!length)
        return trouble_tell(trouble, "an alphabet has at least one character");
    if (at < length)
        return trouble_tell(trouble, "an alphabet has at most %d characters",
                            LIMIT_ALPHABET);
    return true;
}

json_t *function_random_string(const struct asked *asked,
                               struct trouble *trouble)
{
    CLEANUP(buffer_finish)
    struct buffer made = buffer_with_ceiling(LIMIT_TEMPLATE_BYTES);
    struct alphabet alphabet;
    struct chance_stream stream;
    int64_t length;

    if (!whole_argument(asked, 0, &length, trouble))
        return NULL;
    if (length < 0 || length > LIMIT_RANDOM_STRING) {
        trouble_tell(trouble, "a random text has from 0 to %d characters",
                     LIMIT_RANDOM_STRING);
        return refuse(0, trouble);
    }
    if (!read_alphabet(asked, &alphabet, trouble))
        return refuse(1, trouble);
    stream = asked_stream(asked);
    for (; length; length--) {
        size_t drawn = chance_below(&stream, alphabet.count);
        const uint32_t *start = &alphabet.starts[drawn];

        /* At most LIMIT_RANDOM_STRING characters of four bytes: they fit. */
        (void)!buffer_add(&made, alphabet.text + start[0], start[1] - start[0]);
    }
    return json_stringn_nocheck(buffer_text(&made), made.length);
}

/* RFC 9562, section 5.7: milliseconds since 1970 come first. */
static void put_time(int64_t wall_ns, unsigned char bytes[UUID_BYTES])
{
    uint64_t ms = (uint64_t)(wall_ns / NS_PER_MS);

    for (size_t i = UUID_TIME_BYTES; i-- > 0; ms >>= 8)
        bytes[i] = (unsigned char)ms;
}

static json_t *uuid_text(const unsigned char bytes[UUID_BYTES])
{
    char text[UUID_TEXT];
    size_t length = 0;

    for (size_t i = 0; i < UUID_BYTES; i++) {
        if (i == 4 || i == 6 || i == 8 || i == 10)
            text[length++] = '-';
        length += (size_t)snprintf(text + length, 3, "%02x", bytes[i]);
    }
    return json_stringn_nocheck(text, length);
}

json_t *function_uuid(const struct asked *asked, struct trouble *trouble)
{
    struct chance_stream stream = asked_stream(asked);
    unsigned char bytes[UUID_BYTES];
    int64_t version = 4;
    uint64_t drawn = 0;

    if (asked->count && !whole_argument(asked, 0, &version, trouble))
        return NULL;
    if (version != 4 && version != 7) {
        trouble_tell(trouble, "a UUID here is of version 4 or 7");
        return refuse(0, trouble);
    }
    for (size_t i = 0; i < UUID_BYTES; i++, drawn >>= 8) {
        if (i % 8 == 0)
            drawn = chance_next(&stream);
        bytes[i] = (unsigned char)drawn;
    }
    if (version == 7)
        put_time(asked_wall_ns(asked), bytes);
    /* Version and variant: RFC 9562, section 4. */
    bytes[6] = (unsigned char)((bytes[6] & 0x0f) | version << 4);
    bytes[8] = (unsigned char)((bytes[8] & 0x3f) | 0x80);
    return uuid_text(bytes);
}
