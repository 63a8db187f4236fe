#include "specs/functions.h"

#include "tests/unit/specs/calls.h"
#include "tests/unit/unit.h"
#include "tests/unit/values.h"
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "specs/json.h"
#include "specs/specs.h"

START_TEST(are_found_in_a_sorted_table)
{
    size_t count;
    const struct function *rows = function_rows(&count);

    for (size_t i = 0; i < count; i++) {
        if (i)
            ck_assert_str_lt(rows[i - 1].name, rows[i].name);
        ck_assert_ptr_eq(function_named(rows[i].name), &rows[i]);
        ck_assert_uint_le(rows[i].least, rows[i].most);
        ck_assert_uint_le(rows[i].most, FUNCTION_ARGUMENTS);
        for (size_t j = 0; j < rows[i].most; j++)
            ck_assert(rows[i].parameters[j].kinds &&
                      rows[i].parameters[j].wants);
    }
    ck_assert_ptr_null(function_named("uid"));
    ck_assert_str_eq(function_near("uid"), "uuid");
    ck_assert_ptr_null(function_near("something"));
}
END_TEST

/* RFC 4648, section 10; FIPS 180-4's examples; RFC 4231, section 4. */
START_TEST(hash_and_encode_as_the_standards_say)
{
    static const struct hole_row rows[] = {
        {"base64('')", "\"\""},
        {"base64('f')", "\"Zg==\""},
        {"base64('fo')", "\"Zm8=\""},
        {"base64('foo')", "\"Zm9v\""},
        {"base64('foob')", "\"Zm9vYg==\""},
        {"base64('fooba')", "\"Zm9vYmE=\""},
        {"base64('foobar')", "\"Zm9vYmFy\""},
        {"base64('\\u0000\\u00ff')", "\"AMO/\""},
        {"sha256('')", "\"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495"
                       "991b7852b855\""},
        {"sha256('abc')", "\"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb4"
                          "10ff61f20015ad\""},
        {"sha256('abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq')",
         "\"248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1\""},
        {"hmac_sha256('\\u000b\\u000b\\u000b\\u000b\\u000b\\u000b\\u000b\\u000b"
         "\\u000b\\u000b\\u000b\\u000b\\u000b\\u000b\\u000b\\u000b\\u000b\\u000b"
         "\\u000b\\u000b', 'Hi There')",
         "\"b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7\""},
        {"hmac_sha256('Jefe', 'what do ya want for nothing?')",
         "\"5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843\""},
        {"hmac_sha256('', '')",
         "\"b613679a0814d9ec772f95d778c35fc5ff1697c4937156"
         "53c6c712144292c5ad\""},
        {"url_encode('AZaz09-._~')", "\"AZaz09-._~\""},
        {"url_encode(' /?&=+%\\u00fc\\u0000')",
         "\"%20%2F%3F%26%3D%2B%25%C3%BC%00\""},
    };

    holes_expect(NULL, rows, COUNT(rows));
}
END_TEST

