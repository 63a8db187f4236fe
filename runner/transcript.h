/* What was sent and what came back, for those who must understand a failure. */
#pragma once

#include "reporters/reporters.h"
#include "runner/exchange.h"
#include "runner/redact.h"

/* In the arena, redacted: Authorization and cookies never show. */
const struct transcript *transcript_make(const struct exchange *exchange,
                                         const struct redactor *redactor,
                                         struct arena *arena);
