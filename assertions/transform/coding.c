/* Bytes that were written as letters. Characters are counted from 1, as people
 * do. */
#include <string.h>

#include "assertions/probe.h"
#include "assertions/transform.h"

enum { SEXTETS = 4 }; /* letters of a whole group, which stands for 3 bytes */

/* Nothing that is decoded is longer than what it is decoded from. */
static char *make_room(const struct applying *applying, struct text text)
{
    return arena_take(applying->matching->arena, text.length + 1);
}

static bool make_text(struct applying *applying, const char *bytes,
                      size_t length)
{
    applying->made = value_of_text((struct text){bytes, length});
    return true;
}

static size_t character_at(struct text text, size_t byte)
{
    return count_characters((struct text){text.bytes, byte}) + 1;
}

/* Of either alphabet (RFC 4648, sections 4 and 5); -1: no letter. */
static int sextet_of(char letter)
{
    if (letter >= 'A' && letter <= 'Z')
        return letter - 'A';
    if (letter >= 'a' && letter <= 'z')
        return letter - 'a' + 26;
    if (letter >= '0' && letter <= '9')
        return letter - '0' + 52;
    if (letter == '+' || letter == '-')
        return 62;
    return letter == '/' || letter == '_' ? 63 : -1;
}

/* Whether so many letters are whole bytes, and what stands behind them is the
 * padding that belongs there, or nothing. */
static bool check_end(struct applying *applying, struct text text,
                      size_t letters)
{
    size_t padding = text.length - letters;

    if (letters % SEXTETS == 1)
        return transform_refuse(applying, "not base64: a letter is missing at "
                                          "the end");
    return !padding || (text.length % SEXTETS == 0 && padding < 3) ||
           transform_refuse(applying, "not base64: the padding is wrong");
}

static bool check_base64(struct applying *applying, struct text text,
                         size_t *letters)
{
    *letters = text.length;
    while (*letters && text.bytes[*letters - 1] == '=')
        --*letters;
    for (size_t i = 0; i < *letters; i++) {
        if (sextet_of(text.bytes[i]) < 0)
            return transform_refuse(applying, "not base64 at character %zu",
                                    character_at(text, i));
    }
    return check_end(applying, text, *letters);
}

static bool apply_base64(struct applying *applying)
{
    struct text text;
    size_t letters, length = 0;
    uint32_t bits = 0;
    char *bytes;

    if (!transform_text(applying, &text) ||
        !check_base64(applying, text, &letters))
        return false;
    bytes = make_room(applying, text);
    for (size_t i = 0; i < letters; i++) {
        unsigned kept = 6 - 2 * (i % SEXTETS); /* bits, for the next byte */

        bits = bits << 6 | (uint32_t)sextet_of(text.bytes[i]);
        if (i % SEXTETS)
            bytes[length++] = (char)(bits >> kept);
    }
    return make_text(applying, bytes, length);
}

static int digit_of(char digit)
{
    if (digit >= '0' && digit <= '9')
        return digit - '0';
    if (digit >= 'a' && digit <= 'f')
        return digit - 'a' + 10;
    return digit >= 'A' && digit <= 'F' ? digit - 'A' + 10 : -1;
}

/* The byte that two digits are; -1 where there are none. */
static int byte_of(struct text text, size_t at)
{
    int high, low;

    if (at + 2 > text.length)
        return -1;
    high = digit_of(text.bytes[at]);
    low = digit_of(text.bytes[at + 1]);
    return high < 0 || low < 0 ? -1 : high << 4 | low;
}

static bool apply_hex(struct applying *applying)
{
    struct text text;
    char *bytes;

    if (!transform_text(applying, &text))
        return false;
    for (size_t i = 0; i < text.length; i++) {
        if (digit_of(text.bytes[i]) < 0) {
            return transform_refuse(applying,
                                    "no hexadecimal digit at "
                                    "character %zu",
                                    character_at(text, i));
        }
    }
    if (text.length % 2)
        return transform_refuse(applying, "an odd number of digits");
    bytes = make_room(applying, text);
    for (size_t i = 0; i < text.length; i += 2)
        bytes[i / 2] = (char)byte_of(text, i);
    return make_text(applying, bytes, text.length / 2);
}

/* RFC 3986, section 2.1. A plus is a plus. */
static bool apply_url_decode(struct applying *applying)
{
    struct text text;
    size_t length = 0;
    char *bytes;

    if (!transform_text(applying, &text))
        return false;
    bytes = make_room(applying, text);
    for (size_t i = 0; i < text.length; i++) {
        int byte = (unsigned char)text.bytes[i];

        if (byte == '%') {
            byte = byte_of(text, i + 1);
            if (byte < 0) {
                return transform_refuse(applying,
                                        "no two hexadecimal digits "
                                        "behind %% at character %zu",
                                        character_at(text, i));
            }
            i += 2;
        }
        bytes[length++] = (char)byte;
    }
    return make_text(applying, bytes, length);
}

const struct transform_kind base64_transform = {
    .name = "base64",
    .words = "base64 of ",
    .result = DOMAIN_TEXT,
    .apply = apply_base64,
};

const struct transform_kind hex_transform = {
    .name = "hex",
    .words = "hexadecimal digits of ",
    .result = DOMAIN_TEXT,
    .apply = apply_hex,
};

const struct transform_kind url_decode_transform = {
    .name = "url_decode",
    .words = "the URL encoding of ",
    .result = DOMAIN_TEXT,
    .apply = apply_url_decode,
};