START_TEST(take_values_of_every_kind)
{
    static const struct hole_row rows[] = {
        {"json(\"a\\\"b\")", "\"\\\"a\\\\\\\"b\\\"\""},
        {"json(18446744073709551616)", "\"18446744073709551616\""},
        {"json(1.0)", "\"1.0\""},
        {"json([1, {\"a\": null}, true])", "\"[1,{\\\"a\\\":null},true]\""},
        {"json(user)", "\"{\\\"name\\\":\\\"ann\\\"}\""},
        {"json(json(1))", "\"\\\"1\\\"\""},
        {"base64(12)", "\"MTI=\""},
        {"base64(null)", "\"bnVsbA==\""},
        {"base64([1])", "\"WzFd\""},
        {"url_encode(user.name)", "\"ann\""},
        {"default(user.name, 'x')", "\"ann\""},
        {"default(user.nam, 'x')", "\"x\""},
        {"default(nobody, user)", "{\"name\":\"ann\"}"},
        {"default(nobody.knows[3], null)", "null"},
        {"default(none, 'x')", "null"},
        {"default(env.HOME, 'x')", "\"/root\""},
        {"default(env.X, 'x')", "\"x\""},
        {"default(env('X'), 'x')", "\"x\""},
        {"default(default(a, b), 'x')", "\"x\""},
        {"default(default(a, user.name), 'x')", "\"ann\""},
        {"default(user.name, env('X'))", "\"ann\""},
        {"env('HOME')", "\"/root\""},
        {"env(which)", "\"/root\""},
    };
    json_auto_t *values =
        value_read("{\"user\": {\"name\": \"ann\"}, \"none\": null, \"which\": "
                   "\"HOME\", \"env\": {\"HOME\": \"/root\"}}");
    struct scope scope = {.values = values};

    holes_expect(&scope, rows, COUNT(rows));
}
END_TEST

START_TEST(say_what_they_cannot_do)
{
    static const struct mistake_row rows[] = {
        {"base64()", 1, "base64 takes 1 argument"},
        {"base64(1, 2)", 11, "base64 takes 1 argument"},
        {"uuid(4, 4)", 9, "uuid takes at most 1 argument"},
        {"now('iso', '+1d', 'Z', 1)", 24, "now takes at most 3 arguments"},
        {"random_string()", 1, "random_string takes 1 or 2 arguments"},
        {"hmac_sha256('k')", 1, "hmac_sha256 takes 2 arguments"},
        {"env(1)", 5, "a name is expected here, and not a number"},
        {"env(none)", 5, "a name is expected here, and not null"},
        {"env(user)", 5, "a name is expected here, and not an object"},
        {"env('A\\u0000')", 5, "a name cannot hold a NUL"},
        {"env('X')", 5, "there is no environment variable of this name"},
        {"file([])", 6, "a path is expected here, and not an array"},
        {"file('x')", 1, "only a suite can name files"},
        {"uuid(true)", 6, "4 or 7 is expected here, and not a boolean"},
        {"uuid(1)", 6, "a UUID here is of version 4 or 7"},
        {"uuid(4.5)", 6, "a whole number of at most 64 bits is expected here"},
        {"random_int('1', 2)", 12,
         "a whole number is expected here, and not a string"},
        {"random_int(1, 1.5)", 15,
         "a whole number of at most 64 bits is expected here"},
        {"random_int(1, 9223372036854775808)", 15,
         "a whole number of at most 64 bits is expected here"},
        {"random_int(1, 1e300)", 15,
         "a whole number of at most 64 bits is expected here"},
        {"random_int(2, 1)", 15,
         "the largest number is smaller than the least"},
        {"random_int(user, 1)", 12,
         "a whole number is expected here, and not an object"},
        {"random_string(-1)", 15,
         "a random text has from 0 to 1048576 characters"},
        {"random_string(3, '')", 18, "an alphabet has at least one character"},
        {"random_string(3, 1)", 18,
         "an alphabet is expected here, and not a number"},
    };
    json_auto_t *values =
        value_read("{\"user\": {}, \"none\": null, \"env\": {}}");
    struct scope scope = {.values = values};

    mistakes_expect(&scope, rows, COUNT(rows));
}
END_TEST

static const char *string_of(const char *expression, struct hole *hole)
{
    struct scope scope = {.chance = &leap_day};

    hole_fill(expression, &scope, hole);
    ck_assert_msg(*hole->value == '"', "%s: %s", expression, hole->told);
    hole->value[strlen(hole->value) - 1] = '\0';
    return hole->value + 1;
}

