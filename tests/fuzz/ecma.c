/* The first line is a regular expression of ECMA-262, the rest what it
 * searches. What PCRE2 compiles was one; every trouble has words and a place
 * within the pattern. */
#include "assertions/schema/ecma.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
    if (!holds)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *text = (const char *)data;
    const char *line = size ? memchr(text, '\n', size) : NULL;
    size_t length = line ? (size_t)(line - text) : size;
    struct pattern_trouble trouble = {0}, refused = {0};
    struct pattern *pattern = ecma_compile(text, length, &trouble);
    bool is_one = ecma_check(text, length, &refused);

    must(is_one || !pattern);
    must(pattern || (trouble.text[0] && trouble.offset <= length));
    must(is_one || strcmp(trouble.text, refused.text) == 0);
    if (pattern && line)
        (void)pattern_search(pattern,
                             (struct text){line + 1, size - length - 1}, NULL);
    pattern_free(pattern);
    return 0;
}
