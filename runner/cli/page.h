/* What a command prints of a plan, without its secrets. */
#pragma once

#include <stdio.h>

#include "runner/redact.h"

/* The secrets of all suites, and whatever else has the name of one. */
void secrets_find(const struct plan *plan, struct redactor *redactor);

struct page {
    FILE *out;
    struct redactor redactor;
    struct arena arena; /* of what had to be changed */
};

void page_open(struct page *page, const struct plan *plan, FILE *out);
void page_close(struct page *page);

/* The text as it may be told; NULL gives NULL. */
const char *page_show(struct page *page, const char *text);

/* Shown by text_print(). */
void page_print(struct page *page, const char *text);
