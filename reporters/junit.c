/* The JUnit report. There is no standard for it, only readers with habits;
 * README.md lists the rules that keep all of them content. */

#include "reporters/junit.h"

#include <errno.h>
#include <libxml/xmlwriter.h>
#include <stdlib.h>

#include "reporters/figures.h"
#include "reporters/kinds.h"
#include "reporters/outfile.h"
#include "reporters/tally.h"
#include "reporters/text.h"

/* No text is longer: escaped, a character takes at most six bytes. */
enum { ESCAPED_MOST = LIMIT_NODE_TOLD * 6 };

struct junit {
    struct reporter base;
    struct outfile out;
    struct junit_story story;
    bool is_strict;
};

struct page {
    xmlTextWriter *writer;
    struct buffer escaped; /* used again for each text */
    bool is_strict;
    bool is_broken;
};

/* Trouble is the outfile's to keep; libxml2 would print it. */
static int pass_on(void *file, const char *bytes, int length)
{
    outfile_write(file, bytes, (size_t)length);
    return length;
}

static void check(struct page *page, int result)
{
    if (result < 0)
        page->is_broken = true;
}

static const xmlChar *xml(const char *text)
{
    return (const xmlChar *)text;
}

static void begin(struct page *page, const char *name)
{
    check(page, xmlTextWriterStartElement(page->writer, xml(name)));
}

static void end(struct page *page)
{
    check(page, xmlTextWriterEndElement(page->writer));
}

/* libxml2 would escape every quotation mark and every '>', of which bodies are
 * full, and some readers count references; so the escaping is our own. */
static void write_escaped(struct page *page, const char *text,
                          enum text_escape escape)
{
    buffer_clear(&page->escaped);
    text_add_escaped(&page->escaped, text, escape);
    check(page, xmlTextWriterWriteRaw(page->writer,
                                      xml(buffer_text(&page->escaped))));
}

static void attribute(struct page *page, const char *name, const char *value)
{
    check(page, xmlTextWriterStartAttribute(page->writer, xml(name)));
    write_escaped(page, value, TEXT_ATTRIBUTE);
    check(page, xmlTextWriterEndAttribute(page->writer));
}

static void attribute_count(struct page *page, const char *name, size_t count)
{
    char value[FIGURE_ROOM];

    snprintf(value, sizeof(value), "%zu", count);
    attribute(page, name, value);
}

static void attribute_seconds(struct page *page, int64_t ns)
{
    char value[FIGURE_ROOM];

    attribute(page, "time", figure_seconds(ns, value));
}

static void element(struct page *page, const char *name, const char *text)
{
    begin(page, name);
    write_escaped(page, text, TEXT_ELEMENT);
    end(page);
}

static void write_trouble(struct page *page, const char *name,
                          const struct junit_told *told)
{
    begin(page, name);
    attribute(page, "message", told->message);
    if (told->type)
        attribute(page, "type", told->type);
    write_escaped(page, told->text, TEXT_ELEMENT);
    end(page);
}

/* The attempts before the last one, either those that failed or those that
 * erred. */
static void write_reruns(struct page *page, const struct junit_case *kept,
                         bool errors)
{
    static const char *const names[2][2] = {{"rerunFailure", "rerunError"},
                                            {"flakyFailure", "flakyError"}};
    const char *name = names[kept->outcome == OUTCOME_PASSED][errors];

    if (page->is_strict)
        return;
    for (size_t i = 0; i < kept->told->rerun_count; i++) {
        const struct junit_rerun *rerun = &kept->told->reruns[i];

        if (rerun->is_error != errors)
            continue;
        begin(page, name);
        attribute(page, "message", rerun->message);
        attribute(page, "type", rerun->type);
        element(page, "stackTrace", rerun->text);
        end(page);
    }
}

/* At most one of failure, error and skipped; the order is that of Surefire. */
static void write_told(struct page *page, const struct junit_case *kept)
{
    const struct junit_told *told = kept->told;

    if (kept->outcome == OUTCOME_FAILED)
        write_trouble(page, "failure", told);
    write_reruns(page, kept, false);
    if (kept->outcome == OUTCOME_SKIPPED)
        write_trouble(page, "skipped", told);
    if (kept->outcome == OUTCOME_ERRED)
        write_trouble(page, "error", told);
    write_reruns(page, kept, true);
    if (*told->output && !page->is_strict)
        element(page, "system-out", told->output);
}

