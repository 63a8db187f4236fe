#include <string.h>

#include "reporters/console.h"
#include "reporters/figures.h"
#include "reporters/text.h"
#include "reporters/wording.h"

enum {
    PATH_COLUMN = 61,    /* of the place in the headline */
    EXCERPT_MOST = 160,  /* characters of a spec's line */
    EXCERPT_BEFORE = 40, /* shown before the place in a longer line */
    VALUE_COLUMN = 12,   /* where "expected" begins */
    LABEL_MOST = 40,     /* a longer path stands on a line of its own */
    VALUE_WHOLE = 120,   /* characters; of longer values a window is shown */
    NAME_MOST = 200,     /* characters of any name */
    RACERS_TOLD = 10,    /* of a race that failed as a whole */
    CURL_MOST = 8192,    /* a longer command is no help on a screen */
    BODY_SHOWN = 400,    /* characters of an answer that failed by status */
    OTHERS_TOLD = 50,    /* failures of one test after the first */
    WORDING_MOST = 1 << 20,
};

static void show_wording(struct canvas *canvas, struct buffer *wording)
{
    canvas_show(canvas, INK_PLAIN, buffer_text(wording), WORDING_MOST);
    buffer_finish(wording);
}

static void tell_head(struct canvas *canvas, const struct test_report *test)
{
    const struct test_label *label = &test->label;

    if (test_is_quarantined(test))
        canvas_print(canvas, INK_CARE, "QUARANTINED");
    else
        canvas_print(canvas, INK_BAD, "%s",
                     test->outcome == OUTCOME_ERRED ? "ERRED" : "FAILED");
    canvas_advance(canvas, 8, 2);
    canvas_show(canvas, INK_STRONG, label->suite.name, NAME_MOST);
    canvas_print(canvas, INK_STRONG, " > ");
    canvas_show(canvas, INK_STRONG, label->name, NAME_MOST);
    canvas_print(canvas, INK_PLAIN, "%s", role_note(label->role));
    canvas_advance(canvas, PATH_COLUMN, 2);
    canvas_show(canvas, INK_PLAIN, label->suite.path, NAME_MOST);
    canvas_print(canvas, INK_PLAIN, ":%u", label->line);
}

static bool is_behind(const struct exchange_report *exchange,
                      const struct failure *failure)
{
    return exchange->step > failure->step ||
           (failure->racer && exchange->racer > failure->racer);
}

/* The exchange that the first failure is about, else the last one. */
static const struct exchange_report *culprit(const struct test_report *test)
{
    const struct exchange_report *found = NULL;

    for (size_t i = 0; i < test->exchange_count; i++) {
        if (found && test->failure_count > 0 &&
            is_behind(&test->exchanges[i], &test->failures[0]))
            break;
        found = &test->exchanges[i];
    }
    return found;
}

/* Whether the first failure says in its own words why no answer came. */
static bool tells_trouble(const struct test_report *test,
                          const struct exchange_report *exchange)
{
    const struct failure *failure = test->failures;

    return test->failure_count > 0 && exchange->trouble && !failure->expected &&
           !failure->actual && strstr(failure->message, exchange->trouble);
}

static void tell_exchange(struct canvas *canvas, const struct test_report *test,
                          const struct exchange_report *exchange)
{
    struct buffer wording = buffer_with_ceiling(WORDING_MOST);

    canvas_print(canvas, INK_PLAIN, "  ");
    if (!exchange->racer && (test->exchange_count > 1 || exchange->step > 0))
        canvas_print(canvas, INK_PLAIN, "step %zu: ", exchange->step + 1);
    if (exchange->step_name) {
        canvas_show(canvas, INK_PLAIN, exchange->step_name, NAME_MOST);
        canvas_print(canvas, INK_PLAIN, ": ");
    }
    if (tells_trouble(test, exchange))
        wording_add_sending(&wording, exchange);
    else
        wording_add_exchange(&wording, exchange);
    show_wording(canvas, &wording);
    canvas_line(canvas);
}

/* The characters of a spec's line from `first` on, and at which column of the
 * screen the place begins. */
struct excerpt {
    struct buffer text;
    size_t caret;
    size_t caret_width;
};

static struct excerpt read_excerpt(const struct place *at, size_t first)
{
    struct excerpt excerpt = {.text = buffer_with_ceiling(EXCERPT_MOST * 12)};
    size_t column = 0;
    uint32_t character;
    size_t step;

