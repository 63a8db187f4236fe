/* The text has each of the formats or has not, whatever its bytes; what is of
 * one grammar is of those that contain it. */
#include "assertions/schema/formats.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct {
        const char *narrow, *wide;
    } rows[] = {
        {"uri", "iri"},
        {"uri", "uri-reference"},
        {"iri", "iri-reference"},
        {"uri-reference", "iri-reference"},
        {"hostname", "idn-hostname"},
        {"ipv4", "hostname"},
        {"uuid", "hostname"},
    };
    const char *text = (const char *)data;
    size_t count;
    const char *const *names = format_names(&count);

    for (size_t i = 0; i < count; i++) {
        for (int draft = SCHEMA_DRAFT_UNSET; draft <= SCHEMA_DRAFT_2020;
             draft++)
            (void)format_holds(names[i], (enum schema_draft)draft, text, size);
    }
    for (size_t i = 0; i < COUNT(rows); i++) {
        if (format_holds(rows[i].narrow, SCHEMA_DRAFT_UNSET, text, size) &&
            !format_holds(rows[i].wide, SCHEMA_DRAFT_UNSET, text, size))
            abort();
    }
    return 0;
}
