/* Names of hosts: RFC 1123, section 2.1, and RFC 5890, section 2.3.2.3. */
#include <string.h>
#include <strings.h>

#include "assertions/schema/span.h"

/* RFC 1034, section 3.1: 255 octets with a length before each label and an
 * empty label at the end. */
enum { NAME_MOST = 253 };

/* What a name has come to. In a name that has a label written from right to
 * left, the others must not be ambiguous either (RFC 5893, section 2). */
struct host {
    size_t length; /* as ASCII */
    bool has_right_to_left, has_ambiguous;
};

struct range {
    uint32_t first, last;
};

static bool is_in(const struct range *ranges, size_t count, uint32_t point)
{
    for (size_t i = 0; i < count; i++) {
        if (point >= ranges[i].first && point <= ranges[i].last)
            return true;
    }
    return false;
}

/* Bidi_Class R, AL and AN: Unicode keeps these blocks for such scripts. */
static bool is_right_to_left(uint32_t point)
{
    static const struct range ranges[] = {
        {0x590, 0x6ef},   {0x6fa, 0x8ff},     {0xfb1d, 0xfdff},
        {0xfe70, 0xfeff}, {0x10800, 0x10fff}, {0x1e800, 0x1efff},
    };

    return is_in(ranges, COUNT(ranges), point);
}

/* EN, and AN */
static bool is_european_digit(uint32_t point)
{
    return (point >= '0' && point <= '9') || (point >= 0x6f0 && point <= 0x6f9);
}

static bool is_arabic_digit(uint32_t point)
{
    return (point >= 0x660 && point <= 0x669) ||
           (point >= 0x10d30 && point <= 0x10d39);
}

/* Neither L, R nor AL, of what a label may hold beside marks: RFC 5893's first
 * rule wants one of these at its start. Digits are good at its end. */
static bool is_weak(uint32_t point, bool is_start)
{
    static const struct range ranges[] = {
        {'-', '-'},       {0xb7, 0xb7},     {0x2b9, 0x2ba},   {0x2c6, 0x2cf},
        {0x2ec, 0x2ec},   {0x375, 0x375},   {0x2e2f, 0x2e2f}, {0x30fb, 0x30fb},
        {0xa67f, 0xa67f}, {0xa717, 0xa71f}, {0xa788, 0xa788},
    };

    if (is_european_digit(point))
        return is_start;
    return is_in(ranges, COUNT(ranges), point);
}

/* libidn2 has applied the rule to a label with such letters, but for its fourth
 * part: false where the label has digits of both kinds. */
static bool note_directions(struct host *host, const char *text)
{
    struct span span = {text, text + strlen(text)};
    uint32_t point = span_is_empty(&span) ? 0 : span_point(&span);
    bool is_ambiguous = is_weak(point, true), is_left = true;
    bool has_european = false, has_arabic = false;

    for (;;) {
        is_left = is_left && !is_right_to_left(point);
        has_european = has_european || is_european_digit(point);
        has_arabic = has_arabic || is_arabic_digit(point);
        if (span_is_empty(&span))
            break;
        point = span_point(&span);
        if (point == SPAN_NO_POINT)
            return false;
    }
    if (!is_left)
        host->has_right_to_left = true;
    else if (is_ambiguous || is_weak(point, false))
        host->has_ambiguous = true;
    return is_left || !(has_european && has_arabic);
}

/* Letters, digits and inner hyphens. */
static bool is_ldh(struct span label)
{
    if (span_is_empty(&label) || span_length(&label) > IDN_LABEL_MOST ||
        *label.at == '-' || label.end[-1] == '-')
        return false;
    for (; !span_is_empty(&label); label.at++) {
        char c = *label.at;

        if (!byte_is_letter(c) && !byte_is_digit(c) && c != '-')
            return false;
    }
    return true;
}

static bool is_ascii(struct span label)
{
    for (; !span_is_empty(&label); label.at++) {
        if (*label.at & 0x80)
            return false;
    }
    return true;
}

static bool is_a_label(struct span label)
{
    return span_length(&label) >= 4 && strncasecmp(label.at, "xn--", 4) == 0;
}

static bool add_label(struct host *host, struct span label, enum idn_form form)
{
    struct idn_label read = {.ascii = ""};
    bool is_plain = is_ascii(label);

    if (is_plain && !is_ldh(label))
        return false;
    if (is_plain && !is_a_label(label)) {
        memcpy(read.text, label.at, span_length(&label));
        read.text[span_length(&label)] = '\0';
        host->length += span_length(&label);
    } else {
        if (!idn_label_read((struct text){label.at, span_length(&label)}, form,
                            &read))
            return false;
        host->length += strlen(read.ascii);
    }
    return note_directions(host, read.text);
}

/* RFC 3490, section 3.1: what also separates labels */
static bool is_dot(uint32_t point)
{
    return point == '.' || point == 0x3002 || point == 0xff0e ||
           point == 0xff61;
}

/* Up to the next dot; false with the dot not taken where there is none. */
static bool cut_label(struct span *text, struct span *label)
{
    label->at = label->end = text->at;
    while (!span_is_empty(text)) {
        uint32_t point = span_point(text);

        if (is_dot(point))
            return true;
        if (point == SPAN_NO_POINT)
            text->at++; /* and the label is none */
        label->end = text->at;
    }
    return false;
}

bool span_is_host(struct span text, enum idn_form form)
{
    struct host host = {0};
    struct span label;
    bool has_next;

    do {
        has_next = cut_label(&text, &label);
        if (memchr(label.at, '\0', span_length(&label)) ||
            !add_label(&host, label, form))
            return false;
        host.length += has_next;
    } while (has_next && host.length <= NAME_MOST);
    return host.length <= NAME_MOST &&
           !(host.has_right_to_left && host.has_ambiguous);
}

bool format_ldh_hostname(struct span text)
{
    struct span label;

    if (span_length(&text) > NAME_MOST)
        return false;
    while (span_cut(&text, '.', &label)) {
        if (!is_ldh(label))
            return false;
    }
    return is_ldh(text);
}

/* With A-labels that stand for something: RFC 5891, section 4.4 */
bool format_hostname(struct span text)
{
    return format_ldh_hostname(text) && span_is_host(text, IDN_EXACT);
}

bool format_idn_hostname(struct span text)
{
    return span_is_host(text, IDN_EXACT);
}
