/* What a URL, and what every text of a request, must be like. Private to
 * specs/; text_check() is in specs.h. */
#pragma once

#include "specs/specs.h"

/* RFC 9110, section 5.6.2. */
bool is_token(const char *text);

enum url_form {
    URL_WRITTEN, /* may hold templates, and then is looked at around them */
    URL_FILLED,
    URL_BASE, /* as written, of `base_url` */
};

/* Looks at scheme, host and port; false with the trouble told. */
bool url_read(const char *text, const struct suite *suite, enum url_form form,
              struct trouble *trouble) NODISCARD;
/* Of a base_url whose templates are filled; false with the trouble told. */
bool url_read_base(const char *text, const struct suite *suite,
                   struct trouble *trouble) NODISCARD;