/* RFC 9562, section 4: version and variant; section 5.7: the time. */
START_TEST(make_uuids_of_two_versions)
{
    static const char *const calls[] = {"uuid()", "uuid(4)", "uuid(7)",
                                        "uuid(7.0)"};

    for (size_t i = 0; i < COUNT(calls); i++) {
        struct hole hole;
        const char *uuid = string_of(calls[i], &hole);

        ck_assert_uint_eq(strlen(uuid), 36);
        for (size_t j = 0; j < 36; j++) {
            ck_assert(strchr(j == 8 || j == 13 || j == 18 || j == 23
                                 ? "-"
                                 : "0123456789abcdef",
                             uuid[j]));
        }
        ck_assert_int_eq(uuid[14], i < 2 ? '4' : '7');
        ck_assert(strchr("89ab", uuid[19]));
        ck_assert(hole.varies);
        /* 1709210096789 is 0x18df4dc5495. */
        ck_assert_int_eq(strncmp(uuid, "018df4dc-5495", 13) == 0, i >= 2);
    }
}
END_TEST

START_TEST(draw_whole_numbers_of_64_bits)
{
    static const struct {
        const char *call;
        json_int_t least, most;
    } rows[] = {
        {"random_int(1, 6)", 1, 6},
        {"random_int(-3, -3)", -3, -3},
        {"random_int(0, 2.0)", 0, 2},
        {"random_int(-9223372036854775808, 9223372036854775807)", INT64_MIN,
         INT64_MAX},
        {"random_int(9223372036854775806, 9223372036854775807)", INT64_MAX - 1,
         INT64_MAX},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        bool has_least = false, has_most = false;

        for (uint64_t seed = 0; seed < 100; seed++) {
            const struct chance chance = {.seed = seed};
            struct scope scope = {.chance = &chance};
            struct hole hole;
            json_auto_t *value = NULL;
            json_int_t number;

            hole_fill(rows[i].call, &scope, &hole);
            value = value_read(hole.value);
            ck_assert(json_is_integer(value));
            number = json_integer_value(value);
            ck_assert(number >= rows[i].least && number <= rows[i].most);
            has_least |= number == rows[i].least;
            has_most |= number == rows[i].most;
        }
        ck_assert_msg((has_least && has_most) || i == 3, "%s", rows[i].call);
    }
}
END_TEST

START_TEST(draw_characters_of_an_alphabet)
{
    static const char letters[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    struct hole hole;
    const char *text = string_of("random_string(2000)", &hole);

    ck_assert_uint_eq(strlen(text), 2000);
    ck_assert_uint_eq(strspn(text, letters), 2000);
    for (size_t i = 0; letters[i]; i++)
        ck_assert_msg(strchr(text, letters[i]), "no %c", letters[i]);
    text = string_of("random_string(50, '\xc3\xbc')", &hole);
    ck_assert_uint_eq(strlen(text), 100);
    ck_assert_uint_eq(strspn(text, "\xc3\xbc"), 100);
    ck_assert_str_eq(string_of("random_string(0)", &hole), "");
    ck_assert_str_eq(string_of("random_string(3.0, 'x')", &hole), "xxx");
}
END_TEST

/* So long a text, as an argument. */
static void fill_with(const char *call, const char *name, size_t length,
                      struct hole *hole)
{
    char *text = must_alloc(length + 1);
    json_auto_t *values = json_object();
    struct scope scope = {.values = values};

    memset(text, 'a', length);
    json_object_set_new(values, name, json_stringn(text, length));
    hole_fill(call, &scope, hole);
    free(text);
}

START_TEST(have_limits)
{
    struct hole hole;

    fill_with("sha256(base64(text))", "text", LIMIT_TEMPLATE_BYTES / 4 * 3,
              &hole);
    ck_assert_str_eq(hole.told, "");
    fill_with("sha256(base64(text))", "text", LIMIT_TEMPLATE_BYTES / 4 * 3 + 1,
              &hole);
    ck_assert_str_eq(hole.told, "what base64 makes is longer than 16 MiB here");
    fill_with("sha256(url_encode(text))", "text", LIMIT_TEMPLATE_BYTES + 1,
              &hole);
    ck_assert_str_eq(hole.told,
                     "what url_encode makes is longer than 16 MiB here");
    fill_with("sha256(json(text))", "text", LIMIT_TEMPLATE_BYTES - 1, &hole);
    ck_assert_str_eq(hole.told,
                     "this value as JSON is longer than 16 MiB here");
    fill_with("hmac_sha256(text, 'a')", "text", LIMIT_TEMPLATE_BYTES + 1,
              &hole);
    ck_assert_str_eq(hole.told, "this key is longer than 16 MiB");
    fill_with("random_string(3, text)", "text", LIMIT_ALPHABET, &hole);
    ck_assert_str_eq(hole.value, "\"aaa\"");
    fill_with("random_string(3, text)", "text", LIMIT_ALPHABET + 1, &hole);
    ck_assert_str_eq(hole.told, "an alphabet has at most 1024 characters");
    hole_fill("sha256(random_string(1048576))", NULL, &hole);
    ck_assert_str_eq(hole.told, "");
    ck_assert_int_eq(LIMIT_RANDOM_STRING, 1048576);
    hole_fill("sha256(random_string(1048577))", NULL, &hole);
    ck_assert_str_eq(hole.told,
                     "a random text has from 0 to 1048576 characters");
}
END_TEST

static void write_file(const char *path, const char *bytes, size_t length)
{
    FILE *file = fopen(path, "w");

    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(bytes, 1, length, file), length);
    ck_assert_int_eq(fclose(file), 0);
}

