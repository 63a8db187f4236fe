/* The first line is a form of dates, the rest a text. A text that is read is a
 * moment that, printed, is read again as the same one; every trouble has words
 * and a place within the text. */
#include <stdlib.h>
#include <string.h>

#include "assertions/instant.h"
#include "specs/base/arena.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
    if (!holds)
        abort();
}

static void check_trouble(const struct trouble *trouble, size_t length)
{
    must(trouble->text[0] && trouble->at <= length &&
         trouble->length <= length - trouble->at);
}

static void check_text(const char *form, struct text text)
{
    struct trouble trouble = {.text = ""};
    struct instant instant, again;
    char printed[INSTANT_TEXT];

    if (!instant_read(form, text, &instant, &trouble)) {
        check_trouble(&trouble, text.length);
        return;
    }
    must(instant.ns >= 0 && instant.ns < 1000000000);
    instant_print(instant, printed);
    /* A clock elsewhere may show a year of four digits where UTC does not. */
    if (printed[4] != '-' || printed[0] == '-')
        return;
    must(instant_read("iso", (struct text){printed, strlen(printed)}, &again,
                      &trouble));
    must(instant_compare(instant, again) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = {0};
    struct trouble trouble = {.text = ""};
    const char *bytes = (const char *)data;
    const char *line = size ? memchr(bytes, '\n', size) : NULL;
    size_t length = line ? (size_t)(line - bytes) : size;
    const char *form = arena_copy_bytes(&arena, bytes, length);
    struct text text = {0};

    if (line)
        text = (struct text){line + 1, size - length - 1};
    if (!instant_form_check(form, &trouble))
        check_trouble(&trouble, strlen(form));
    else
        check_text(form, text);
    check_text(NULL, text);
    (void)instant_is_time(text);
    arena_finish(&arena);
    return 0;
}