    for (size_t i = 0; i < at->excerpt_length; i += step) {
        size_t begin = excerpt.text.length;
        size_t width;

        step = text_next(at->excerpt + i, at->excerpt_length - i, &character);
        column++;
        if (column < first)
            continue;
        if (column >= first + EXCERPT_MOST)
            break;
        if (character == '\t')
            (void)!buffer_add_text(&excerpt.text, " ");
        else
            text_add_line(&excerpt.text, at->excerpt + i, step);
        width = text_columns(excerpt.text.bytes + begin,
                             excerpt.text.length - begin);
        if (column < at->column)
            excerpt.caret += width;
        else if (column < at->column + at->width)
            excerpt.caret_width += width;
    }
    return excerpt;
}

static void tell_carets(struct canvas *canvas, size_t width)
{
    struct buffer carets = buffer_with_ceiling(EXCERPT_MOST * 12);

    do
        (void)!buffer_add(&carets, "^", 1);
    while (carets.length < width);
    canvas_show(canvas, INK_BAD, carets.bytes, SIZE_MAX);
    buffer_finish(&carets);
}

/* A line of a suite is always there; it is only kept back. */
static void tell_hidden(struct canvas *canvas)
{
    canvas_print(canvas, INK_FAINT,
                 "          (line not shown: it holds a secret)");
    canvas_line(canvas);
}

static void tell_place(struct canvas *canvas, const struct place *at)
{
    size_t first = at->column > EXCERPT_MOST ? at->column - EXCERPT_BEFORE : 1;
    struct excerpt excerpt;

    canvas_print(canvas, INK_PLAIN, "  ");
    canvas_show(canvas, INK_PLAIN, at->path, NAME_MOST);
    if (at->line)
        canvas_print(canvas, INK_PLAIN, ":%u:%u", at->line, at->column);
    canvas_line(canvas);
    if (!at->excerpt) {
        if (at->line)
            tell_hidden(canvas);
        return;
    }
    excerpt = read_excerpt(at, first);
    canvas_print(canvas, INK_FAINT, "%7u | ", at->line);
    canvas_show(canvas, INK_PLAIN, buffer_text(&excerpt.text), SIZE_MAX);
    canvas_line(canvas);
    canvas_print(canvas, INK_FAINT, "%7s | ", "");
    canvas_advance(canvas, 0, excerpt.caret);
    tell_carets(canvas, excerpt.caret_width);
    canvas_line(canvas);
    buffer_finish(&excerpt.text);
}

/* The offset of a text's `index`th character, or of its end. */
static size_t character_offset(const char *text, size_t index)
{
    size_t length = strlen(text);
    size_t at = 0;
    uint32_t character;

    while (index-- > 0 && at < length)
        at += text_next(text + at, length - at, &character);
    return at;
}

/* Of long values only what is around their difference is of interest. */
static size_t window_begin(const struct failure *failure)
{
    bool is_long = character_offset(failure->expected, VALUE_WHOLE) <
                       strlen(failure->expected) ||
                   character_offset(failure->actual, VALUE_WHOLE) <
                       strlen(failure->actual);

    if (!is_long || failure->difference == SIZE_MAX ||
        failure->difference <= VALUE_WHOLE / 2)
        return 0;
    return failure->difference - VALUE_WHOLE / 3;
}

static void tell_value(struct canvas *canvas, const char *label,
                       const char *value, size_t first)
{
    canvas_print(canvas, INK_FAINT, "%-10s", label);
    if (first > 0)
        canvas_print(canvas, INK_FAINT, "...");
    canvas_show(canvas, INK_PLAIN, value + character_offset(value, first),
                first > 0 ? VALUE_WHOLE : LIMIT_VALUE_TOLD);
    canvas_line(canvas);
}

/* A caret below `actual`, whose text begins at `column`. */
static void tell_difference(struct canvas *canvas,
                            const struct failure *failure, size_t column,
                            size_t first)
{
    size_t begin = character_offset(failure->actual, first);
    size_t end = character_offset(failure->actual, failure->difference);
    struct buffer before = buffer_with_ceiling(LIMIT_VALUE_TOLD * 8);

    text_add_line(&before, failure->actual + begin, end - begin);
    column += text_columns(buffer_text(&before), before.length);
    canvas_advance(canvas, column + (first > 0 ? 3 : 0), 0);
    canvas_print(canvas, INK_BAD, "^");
    canvas_print(canvas, INK_FAINT, " first difference");
    canvas_line(canvas);
    buffer_finish(&before);
}

