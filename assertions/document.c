#include "assertions/document.h"

#include "assertions/extract.h"
#include "assertions/probe.h"

enum { BEGINNING = 64, TYPE_MOST = 100 }; /* bytes of the body, of its type */

json_t *document_root(struct document *document,
                      const struct response *response,
                      struct matching *matching)
{
    struct text body = answer_body(response);

    if (document->is_read)
        return document->root;
    document->is_read = true;
    document->root = json_read(body.bytes, body.length, LIMIT_JSON_DEPTH, 0,
                               &document->trouble);
    if (document->root)
        matching_keep(matching, document->root);
    return document->root;
}

/* Lines and columns count from 1; columns are characters. */
static void tell_place(struct teller *teller, struct text body, size_t offset)
{
    size_t line = 1, start = 0, column;

    if (offset > body.length)
        offset = body.length;
    for (size_t i = 0; i < offset; i++) {
        if (body.bytes[i] == '\n') {
            line++;
            start = i + 1;
        }
    }
    column =
        1 + count_characters((struct text){body.bytes + start, offset - start});
    tell_format(teller, " at line %zu, column %zu", line, column);
}

void document_tell_beginning(struct teller *teller,
                             const struct response *response)
{
    struct text body = answer_body(response);
    struct text type = answer_header(response, "content-type", 0);

    if (type.bytes) {
        tell(teller, "; its type is ");
        if (type.length > TYPE_MOST)
            type.length = TYPE_MOST;
        tell_visibly(teller, type);
    }
    tell(teller, "; it begins ");
    tell_quoted(teller, (struct text){body.bytes, body.length > BEGINNING
                                                      ? BEGINNING
                                                      : body.length});
}

const char *document_trouble(const struct document *document,
                             const struct response *response,
                             struct arena *arena)
{
    struct text body = answer_body(response);
    struct teller teller = teller_open(arena, LIMIT_VALUE_TOLD);

    if (body.length == 0) {
        tell(&teller, "the body is empty, not JSON");
        return teller_finish(&teller);
    }
    tell(&teller, "the body is not JSON: ");
    tell_visibly(&teller, text_of(document->trouble.text));
    tell_place(&teller, body, document->trouble.offset);
    document_tell_beginning(&teller, response);
    return teller_finish(&teller);
}
