/* What `expect.xml` says of a body. */
#include "tests/unit/assertions/trial.h"
#include "tests/unit/unit.h"

static const char order[] =
    "<?xml version=\"1.0\"?>\n"
    "<order id=\"17\" xmlns:m=\"urn:money\">\n"
    "  <item sku=\"a\"><price>10.5</price></item>\n"
    "  <item sku=\"b\"><price>20</price><![CDATA[ & more]]></item>\n"
    "  <m:total>30.5</m:total>\n"
    "</order>\n";

struct row {
    const char *expect, *messages; /* NULL: all hold */
};

static void judge_rows(const struct row *rows, size_t count, const char *body)
{
    for (size_t i = 0; i < count; i++) {
        struct trial trial;

        trial_prepare(&trial, "{\"expect\": {\"xml\": %s}}", rows[i].expect);
        trial_answer(&trial, body);
        trial_judge(&trial);
        trial_expect(&trial, rows[i].messages);
        trial_finish(&trial);
    }
}

START_TEST(one_node_is_a_text)
{
    static const struct row rows[] = {
        {"{\"/order/@id\": \"17\"}", NULL},
        {"{\"/order/@id\": 17}", NULL},
        {"{\"//price[1]\": {\"count\": 2}}", NULL},
        {"{\"/order/@id\": {\"gt\": 16, \"lt\": 18}}", NULL},
        {"{\"//item[1]/price\": {\"type\": \"string\", \"length\": 4}}", NULL},
        {"{\"//item[2]\": \"20 & more\"}", NULL},
        {"{\"//item[1]/@sku\": {\"contains\": \"a\", \"exists\": true}}", NULL},
        {"{\"//item[1]/price\": {\"contains\": \"0.\"}}", NULL},
        {"{\"//item[1]/price\": {\"schema\": {\"type\": \"string\"}}}", NULL},
        {"{\"//item[1]/@sku\": {\"matches\": \"^a$\", \"empty\": false}}",
         NULL},
        {"{\"//item[1]/@sku\": {\"in\": [\"a\", \"c\"]}}", NULL},
        {"{\"/order/@id\": \"18\"}",
         "xml /order/@id (line 2): expected \"18\", got \"17\""},
        {"{\"/order/@id\": {\"gt\": 17}}",
         "xml /order/@id (line 2): expected greater than 17, got \"17\""},
        {"{\"//item[1]/price\": {\"contains\": \"9\"}}",
         "xml /order/item[1]/price (line 3): expected containing \"9\", got "
         "\"10.5\""},
    };

    judge_rows(rows, COUNT(rows), order);
}
END_TEST

START_TEST(several_nodes_are_a_list)
{
    static const struct row rows[] = {
        {"{\"//item/@sku\": [\"a\", \"b\"]}", NULL},
        {"{\"//price\": {\"count\": 2}}", NULL},
        {"{\"//price\": {\"all\": {\"gt\": 5}}}", NULL},
        {"{\"//item/@sku\": {\"contains\": \"b\"}}", NULL},
        {"{\"//price\": {\"type\": \"array\", \"exists\": true}}", NULL},
        {"{\"//item[1]/@sku\": {\"count\": 1}}", NULL},
        {"{\"//item[1]/@sku\": {\"all\": \"a\"}}", NULL},
        {"{\"//item[1]/@sku\": [\"a\"]}", NULL},
        {"{\"//nothing\": {\"count\": 0}}", NULL},
        {"{\"//nothing\": {\"count\": {\"lt\": 1}, \"exists\": false}}", NULL},
        {"{\"//price\": {\"count\": 3}}",
         "xml /order/item[1]/price (line 3): expected a count of 3, got 2"},
        {"{\"//price\": {\"all\": {\"gt\": 15}}}",
         "xml /order/item[1]/price (line 3): expected greater than 15, got "
         "\"10.5\""},
        {"{\"//nothing\": {\"count\": 1}}",
         "xml //nothing: expected a count of 1, got 0"},
        {"{\"//item/@sku\": [\"a\", \"c\"]}",
         "xml /order/item[2]/@sku (line 4): expected \"c\", got \"b\""},
    };

    judge_rows(rows, COUNT(rows), order);
}
END_TEST

