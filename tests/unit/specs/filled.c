#include "tests/unit/specs/filled.h"

#include <check.h>
#include <stdio.h>

const char *filled(const struct template *template)
{
    static char text[256];
    struct buffer buffer = buffer_with_ceiling(sizeof(text) - 1);
    struct fault fault = {0};

    if (!template)
        return "nothing";
    ck_assert(template_fill_text(template, NULL, &buffer, &fault));
    snprintf(text, sizeof(text), "%s", buffer_text(&buffer));
    buffer_finish(&buffer);
    return text;
}