START_TEST(read_files_of_the_suite)
{
    static const struct mistake_row mistakes[] = {
        {"file('none')", 6, "\"none\": no such file or folder"},
        {"file('/etc/passwd')", 6,
         "\"/etc/passwd\" leads out of the file root"},
        {"file('bytes')", 6,
         "this file is not UTF-8 text; a request's \"file\" sends any bytes"},
        {"file('large')", 6, "this file is longer than 16 MiB here"},
        {"file('.')", 6, "\".\" is not a regular file"},
    };
    static const struct hole_row rows[] = {
        {"file('a')", "\"one\\n\\u0000\""},
        {"file(name)", "\"one\\n\\u0000\""},
        {"base64(file('a'))", "\"b25lCgA=\""},
        {"file('empty')", "\"\""},
    };
    char folder[] = "/tmp/functions-XXXXXX";
    json_auto_t *values = value_read("{\"name\": \"a\"}");
    struct suite suite = {.folder = mkdtemp(folder), .file_root = folder};
    struct scope outer = {.values = values, .suite = &suite};
    struct scope scope = {.outer = &outer};
    char *large = must_alloc(LIMIT_TEMPLATE_BYTES + 1);

    ck_assert_ptr_nonnull(suite.folder);
    ck_assert_int_eq(chdir(folder), 0);
    write_file("a", "one\n", 5);
    write_file("bytes", "\xff", 1);
    write_file("empty", "", 0);
    write_file("large", large, LIMIT_TEMPLATE_BYTES + 1);
    holes_expect(&scope, rows, COUNT(rows));
    mistakes_expect(&scope, mistakes, COUNT(mistakes));
    for (size_t i = 0; i < 4; i++) {
        ck_assert_int_eq(unlink(i == 0   ? "a"
                                : i == 1 ? "bytes"
                                : i == 2 ? "empty"
                                         : "large"),
                         0);
    }
    ck_assert_int_eq(rmdir(folder), 0);
    free(large);
}
END_TEST

UNIT("functions", are_found_in_a_sorted_table,
     hash_and_encode_as_the_standards_say, take_values_of_every_kind,
     say_what_they_cannot_do, make_uuids_of_two_versions,
     draw_whole_numbers_of_64_bits, draw_characters_of_an_alphabet, have_limits,
     read_files_of_the_suite)