START_TEST(nothing_is_not_there)
{
    static const struct row rows[] = {
        {"{\"//none\": {\"exists\": false}}", NULL},
        {"{\"//none\": {\"exists\": true}}",
         "xml //none: nothing there, expected something there"},
        {"{\"//none\": {\"not\": \"a\"}}",
         "xml //none: nothing there, expected not \"a\""},
        {"{\"//none\": \"a\"}", "xml //none: nothing there, expected \"a\""},
    };

    judge_rows(rows, COUNT(rows), order);
}
END_TEST

START_TEST(numbers_and_truth_are_themselves)
{
    static const struct row rows[] = {
        {"{\"count(//item)\": 2}", NULL},
        {"{\"sum(//price)\": 30.5}", NULL},
        {"{\"sum(//price) = //order/*[3]\": true}", NULL},
        {"{\"string(/order/@id)\": \"17\"}", NULL},
        {"{\"normalize-space(//item[2])\": {\"ends_with\": \"more\"}}", NULL},
        {"{\"number(//item[1]/@sku)\": \"NaN\"}", NULL},
        {"{\"1 div 0\": \"Infinity\"}", NULL},
        {"{\"count(//item)\": {\"type\": \"integer\"}}", NULL},
        {"{\"count(//item)\": 3}", "xml count(//item): expected 3, got 2"},
        {"{\"not(//item)\": true}",
         "xml not(//item): expected true, got false"},
    };

    judge_rows(rows, COUNT(rows), order);
}
END_TEST

START_TEST(prefixes_are_declared_beside_the_paths)
{
    static const struct row rows[] = {
        {"{\"namespaces\": {\"x\": \"urn:money\"}, \"//x:total\": 30.5}", NULL},
        {"{\"namespaces\": {\"x\": \"urn:other\"}, \"//x:total\": 30.5}",
         "xml //x:total: nothing there, expected 30.5"},
        {"{\"//xml:*\": {\"exists\": false}}", NULL},
    };

    judge_rows(rows, COUNT(rows), order);
}
END_TEST

START_TEST(a_body_that_is_no_xml_is_a_failure)
{
    static const struct {
        const char *body, *message;
    } rows[] = {
        {"", "xml: the body is empty, not XML"},
        {"<a>\n<b></a>",
         "xml: the body is not XML: Opening and ending tag mismatch: b line 2 "
         "and a at line 2, column 8; it begins \"<a>\\n<b></a>\""},
        {"{}", "xml: the body is not XML: Start tag expected, '<' not found at "
               "line 1, column 1; it begins \"{}\""},
        {"<a>\xff</a>",
         "xml: the body is not XML: Input is not proper UTF-8, indicate "
         "encoding ! at line 1, column 4; it begins \"<a>\\xff</a>\""},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct trial trial;

        trial_body(&trial,
                   "{\"xml\": {\"//a\": \"b\", \"//c\": {\"exists\": false}}}",
                   rows[i].body);
        trial_expect(&trial, rows[i].message);
        trial_finish(&trial);
    }
}
END_TEST

