#include "runner/cli/page.h"

#include "runner/cli/text.h"

void secrets_find(const struct plan *plan, struct redactor *redactor)
{
    for (size_t i = 0; i < plan->suite_count; i++) {
        const struct suite *suite = &plan->suites[i];
        const char *name;
        json_t *unused;

        for (size_t j = 0; j < suite->secret_count; j++)
            redactor_add(redactor, suite->secrets[j]);
        json_object_foreach (plan->secret_names, name, unused)
            redactor_add_value(redactor,
                               json_object_get(suite->constants, name));
    }
}

void page_open(struct page *page, const struct plan *plan, FILE *out)
{
    *page = (struct page){.out = out};
    secrets_find(plan, &page->redactor);
}

void page_close(struct page *page)
{
    redactor_clear(&page->redactor);
    arena_finish(&page->arena);
}

const char *page_show(struct page *page, const char *text)
{
    return redact(&page->redactor, &page->arena, text);
}

void page_print(struct page *page, const char *text)
{
    text_print(page_show(page, text), 0, page->out);
}
