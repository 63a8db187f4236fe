#include "runner/address.h"

#include "tests/unit/unit.h"
#include <string.h>

START_TEST(urls_are_joined_as_the_standard_says)
{
    static const struct {
        const char *base, *url, *whole, *host;
    } rows[] = {
        {"http://h:8080", "/todos", "http://h:8080/todos", "http://h:8080"},
        {"http://h/api/v1/", "todos", "http://h/api/v1/todos", "http://h:80"},
        {"http://h/api/v1", "todos", "http://h/api/todos", "http://h:80"},
        {"http://h/a/b", "?x=1", "http://h/a/b?x=1", "http://h:80"},
        {"http://h/a/b", "", "http://h/a/b", "http://h:80"},
        {"http://h/a/b", "https://g/c", "https://g/c", "https://g:443"},
        {"http://h/a?q=/x", "/b?c", "http://h/b?c", "http://h:80"},
        {"http://H:8/a", "/../b", "http://H:8/b", "http://h:8"},
        {"https://[::1]/a", "/b", "https://[::1]/b", "https://[::1]:443"},
        {"http://h/a/b", "//g/c", "http://g/c", "http://g:80"},
        {NULL, "https://[::1]:9/c", "https://[::1]:9/c", "https://[::1]:9"},
        {NULL, "http://h/a b", "http://h/a%20b", "http://h:80"},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct address address;
        struct fault fault = {0};

        ck_assert_msg(
            address_parse(rows[i].base, rows[i].url, &address, &fault) &&
                address_settle(&address, &fault),
            "%s: %s", rows[i].url, fault.text);
        ck_assert_str_eq(address.text, rows[i].whole);
        ck_assert_str_eq(address.host_key, rows[i].host);
        address_finish(&address);
    }
}
END_TEST

START_TEST(what_is_no_web_address_is_refused)
{
    static const struct {
        const char *base, *url, *said;
    } rows[] = {
        {NULL, "/todos", "is relative and the suite has no \"base_url\""},
        {"", "/todos", "is relative and the suite has no \"base_url\""},
        {NULL, "ftp://h/f", "only http and https are spoken, not ftp"},
        {NULL, "file:///etc/passwd", "only http and https are spoken"},
        {NULL, "http://", "is not a URL"},
        {NULL, "http://bob:pw@h/", "credentials do not stand in a URL"},
        {NULL, "http://bob@h/", "credentials do not stand in a URL"},
        {NULL, "http://h:99999/", "is not a URL"},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct address address;
        struct fault fault = {0};

        ck_assert_msg(
            !address_parse(rows[i].base, rows[i].url, &address, &fault) ||
                !address_settle(&address, &fault),
            "%s", rows[i].url);
        ck_assert_msg(strstr(fault.text, rows[i].said) != NULL, "%s",
                      fault.text);
        address_finish(&address);
    }
}
END_TEST

START_TEST(query_values_are_encoded_once)
{
    struct address address;
    struct fault fault = {0};

    ck_assert(address_parse(NULL, "http://h/p?a=1#f", &address, &fault));
    ck_assert(address_add_query(&address, "b c", "x&y=z/\xc3\xa9", &fault));
    ck_assert(address_add_query(&address, "a", "", &fault));
    ck_assert(address_settle(&address, &fault));
    /* libcurl 7.88 writes the digits small; that is the same URL */
    ck_assert_int_eq(strcasecmp(address.text,
                                "http://h/p?a=1&b%20c=x%26y%3Dz%2F%C3%A9&a=#f"),
                     0);
    address_finish(&address);
}
END_TEST

START_TEST(names_that_need_a_resolver_are_told_from_others)
{
    static const struct {
        const char *url;
        bool has_name;
    } rows[] = {
        {"http://example.org/", true}, {"http://127.0.0.1:1/", false},
        {"http://[::1]/", false},      {"http://localhost/", false},
        {"http://1.2.3/", false},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct address address;
        struct fault fault = {0};

        ck_assert(address_parse(NULL, rows[i].url, &address, &fault) &&
                  address_settle(&address, &fault));
        ck_assert_msg(address.has_name == rows[i].has_name, "%s", rows[i].url);
        address_finish(&address);
    }
}
END_TEST

UNIT("address", urls_are_joined_as_the_standard_says,
     what_is_no_web_address_is_refused, query_values_are_encoded_once,
     names_that_need_a_resolver_are_told_from_others)