START_TEST(a_wrong_xpath_is_a_mistake_at_its_place)
{
    static const struct {
        const char *spec, *told;
    } rows[] = {
        {"{\"expect\": {\"xml\": {\"//a[\": 1}}}",
         "1:26: bad XPath: a path, a name or a value is wanted here"},
        {"{\"expect\": {\"xml\": {\"//a:b\": 1}}}",
         "1:24: bad XPath: the prefix \"a\" is not among the \"namespaces\""},
        {"{\"expect\": {\"xml\": {\"cuont(//a)\": 1}}}",
         "1:22: bad XPath: XPath 1.0 has no function \"cuont\"; did you mean "
         "\"count\"?"},
        {"{\"expect\": {\"xml\": {\"//a[@b = $c]\": 1}}}",
         "1:31: bad XPath: an XPath has no variables here"},
        {"{\"expect\": {\"xml\": {\"concat('a\": 1}}}",
         "1:31: bad XPath: a quote is not closed"},
        {"{\"expect\": {\"xml\": {\"namespaces\": 1}}}",
         "1:35: \"namespaces\" takes an object: prefixes, and the URI that each "
         "stands for"},
        {"{\"expect\": {\"xml\": {\"namespaces\": {\"a\": 1}}}}",
         "1:41: the URI of a namespace is wanted here"},
        {"{\"expect\": {\"xml\": 1}}",
         "1:20: \"xml\" takes an object: names, and what is expected of each"},
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        trial_refuse(rows[i].spec, rows[i].told);
}
END_TEST

START_TEST(operators_are_no_names)
{
    static const struct row rows[] = {
        {"{\"//item[price div 2 > 6 and (@sku)]/@sku\": \"b\"}", NULL},
        {"{\"count(//item) mod (2)\": 0}", NULL},
        {"{\"child::order/descendant::price[. > 15 or (false())]\": 20}", NULL},
        {"{\"2 * (count(//*))\": 12}", NULL},
        {"{\"//*/text()[contains(., 'more')]\": \" & more\"}", NULL},
        {"{\"count(//processing-instruction('a')|//comment())\": 0}", NULL},
        {"{\"contains(\\\"a:b($c\\\", 'b(')\": true}", NULL},
    };

    judge_rows(rows, COUNT(rows), order);
}
END_TEST

START_TEST(texts_may_hold_xml)
{
    static const struct {
        const char *expect, *messages;
    } rows[] = {
        {"{\"json\": {\"$.x\": {\"xml\": {\"/a/b\": [1, 2], \"/a/@c\": "
         "\"d\"}}}}",
         NULL},
        {"{\"json\": {\"$.x\": {\"xml\": {\"namespaces\": {\"n\": \"urn:n\"}, "
         "\"//n:e\": \"f\", \"//b\": {\"count\": 2}, \"//n:b\": {\"count\": "
         "0}}}}}",
         NULL},
        {"{\"json\": {\"$.x\": {\"xml\": {\"/a/@c\": \"e\"}}}}",
         "json /a/@c (line 1): expected XML with /a/@c \"e\", got \"d\""},
        {"{\"json\": {\"$.x\": {\"xml\": {\"/a/z\": \"e\"}}}}",
         "json $.x: nothing there, expected XML with /a/z \"e\""},
        {"{\"json\": {\"$.y\": {\"xml\": {\"/a\": \"b\"}}}}",
         "json $.y: expected XML with /a \"b\", got xml: Start tag expected, "
         "'<' not found, at line 1, column 1: \"no\""},
        {"{\"json\": {\"$.z\": {\"xml\": {\"/a\": \"b\"}}}}",
         "json $.z: expected XML with /a \"b\", got xml: no text: 1"},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct trial trial;

        trial_body(&trial, rows[i].expect,
                   "{\"x\": \"<a c='d' xmlns:n='urn:n'><b>1</b><b>2</b>"
                   "<n:e>f</n:e></a>\", \"y\": \"no\", \"z\": 1}");
        trial_expect(&trial, rows[i].messages);
        trial_finish(&trial);
    }
}
END_TEST

START_TEST(places_are_captured)
{
    static const struct {
        const char *capture, *value, *message;
    } rows[] = {
        {"{\"xml\": \"/order/@id\"}", "\"17\"", ""},
        {"{\"xml\": \"//item/@sku\"}", "[\"a\",\"b\"]", ""},
        {"{\"xml\": \"//item/@sku\", \"last\": true}", "\"b\"", ""},
        {"{\"xml\": \"/order/@id\", \"number\": true}", "17", ""},
        {"{\"xml\": \"count(//item)\"}", "2", ""},
        {"{\"namespaces\": {\"x\": \"urn:money\"}, \"xml\": \"//x:total\"}",
         "\"30.5\"", ""},
        {"{\"xml\": \"//item[@sku = '{{sku}}']/price\"}", "\"20\"", ""},
        {"{\"html\": \"//price[1]\", \"nth\": 0}", "\"10.5\"", ""},
        {"{\"body\": true, \"xml\": \"//item[1]/@sku\"}", "\"a\"", ""},
        {"{\"xml\": \"//nothing\"}", NULL,
         "capture a: nothing there: \"//nothing\""},
        {"{\"xml\": \"//item[{{sku}}'\"}", NULL,
         "capture a: bad XPath: a condition in [] is wrong"},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct trial trial;
        char *told = NULL;

        trial_prepare(&trial, "{\"capture\": {\"a\": %s}}", rows[i].capture);
        trial_answer(&trial, order);
        trial.variables = json_pack("{s: s}", "sku", "b");
        trial_judge(&trial);
        trial_expect(&trial, rows[i].message);
        ck_assert_uint_eq(trial.judged.capture_count, rows[i].value ? 1 : 0);
        if (rows[i].value) {
            told = json_dumps(trial.judged.captures[0].value,
                              JSON_ENCODE_ANY | JSON_COMPACT);
            ck_assert_str_eq(told, rows[i].value);
        }
        free(told);
        trial_finish(&trial);
    }
}
END_TEST

START_TEST(captures_of_no_xml_say_so)
{
    struct trial trial;

    trial_prepare(&trial, "{\"capture\": {\"a\": {\"xml\": \"//id\"}}}");
    trial_answer(&trial, "<a>");
    trial_judge(&trial);
    trial_expect(&trial,
                 "capture a: the body is not XML: Premature end of data in tag "
                 "a line 1 at line 1, column 4; it begins \"<a>\"");
    trial_finish(&trial);
    trial_refuse("{\"capture\": {\"a\": {\"xml\": \"//id[\"}}}",
                 "1:33: bad XPath: a path, a name or a value is wanted here");
    trial_refuse("{\"capture\": {\"a\": {\"html\": 1}}}",
                 "1:28: a text is wanted here");
    trial_refuse("{\"capture\": {\"a\": {\"xml\": \"//n:id\"}}}",
                 "1:30: bad XPath: the prefix \"n\" is not among the "
                 "\"namespaces\"");
}
END_TEST

START_TEST(charsets_are_obeyed)
{
    static const struct {
        const char *type, *body, *message;
    } rows[] = {
        {"text/xml; charset=iso-8859-1", "<a>caf\xe9</a>", NULL},
        {"text/xml; q=1;  CHARSET=\"windows-1252\"", "<a>caf\xe9</a>", NULL},
        {"text/xml; charset=utf-8",
         "<?xml version='1.0' encoding='iso-8859-1'?><a>caf\xc3\xa9</a>", NULL},
        {"text/xml",
         "<?xml version='1.0' encoding='iso-8859-1'?><a>caf\xe9</a>", NULL},
        {"text/xml; charset=latin1", "\xef\xbb\xbf<a>caf\xc3\xa9</a>", NULL},
        {"text/xml; charset=klingon", "<a>caf\xc3\xa9</a>",
         "xml: the body is not XML: the charset \"klingon\" is not known; its "
         "type is text/xml; charset=klingon; it begins \"<a>caf\xc3\xa9</a>\""},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct header header = {"Content-Type", rows[i].type};
        struct trial trial;

        trial_prepare(&trial,
                      "{\"expect\": {\"xml\": {\"/a\": \"caf\xc3\xa9\"}}}");
        trial_answer(&trial, rows[i].body);
        trial.response.header_count = 1;
        trial.response.headers = &header;
        trial_judge(&trial);
        trial_expect(&trial, rows[i].message);
        trial_finish(&trial);
    }
}
END_TEST

UNIT("xml", one_node_is_a_text, several_nodes_are_a_list, nothing_is_not_there,
     numbers_and_truth_are_themselves, prefixes_are_declared_beside_the_paths,
     a_body_that_is_no_xml_is_a_failure,
     a_wrong_xpath_is_a_mistake_at_its_place, operators_are_no_names,
     texts_may_hold_xml, places_are_captured, captures_of_no_xml_say_so,
     charsets_are_obeyed)
