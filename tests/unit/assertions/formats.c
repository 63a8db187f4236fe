/* Formats beside what the JSON Schema Test Suite has: see formats_suite.c. */
#include "assertions/schema/formats.h"

#include "tests/unit/unit.h"
#include <string.h>

struct row {
    const char *format, *text;
    bool holds;
};

static void check(const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        ck_assert_msg(format_holds(rows[i].format, SCHEMA_DRAFT_2020,
                                   rows[i].text,
                                   strlen(rows[i].text)) == rows[i].holds,
                      "%s: \"%s\"", rows[i].format, rows[i].text);
    }
}

START_TEST(names_are_sorted_and_found)
{
    size_t count;
    const char *const *names = format_names(&count);

    ck_assert_uint_eq(count, 21);
    for (size_t i = 0; i < count; i++) {
        ck_assert(format_known(names[i]));
        ck_assert(i == 0 || strcmp(names[i - 1], names[i]) < 0);
        /* No format is taken for another: this has none of them. */
        ck_assert_msg(!format_holds(names[i], SCHEMA_DRAFT_UNSET, "[ \xff", 3),
                      "%s", names[i]);
    }
    ck_assert(!format_known("") && !format_known("colour"));
    ck_assert(format_holds("colour", SCHEMA_DRAFT_UNSET, "[ \xff", 3));
    ck_assert(format_holds("json-pointer", SCHEMA_DRAFT_UNSET, NULL, 0));
}
END_TEST

START_TEST(older_drafts_mean_older_standards)
{
    static const struct {
        const char *format, *text;
        enum schema_draft draft;
        bool holds;
    } rows[] = {
        {"hostname", "xn--X", SCHEMA_DRAFT_4, true},
        {"hostname", "xn--X", SCHEMA_DRAFT_6, false},
        {"hostname", "xn--X", SCHEMA_DRAFT_UNSET, false},
        {"hostname", "a_b", SCHEMA_DRAFT_4, false},
        {"relative-json-pointer", "0-1/a", SCHEMA_DRAFT_7, false},
        {"relative-json-pointer", "0-1/a", SCHEMA_DRAFT_2019, true},
        {"relative-json-pointer", "0+12#", SCHEMA_DRAFT_UNSET, true},
        {"relative-json-pointer", "0-0#", SCHEMA_DRAFT_2020, false},
        {"relative-json-pointer", "0-/a", SCHEMA_DRAFT_2020, false},
        {"relative-json-pointer", "01/a", SCHEMA_DRAFT_2020, false},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        ck_assert_msg(format_holds(rows[i].format, rows[i].draft, rows[i].text,
                                   strlen(rows[i].text)) == rows[i].holds,
                      "%s in %d", rows[i].text, rows[i].draft);
    }
}
END_TEST

START_TEST(base64_is_padded)
{
    static const struct row rows[] = {
        {"base64", "", true},          {"base64", "Zm9v", true},
        {"base64", "Zm8=", true},      {"base64", "Zg==", true},
        {"base64", "+/+/", true},      {"base64", "Zg=", false},
        {"base64", "Zg", false},       {"base64", "Z", false},
        {"base64", "Zm9v=", false},    {"base64", "====", false},
        {"base64", "Zm8=Zm8=", false}, {"base64", "Zm9v\n", false},
        {"base64", "-_-_", false},     {"base64url", "-_-_", true},
        {"base64url", "Zg", true},     {"base64url", "Zg==", true},
        {"base64url", "Zm8=", true},   {"base64url", "Zm8", true},
        {"base64url", "Z", false},     {"base64url", "Zg=", false},
        {"base64url", "+/+/", false},  {"base64url", "Zm9v=", false},
    };

    check(rows, COUNT(rows));
}
END_TEST

START_TEST(times_follow_rfc_3339)
{
    static const struct row rows[] = {
        {"date-time", "2026-11-21T09:30:00+23:59", true},
        {"date-time", "2026-11-21 09:30:00Z", false},
        {"date-time", "2026-11-21T09:30:00.Z", false},
        {"date-time", "0000-01-01T00:00:00Z", true},
        {"date", "2000-02-29", true},
        {"date", "1900-02-29", false},
        {"time", "00:59:60+01:00", true},
        {"time", "09:30Z", false},
        {"duration", "P1YT1S", true},
        {"duration", "P1MT1M", true},
        {"duration", "P1W2D", false},
        {"duration", "PT1H1M1", false},
        {"duration", "P1DT", false},
        {"duration", "p1d", false},
    };

    check(rows, COUNT(rows));
}
END_TEST