/* What else is to be said of it, below the values. */
static void tell_lines(struct canvas *canvas, const char *lines, size_t column)
{
    while (lines && *lines) {
        size_t length = strcspn(lines, "\n");
        struct buffer line = buffer_with_ceiling(LIMIT_NODE_TOLD);

        (void)!buffer_add(&line, lines, length);
        canvas_advance(canvas, column, 0);
        canvas_show(canvas, INK_PLAIN, buffer_text(&line), LIMIT_VALUE_TOLD);
        canvas_line(canvas);
        buffer_finish(&line);
        lines += length + (lines[length] == '\n');
    }
}

static void tell_values(struct canvas *canvas, const struct failure *failure)
{
    bool is_pair = failure->expected && failure->actual;
    size_t first = is_pair ? window_begin(failure) : 0;
    size_t column;

    canvas_print(canvas, INK_PLAIN, "  ");
    if (!failure->expected && !failure->actual) {
        canvas_show(canvas, INK_PLAIN, failure->message, LIMIT_VALUE_TOLD);
        canvas_line(canvas);
        return;
    }
    canvas_show(canvas, INK_STRONG,
                failure->path ? failure->path : failure->subject, NAME_MOST);
    if (canvas->column > LABEL_MOST)
        canvas_line(canvas);
    canvas_advance(canvas, VALUE_COLUMN, canvas->column ? 2 : 0);
    column = canvas->column;
    if (failure->expected)
        tell_value(canvas, "expected", failure->expected, first);
    if (failure->actual) {
        canvas_advance(canvas, column, 0);
        tell_value(canvas, "actual", failure->actual, first);
    }
    if (is_pair && failure->difference != SIZE_MAX)
        tell_difference(canvas, failure, column + 10, first);
    tell_lines(canvas, failure->lines, column);
}

static void tell_others(struct canvas *canvas, const struct test_report *test)
{
    size_t told = test->failure_count;

    if (told < 2)
        return;
    if (told > OTHERS_TOLD + 1)
        told = OTHERS_TOLD + 1;
    canvas_line(canvas);
    canvas_print(canvas, INK_PLAIN, "  and %zu more:", test->failure_count - 1);
    canvas_line(canvas);
    for (size_t i = 1; i < told; i++) {
        struct buffer wording = buffer_with_ceiling(WORDING_MOST);

        canvas_print(canvas, INK_PLAIN, "  ");
        wording_add_failure(&wording, &test->failures[i]);
        show_wording(canvas, &wording);
        canvas_line(canvas);
    }
    if (told == test->failure_count)
        return;
    canvas_print(canvas, INK_PLAIN, "  ... and %zu more",
                 test->failure_count - told);
    canvas_line(canvas);
}

/* Begins of an answer that was not what it should be: often it says why. */
static void tell_answer(struct canvas *canvas, const struct test_report *test,
                        const struct transcript *transcript)
{
    struct buffer shown = buffer_with_ceiling(BODY_SHOWN);
    size_t length = transcript->response_body_length;

    if (test->failure_count > 0 && !test->failures[0].path &&
        transcript->response_body && length > 0) {
        text_add_line(&shown, transcript->response_body,
                      length < BODY_SHOWN ? length : BODY_SHOWN);
        canvas_print(canvas, INK_FAINT, "  answered  ");
        canvas_show(canvas, INK_PLAIN, buffer_text(&shown), BODY_SHOWN);
        canvas_print(canvas, INK_PLAIN, "%s", length > BODY_SHOWN ? "..." : "");
        canvas_line(canvas);
    }
    buffer_finish(&shown);
}

static void tell_inputs(struct canvas *canvas, const struct test_report *test)
{
    for (size_t i = 0; i < test->input_count; i++) {
        const struct input *input = &test->inputs[i];

        canvas_print(canvas, INK_PLAIN, "  {{");
        canvas_show(canvas, INK_PLAIN, input->variable, NAME_MOST);
        canvas_print(canvas, INK_PLAIN, "}} = ");
        canvas_show(canvas, INK_PLAIN, input->value, NAME_MOST);
        canvas_print(canvas, INK_PLAIN, " was captured by \"");
        canvas_show(canvas, INK_PLAIN, input->test, NAME_MOST);
        canvas_print(canvas, INK_PLAIN, "\"");
        canvas_line(canvas);
    }
}