static void write_case(struct page *page, const struct junit_suite *suite,
                       const struct junit_case *kept)
{
    begin(page, "testcase");
    attribute(page, "name", kept->name);
    attribute(page, "classname", suite->class_name);
    attribute_seconds(page, kept->duration_ns);
    if (!page->is_strict) {
        attribute(page, "file", suite->path);
        attribute_count(page, "line", kept->line);
    }
    if (kept->told)
        write_told(page, kept);
    end(page);
}

static void write_properties(struct page *page, const struct junit_story *story)
{
    begin(page, "properties");
    for (const struct junit_property *property = story->properties; property;
         property = property->next) {
        begin(page, "property");
        attribute(page, "name", property->name);
        attribute(page, "value", property->value);
        end(page);
    }
    end(page);
}

static void write_counts(struct page *page, const struct counts *counts)
{
    attribute_count(page, "tests", counts->tests);
    attribute_count(page, "failures", counts->failed);
    attribute_count(page, "errors", counts->erred);
}

static void write_suite(struct page *page, const struct junit_story *story,
                        size_t index)
{
    const struct junit_suite *suite = &story->suites[index];
    char stamp[20];

    clock_stamp(story->wall_ns + suite->started_ns, stamp);
    begin(page, "testsuite");
    attribute(page, "name", suite->path);
    if (page->is_strict)
        attribute(page, "package", "");
    write_counts(page, &suite->counts);
    attribute_count(page, "skipped", suite->counts.skipped);
    attribute_seconds(page, suite->duration_ns);
    attribute(page, "timestamp", stamp);
    attribute(page, "hostname", story->hostname);
    attribute_count(page, "id", index);
    if (!page->is_strict)
        attribute(page, "file", suite->path);
    write_properties(page, story);
    for (size_t i = 0; i < suite->counts.tests; i++)
        write_case(page, suite, &story->cases[suite->first + i]);
    if (page->is_strict) {
        element(page, "system-out", "");
        element(page, "system-err", "");
    }
    end(page);
}

static void write_root_attributes(struct page *page,
                                  const struct junit_story *story)
{
    struct counts all = {0};

    for (size_t i = 0; i < story->suite_count; i++) {
        all.tests += story->suites[i].counts.tests;
        all.failed += story->suites[i].counts.failed;
        all.erred += story->suites[i].counts.erred;
    }
    attribute(page, "name", "volley");
    write_counts(page, &all);
    attribute_seconds(page, story->duration_ns);
}

static void write_document(struct page *page, const struct junit_story *story)
{
    check(page, xmlTextWriterSetIndent(page->writer, 1));
    check(page, xmlTextWriterSetIndentString(page->writer, xml("  ")));
    check(page, xmlTextWriterStartDocument(page->writer, NULL, "UTF-8", NULL));
    begin(page, "testsuites");
    if (!page->is_strict)
        write_root_attributes(page, story);
    for (size_t i = 0; i < story->suite_count; i++)
        write_suite(page, story, i);
    end(page);
    check(page, xmlTextWriterEndDocument(page->writer));
}

/* False when libxml2 gave up, which it does for want of memory only. */
static bool write_report(struct junit *junit)
{
    struct page page = {
        .escaped = buffer_with_ceiling(ESCAPED_MOST),
        .is_strict = junit->is_strict,
    };
    xmlOutputBuffer *bytes =
        xmlOutputBufferCreateIO(pass_on, NULL, &junit->out, NULL);

    page.writer = bytes ? xmlNewTextWriter(bytes) : NULL;
    if (!page.writer)
        return false;
    write_document(&page, &junit->story);
    xmlFreeTextWriter(page.writer);
    buffer_finish(&page.escaped);
    return !page.is_broken;
}

static void hear(struct reporter *reporter, const struct event *event)
{
    struct junit *junit = container_of(reporter, struct junit, base);

    story_hear(&junit->story, event);
}

static bool finish(struct reporter *reporter, struct fault *fault)
{
    struct junit *junit = container_of(reporter, struct junit, base);
    bool is_written;

    story_settle(&junit->story);
    if (!write_report(junit))
        junit->out.error = ENOMEM;
    is_written = outfile_close(&junit->out, fault);
    story_finish(&junit->story);
    free(junit);
    return is_written;
}

struct reporter *junit_open(const struct report_options *options,
                            struct fault *fault)
{
    struct junit *junit = must_alloc(sizeof(*junit));

    if (!outfile_open(&junit->out, options->path, OUTFILE_REPLACE, fault)) {
        free(junit);
        return NULL;
    }
    junit->base = (struct reporter){.hear = hear, .close = finish};
    junit->is_strict = options->strict_junit;
    return &junit->base;
}
