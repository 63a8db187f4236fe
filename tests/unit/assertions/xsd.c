/* Schemas of XML: what they say of a body, and what is wrong with them. */
#include "tests/unit/assertions/trial.h"
#include "tests/unit/unit.h"
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char xsd[] =
    "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'>\n"
    "<xs:include schemaLocation='part.xsd'/>\n"
    "<xs:element name='order'><xs:complexType><xs:sequence>\n"
    "<xs:element name='price' type='money' maxOccurs='3'/>\n"
    "</xs:sequence></xs:complexType></xs:element>\n"
    "</xs:schema>\n";

static const char part[] =
    "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'>\n"
    "<xs:simpleType name='money'><xs:restriction base='xs:decimal'>\n"
    "<xs:minInclusive value='0'/></xs:restriction></xs:simpleType>\n"
    "</xs:schema>\n";

static const char rng[] =
    "<element name='order' xmlns='http://relaxng.org/ns/structure/1.0'\n"
    " datatypeLibrary='http://www.w3.org/2001/XMLSchema-datatypes'>\n"
    "<oneOrMore><element name='price'><data type='decimal'/></element>\n"
    "</oneOrMore></element>\n";

/* A folder with the files, which is the file root. */
struct folder {
    char path[64];
    struct arena arena;
};

static void folder_write(struct folder *folder, const char *name,
                         const char *text)
{
    FILE *file =
        fopen(arena_print(&folder->arena, "%s/%s", folder->path, name), "w");

    ck_assert_ptr_nonnull(file);
    fputs(text, file);
    fclose(file);
}

static void folder_open(struct folder *folder)
{
    *folder = (struct folder){.path = "/tmp/volley-xsd-XXXXXX"};
    ck_assert_ptr_nonnull(mkdtemp(folder->path));
    folder_write(folder, "order.xsd", xsd);
    folder_write(folder, "part.xsd", part);
    folder_write(folder, "order.rng", rng);
}

static void folder_close(struct folder *folder)
{
    static const char *const names[] = {"order.xsd", "part.xsd", "order.rng",
                                        "other.xsd", "odd name.xsd"};

    for (size_t i = 0; i < COUNT(names); i++)
        unlink(arena_print(&folder->arena, "%s/%s", folder->path, names[i]));
    ck_assert_int_eq(rmdir(folder->path), 0);
    arena_finish(&folder->arena);
}

/* What is said of the body, or of the expectation where that is wrong. */
static void judge_in(struct folder *folder, const char *expect,
                     const char *body, const char *told)
{
    struct trial trial;

    trial_compile(&trial, arena_print(&folder->arena,
                                      "{\"expect\": %s, \"folder\": \"%s\"}",
                                      expect, folder->path));
    if (trial.faults.total) {
        ck_assert_msg(told && strstr(trial_faults(&trial), told), "%s:\n%s",
                      expect, trial_faults(&trial));
    } else {
        trial_answer(&trial, body);
        trial_judge(&trial);
        trial_expect(&trial, told);
    }
    trial_finish(&trial);
}

START_TEST(bodies_are_as_the_schema_says)
{
    static const struct {
        const char *expect, *body, *messages;
    } rows[] = {
        {"{\"xsd\": \"order.xsd\"}", "<order><price>1.5</price></order>", NULL},
        {"{\"rng\": \"order.rng\"}", "<order><price>1.5</price></order>", NULL},
        {"{\"xsd\": \"order.xsd\"}", "<order>\n<price>-1</price></order>",
         "xsd /order/price (line 2): expected what \"order.xsd\" says, got "
         "Element 'price': [facet 'minInclusive'] The value '-1' is less than "
         "the minimum value allowed ('0')"},
        {"{\"xsd\": \"order.xsd\"}", "<order/>",
         "xsd /order (line 1): expected what \"order.xsd\" says, got Element "
         "'order': Missing child element(s). Expected is ( price )"},
        {"{\"rng\": \"order.rng\"}", "<order><price>x</price></order>",
         "rng /order/price (line 1): expected what \"order.rng\" says, got "
         "Type decimal doesn't allow value 'x' (and 2 more mistakes)"},
        {"{\"xsd\": \"order.xsd\", \"rng\": \"order.rng\"}", "<order>",
         "xsd: the body is not XML: Premature end of data in tag order line 1 "
         "at line 1, column 8; it begins \"<order>\""},
        /* What the body itself names is not followed. */
        {"{\"xsd\": \"order.xsd\"}",
         "<order xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' "
         "xsi:noNamespaceSchemaLocation='/no/such.xsd'>"
         "<price>1</price></order>",
         NULL},
    };
    struct folder folder;

    folder_open(&folder);
    for (size_t i = 0; i < COUNT(rows); i++)
        judge_in(&folder, rows[i].expect, rows[i].body, rows[i].messages);
    folder_close(&folder);
}
END_TEST