START_TEST(addresses_are_those_of_the_standards)
{
    static const struct row rows[] = {
        {"ipv4", "0.0.0.00", false},
        {"ipv4", "1.2.3.4.", false},
        {"ipv6", "1:2:3:4:5:6:7::", true},
        {"ipv6", "::2:3:4:5:6:7:8", true},
        {"ipv6", "1:2:3:4:5:6:7::8", false},
        {"ipv6", "1:2:3:4:5:6:1.2.3.4", true},
        {"ipv6", "::1.2.3.4:5", false},
        {"ipv6", ":", false},
        {"ipv6", ":::", false},
        {"ipv6", "", false},
        {"email", "a@b", true},
        {"email", "a@b.", false},
        {"email", "\"a\\\"b\"@c.de", true},
        {"email", "\"a\"b\"@c.de", false},
        {"email", "\"a@c.de", false},
        {"email", "a@[::1]", false},
        {"email", "a@[ipv6:::1]", true},
        {"email", "a@[x-tag:1]", false},
        {"email", "a@[127.0.0.1", false},
        {"email", "a@[", false},
        {"email", "a@", false},
        {"email", "\xc3\xa9@b.de", false},
        {"email", "\"\xc3\xa9\"@b.de", false},
        {"email", "a@\xc3\xa9.de", false},
        {"idn-email", "a@\xc3\xa9.de", true},
        {"idn-email", "a@-\xc3\xa9.de", false},
        {"idn-email", "a@xn--x.de", false},
        {"idn-email", "\"\\\xc3\xa9\"@b.de", false},
        {"idn-email", "\xff@b.de", false},
        {"email",
         "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@b",
         false},
    };

    check(rows, COUNT(rows));
}
END_TEST

START_TEST(labels_are_of_one_direction)
{
    static const struct row rows[] = {
        {"hostname", "0a.xn--4db", false}, /* a digit beside Hebrew */
        {"hostname", "a0.xn--4db", true},
        {"hostname", "0a.b", true},
        {"hostname", "XN--4DB", true},
        {"hostname", "xn--4db-", false},
        {"hostname", "ab--cd.de", true},
        {"hostname", "\xd7\x90.de", false},
        {"idn-hostname", "a.\xd7\x90", true},
        {"idn-hostname",
         "\xd7\x90"
         "1.de",
         true},
        {"idn-hostname",
         "\xdb\xb0"
         "a.\xd7\x90",
         false}, /* an extended Arabic-Indic digit first */
        {"idn-hostname", "l\xc2\xb7l.\xd7\x90", true},
        {"idn-hostname", "\xd9\xa0.de", false},
        {"idn-hostname", "\xd8\xa7\xd9\xa0\xdb\xb0", false},
        {"idn-hostname", "caf\xc3\xa9.de", true},
        {"idn-hostname", "cafe\xcc\x81.de", false}, /* not NFC */
        {"idn-hostname", "Caf\xc3\xa9.de", false},  /* no U-label */
        {"idn-hostname", "Cafe.de", true},
        {"idn-hostname", "a_b", false},
        {"idn-hostname", "\xff", false},
        {"idn-hostname", "a\xff.b", false},
    };
    static const char nul[] = "a\0b";

    check(rows, COUNT(rows));
    ck_assert(!format_holds("idn-hostname", 0, nul, 3));
    ck_assert(!format_holds("hostname", 0, nul, 3));
}
END_TEST

START_TEST(references_follow_rfc_3986)
{
    static const struct row rows[] = {
        {"uri", "a:", true},
        {"uri", "a://", true},
        {"uri", "a:b:c", true},
        {"uri", "http://h:/", true},
        {"uri", "http://u:p@[::1]:80/a/?b#c", true},
        {"uri", "http://[v1.a:b]/", true},
        {"uri", "http://[v.a]/", false},
        {"uri", "http://[v1.]/", false},
        {"uri", "http://[::1", false},
        {"uri", "http://[::1]a/", false},
        {"uri", "http://[1.2.3.4]/", false},
        {"uri", "a:b#c#d", false},
        {"uri", "a:b?c?d/e", true},
        {"uri", "a:\xc3\xa9", false},
        {"uri-reference", "a/b:c", true},
        {"uri-reference", "?a:b", true},
        {"uri-reference", "a%2", false},
        {"iri", "http://h/\xee\x80\x80", false}, /* private, in a path */
        {"iri", "http://h/?\xee\x80\x80", true},
        {"iri", "http://h/#\xee\x80\x80", false},
        {"iri", "http://h/?\xf3\xbf\xbf\xbd", true},
        {"iri", "http://h/?\xf3\xbf\xbf\xbe", false},
        {"iri", "http://h/\xf0\x9f\xbf\xbd", true},
        {"iri", "http://h/\xf0\x9f\xbf\xbe", false},
        {"iri", "http://h/\xf3\xa0\x80\x80", false}, /* U+E0000 */
        {"iri", "http://h/\xf3\xa1\x80\x80", true},
        {"iri", "http://h/\xc2\x80", false},
        {"iri", "http://h/\xef\xbf\xbe", false},
        {"iri", "http://h/\xff", false},
        {"uri-template", "{=a}", true}, /* reserved, but in the grammar */
        {"uri-template", "{a:1*}", false},
        {"uri-template", "{a:}", false},
        {"uri-template", "{a.}", false},
        {"uri-template", "{%4}", false},
        {"uri-template", "%4", false},
        {"uri-template", "{+a*,b:3}/\xc3\xa9", true},
        {"uri-template", "\xff", false},
    };

    check(rows, COUNT(rows));
}
END_TEST

UNIT("formats", names_are_sorted_and_found, older_drafts_mean_older_standards,
     base64_is_padded, times_follow_rfc_3339,
     addresses_are_those_of_the_standards, labels_are_of_one_direction,
     references_follow_rfc_3986)