/* What was tried before; what stands above is of the last attempt. */
static void tell_attempts(struct canvas *canvas, const struct test_report *test)
{
    struct buffer wording = buffer_with_ceiling(WORDING_MOST);

    if (!test_was_tried_again(test))
        return;
    wording_add_attempts(&wording, test);
    canvas_line(canvas);
    canvas_print(canvas, INK_PLAIN, "  ");
    show_wording(canvas, &wording);
    canvas_line(canvas);
    for (size_t i = 0; i < test->retried_count; i++) {
        const struct attempt_report *attempt = &test->retried[i];

        canvas_print(canvas, INK_PLAIN, "  attempt %zu: ", attempt->number);
        canvas_show(canvas, INK_PLAIN, attempt_message(attempt),
                    LIMIT_MESSAGE_TOLD);
        canvas_line(canvas);
    }
    if (test->retried_count == test->retry_count)
        return;
    canvas_print(canvas, INK_PLAIN, "  ... and %zu more",
                 test->retry_count - test->retried_count);
    canvas_line(canvas);
}

static void tell_curl(struct canvas *canvas, const char *curl)
{
    canvas_print(canvas, INK_PLAIN, "  ");
    if (strlen(curl) <= CURL_MOST)
        canvas_show(canvas, INK_FAINT, curl, SIZE_MAX);
    else {
        canvas_print(canvas, INK_FAINT,
                     "(its curl line has %zu bytes: see the log)",
                     strlen(curl));
    }
    canvas_line(canvas);
}

/* Whether all racers of a race together are wrong: any of them may be why. */
static bool is_wrong_together(const struct test_report *test)
{
    return test->exchanges && test->exchange_count > 0 &&
           test->exchanges->racer && test->failures &&
           test->failure_count > 0 && !test->failures->racer;
}

static void tell_racers(struct canvas *canvas, const struct test_report *test)
{
    char took[FIGURE_ROOM];

    for (size_t i = 0; i < test->exchange_count && i < RACERS_TOLD; i++)
        tell_exchange(canvas, test, &test->exchanges[i]);
    if (test->exchange_count > RACERS_TOLD) {
        canvas_print(canvas, INK_PLAIN, "  ... and %zu more racers",
                     test->exchange_count - RACERS_TOLD);
        canvas_line(canvas);
    }
    if (slowest_racer(test)) {
        canvas_print(canvas, INK_PLAIN, "  racer %zu was the slowest: %s",
                     slowest_racer(test),
                     figure_duration(test->duration_ns, took));
        canvas_line(canvas);
    }
}

void failure_tell(struct canvas *canvas, const struct test_report *test)
{
    const struct exchange_report *exchange = culprit(test);
    const struct transcript *transcript =
        exchange ? exchange->transcript : NULL;

    tell_head(canvas, test);
    canvas_line(canvas);
    if (is_wrong_together(test))
        tell_racers(canvas, test);
    else if (exchange)
        tell_exchange(canvas, test, exchange);
    if (test->failure_count > 0) {
        canvas_line(canvas);
        if (test->failures[0].at.path)
            tell_place(canvas, &test->failures[0].at);
        tell_values(canvas, &test->failures[0]);
        tell_others(canvas, test);
    }
    tell_attempts(canvas, test);
    if (test->input_count > 0 || transcript)
        canvas_line(canvas);
    if (transcript)
        tell_answer(canvas, test, transcript);
    tell_inputs(canvas, test);
    if (transcript && transcript->curl)
        tell_curl(canvas, transcript->curl);
}

void failure_tell_short(struct canvas *canvas, const struct test_report *test)
{
    tell_head(canvas, test);
    canvas_print(canvas, INK_PLAIN, ": ");
    canvas_show(canvas, INK_PLAIN, test_message(test), LIMIT_MESSAGE_TOLD);
    if (test_is_quarantined(test)) {
        canvas_print(canvas, INK_PLAIN, " (");
        canvas_show(canvas, INK_PLAIN, test->quarantine, NAME_MOST);
        canvas_print(canvas, INK_PLAIN, ")");
    }
    canvas_line(canvas);
}
