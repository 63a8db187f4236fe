/* What judgement_compile() makes. Constant afterwards. */
#pragma once

#include "assertions/assertions.h"
#include "assertions/matcher.h"

/* What most judgements have nothing of. */
struct judgement_more {
    struct list captures;
    struct list outcomes; /* of a race; struct outcome * */
    struct list watchers;
    struct list open;
    struct needs needs;
    struct digest_methods *digests;
};

struct judgement {
    struct spot at; /* of the request, for answers that never came */
    const struct placed_check *checks;
    const struct judgement_more *more;
    uint32_t check_count;
    bool expects_error; /* "error" is among the checks */
    bool holds_body;
    bool streams_body; /* the body is looked at, and not held */
};

/* Takes over what was found out, but for the faults. */
void judgement_settle(struct judgement *judgement,
                      const struct compiling *compiling);