static void refuse_xsd(const char *schema, const char *told)
{
    struct folder folder;

    folder_open(&folder);
    folder_write(&folder, "other.xsd", schema);
    judge_in(&folder, "{\"xsd\": \"other.xsd\"}", "<order/>", told);
    folder_close(&folder);
}

#define SCHEMA "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'>\n"

START_TEST(a_wrong_schema_is_a_mistake_of_its_file)
{
    refuse_xsd("<a", "1:3: Couldn't find end of Start Tag a line 1");
    refuse_xsd("<order/>", "0:0: The XML document '/tmp/volley-xsd-");
    refuse_xsd(
        SCHEMA "<xs:element name='a' type='b'/></xs:schema>",
        "2:1: element decl. 'a', attribute 'type': The QName value 'b' does "
        "not resolve to a(n) type definition");
    refuse_xsd(SCHEMA "<xs:include schemaLocation='none.xsd'/></xs:schema>",
               "2:1: there is no file");
    refuse_xsd(SCHEMA "<xs:include schemaLocation='http://127.0.0.1:1/a.xsd'/>"
                      "</xs:schema>",
               "2:1: a schema is only taken from a file: a relative path is "
               "wanted here");
    refuse_xsd(SCHEMA "\n<xs:import namespace='a' "
                      "schemaLocation='../../etc/passwd'/></xs:schema>",
               "3:1: it leads out of the file root (see --file-root)");
    refuse_xsd("<!DOCTYPE a [<!ENTITY e SYSTEM '/etc/passwd'>]>" SCHEMA
               "&e;</xs:schema>",
               "2:4: the entity \"e\" is none of XML's own five");
}
END_TEST

START_TEST(a_wrong_path_is_a_mistake_of_the_suite)
{
    struct folder folder;

    folder_open(&folder);
    judge_in(&folder, "{\"xsd\": \"none.xsd\"}", "", "1:20:");
    judge_in(&folder, "{\"xsd\": \"/etc/passwd\"}", "", "1:20:");
    judge_in(&folder, "{\"xsd\": 1}", "",
             "1:20: the path of a file that holds a schema is wanted here");
    judge_in(&folder, "{\"rng\": \"{{a}}\"}", "",
             "1:20: a schema is compiled before the run: its file cannot be "
             "the value of a template");
    folder_close(&folder);
}
END_TEST

START_TEST(names_may_be_odd)
{
    struct folder folder;

    folder_open(&folder);
    folder_write(&folder, "odd name.xsd",
                 SCHEMA "<xs:include schemaLocation='part.xsd'/></xs:schema>");
    folder_write(&folder, "other.xsd",
                 SCHEMA "<xs:include schemaLocation='odd%20name.xsd'/>"
                        "<xs:include schemaLocation='part.xsd'/>"
                        "<xs:element name='order' type='money'/></xs:schema>");
    judge_in(&folder, "{\"xsd\": \"other.xsd\"}", "<order>1</order>", NULL);
    folder_close(&folder);
}
END_TEST

/* A file that includes the next one, and so on. */
START_TEST(files_of_a_schema_have_a_limit)
{
    struct folder folder;
    struct arena *arena = &folder.arena;

    folder_open(&folder);
    for (int i = 0; i <= LIMIT_GRAMMAR_FILES; i++)
        folder_write(&folder, arena_print(arena, "%d.xsd", i),
                     arena_print(arena,
                                 SCHEMA "<xs:include schemaLocation='%d.xsd'/>"
                                        "</xs:schema>",
                                 i + 1));
    judge_in(&folder, "{\"xsd\": \"0.xsd\"}", "",
             "2:1: a schema of more than 100 files");
    for (int i = 0; i <= LIMIT_GRAMMAR_FILES; i++)
        unlink(arena_print(arena, "%s/%d.xsd", folder.path, i));
    folder_close(&folder);
}
END_TEST

UNIT("xsd", bodies_are_as_the_schema_says,
     a_wrong_schema_is_a_mistake_of_its_file,
     a_wrong_path_is_a_mistake_of_the_suite, names_may_be_odd,
     files_of_a_schema_have_a_limit)
