#include "assertions/schema/idn.h"

#include <idn2.h>
#include <stdio.h>
#include <string.h>

static void finish(uint8_t **name)
{
    idn2_free(*name);
}

static void lower(char *text)
{
    for (; *text; text++) {
        if (*text >= 'A' && *text <= 'Z')
            *text += 'a' - 'A';
    }
}

static bool fits(char *to, size_t size, const uint8_t *from)
{
    return (size_t)snprintf(to, size, "%s", (const char *)from) < size;
}

static bool read_a_label(const char *label, struct idn_label *result)
{
    CLEANUP(finish) uint8_t *ascii = NULL;
    char *text = NULL;
    bool done;

    /* By itself it also decodes, checks and encodes again. */
    if (idn2_register_u8(NULL, (const uint8_t *)label, &ascii, 0) != IDN2_OK ||
        idn2_to_unicode_8z8z(label, &text, 0) != IDN2_OK)
        return false;
    done = fits(result->ascii, sizeof(result->ascii), ascii) &&
           fits(result->text, sizeof(result->text), (const uint8_t *)text);
    idn2_free(text);
    return done;
}

bool idn_label_read(struct text label, enum idn_form form,
                    struct idn_label *result)
{
    CLEANUP(finish) uint8_t *ascii = NULL;
    char *text = result->text;

    if (!label.length || label.length >= sizeof(result->text))
        return false;
    memcpy(text, label.bytes, label.length);
    text[label.length] = '\0';
    if (strncasecmp(text, "xn--", 4) == 0) {
        char a_label[sizeof(result->text)];

        memcpy(a_label, text, label.length + 1);
        lower(a_label);
        return read_a_label(a_label, result);
    }
    return idn2_register_u8((const uint8_t *)text, NULL, &ascii,
                            form == IDN_NORMALIZE ? IDN2_NFC_INPUT : 0) ==
               IDN2_OK &&
           fits(result->ascii, sizeof(result->ascii), ascii);
}
