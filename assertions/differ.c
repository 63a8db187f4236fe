/* Where a document differs from what is expected: the smallest places, each
 * with its path. The first is what the finding says; the others are lines of
 * its own, up to a limit, and the rest is counted. */
#include <string.h>

#include "assertions/align.h"
#include "assertions/path_text.h"
#include "specs/json.h"

enum {
    LINES_MOST = 20, /* differences that are told besides the first */
    LINES_BYTES = 4096,
    LINE_VALUE_MOST = 120, /* bytes of a path or value in a line */
    LINE_LAST = 64,        /* room that is kept for the last line */
    LOOK_AHEAD = 64,       /* elements that another may have become */
};

struct differing {
    const struct comparing *comparing;
    struct finding *finding;
    const struct value *list; /* what a path selected, and... */
    const json_t *array;      /* ...the array that it became */
    struct teller lines;
    size_t told; /* of the lines */
    size_t count;
};

/* Paths cost memory: none are made for what is only counted. */
static bool is_told(const struct differing *differing)
{
    return differing->told < LINES_MOST && !differing->lines.is_cut;
}

static void add_line(struct differing *differing, const struct finding *found)
{
    struct arena *arena = differing->comparing->matching->arena;
    struct teller line = teller_open(arena, LINES_BYTES);
    const char *text;

    if (!is_told(differing) || !found->path)
        return;
    tell_visibly(&line,
                 text_of(tell_short(arena, found->path, LINE_VALUE_MOST)));
    tell_finding(&line, found, LINE_VALUE_MOST);
    text = teller_finish(&line);
    if (strlen(text) + LINE_LAST >
        differing->lines.text.ceiling - differing->lines.text.length) {
        differing->lines.is_cut = true;
        return;
    }
    if (differing->told++)
        tell(&differing->lines, "\n");
    tell(&differing->lines, text);
}

static void add(struct differing *differing, struct finding found)
{
    struct finding *finding = differing->finding;

    if (differing->count++) {
        add_line(differing, &found);
        return;
    }
    finding->path = found.path;
    finding->is_absent = found.is_absent;
    finding->expected = found.expected;
    finding->actual = found.actual;
    finding->difference = found.difference;
    finding->lines = found.lines;
}

/* Two different values that have no parts to look at, or one that is not there.
 */
static void add_values(struct differing *differing, json_t *expected,
                       json_t *actual, const char *path)
{
    const struct comparing *comparing = differing->comparing;
    const struct matcher *place =
        expected ? place_of(comparing, expected) : NULL;
    struct value a = value_of_json(expected, NULL);
    struct value b = value_of_json(actual, path);
    struct finding found = {.difference = SIZE_MAX};
    struct text expected_text, actual_text;

    if (differing->count && !is_told(differing)) {
        differing->count++;
        return;
    }
    if (place) {
        matcher_explain(comparing->matching, place, &b, &found);
        if (!found.path)
            found.path = path;
    } else {
        found.path = path;
        found.is_absent = !actual;
        found.expected = expected ? told_document(comparing, expected)
                                  : told_json(comparing->matching, NULL);
        found.actual = told_json(comparing->matching, actual);
        if (value_text(&a, &expected_text) && value_text(&b, &actual_text))
            explain_texts(comparing->matching, expected_text, actual_text,
                          &found);
    }
    add(differing, found);
}

static void compare(struct differing *differing, json_t *expected,
                    json_t *actual, const char *path);

static const char *member_path(const struct differing *differing,
                               const char *path, const char *key)
{
    if (!path || !is_told(differing))
        return NULL;
    return path_member(differing->comparing->matching->arena, path, key);
}

static void compare_objects(struct differing *differing, json_t *expected,
                            json_t *actual, const char *path)
{
    const char *key;
    json_t *member;

    json_object_foreach (expected, key, member) {
        json_t *there = json_object_get(actual, key);

        if (!document_equals(differing->comparing, member, there))
            compare(differing, member, there,
                    member_path(differing, path, key));
    }
    json_object_foreach (actual, key, member) {
        if (!json_object_get(expected, key))
            add_values(differing, NULL, member,
                       member_path(differing, path, key));
    }
}

/* Where an element of the actual array stands, or would. */
static const char *element_path(const struct differing *differing,
                                const json_t *array, size_t index,
                                const char *path)
{
    struct arena *arena = differing->comparing->matching->arena;
    struct value element;

    if (!path || !is_told(differing))
        return NULL;
    if (array != differing->array || !differing->list)
        return path_element(arena, path, index);
    if (index >= value_count(differing->list))
        return path;
    element = value_element(differing->list, index, arena);
    return element.path;
}

/* One comparing of two arrays. */
struct arrays {
    struct differing *differing;
    struct alignment *alignment;
    const json_t *actual;
    const char *path;
};

static void add_missing(const struct arrays *arrays,
                        const struct aligned *element)
{
    struct differing *differing = arrays->differing;
    size_t index = element->index;
    bool is_behind = index >= json_array_size(arrays->actual);
    const char *path =
        element_path(differing, arrays->actual, index, arrays->path);
    struct finding found = {.path = path,
                            .is_absent = is_behind && path != arrays->path,
                            .actual =
                                is_behind ? "nothing there" : "no such element",
                            .difference = SIZE_MAX};

    if (!differing->count || is_told(differing))
        found.expected = told_document(differing->comparing, element->value);
    add(differing, found);
}

static void add_inserted(const struct arrays *arrays,
                         const struct aligned *element)
{
    struct differing *differing = arrays->differing;
    const struct alignment *alignment = arrays->alignment;
    bool is_behind = element->index >= alignment->expected_count;
    struct finding found = {
        .path = element_path(differing, arrays->actual, element->index,
                             arrays->path),
        .expected = is_behind ? "nothing there" : "no such element",
        .difference = SIZE_MAX,
    };

    if (!differing->count || is_told(differing))
        found.actual =
            told_json(differing->comparing->matching, element->value);
    add(differing, found);
}

static void add_moved(const struct arrays *arrays,
                      const struct aligned *element)
{
    struct differing *differing = arrays->differing;
    struct arena *arena = differing->comparing->matching->arena;
    const struct aligned *there = &arrays->alignment->actual[element->partner];
    const char *place =
        element_path(differing, arrays->actual, there->index, arrays->path);
    struct finding found = {
        .path = element_path(differing, arrays->actual, element->index,
                             arrays->path),
        .difference = SIZE_MAX,
    };

    if (!differing->count || is_told(differing)) {
        found.expected = told_document(differing->comparing, element->value);
        found.actual =
            arena_print(arena, "this element at %s",
                        place ? tell_short(arena, place, LINE_VALUE_MOST)
                              : "another place");
    }
    add(differing, found);
}

/* Elements between two that met, of which none is equal to another. */
struct run {
    size_t i, i_end; /* expected */
    size_t j, j_end; /* actual */
};

static size_t count_free(const struct aligned *list, size_t from, size_t end)
{
    size_t count = 0;

    for (size_t i = from; i < end; i++)
        count += list[i].fate == FATE_NONE;
    return count;
}

/* Half of what one has the other has as well. */
static bool are_alike(const struct comparing *comparing, json_t *expected,
                      json_t *actual)
{
    size_t equal = 0;
    const char *key;
    json_t *member;

    if (!json_is_object(expected) || !json_is_object(actual))
        return json_typeof(expected) == json_typeof(actual);
    json_object_foreach (expected, key, member)
        equal +=
            document_equals(comparing, member, json_object_get(actual, key));
    return equal * 2 >= json_object_size(expected);
}

/* The next actual element that this expected one may have become; the end. */
static size_t find_like(const struct arrays *arrays, const struct run *run,
                        bool is_even)
{
    const struct alignment *alignment = arrays->alignment;

    for (size_t j = run->j; j < run->j_end && j < run->j + LOOK_AHEAD; j++) {
        if (alignment->actual[j].fate == FATE_NONE &&
            (is_even ||
             are_alike(alignment->comparing, alignment->expected[run->i].value,
                       alignment->actual[j].value)))
            return j;
    }
    return run->j_end;
}

static void add_inserted_before(const struct arrays *arrays, struct run *run,
                                size_t j)
{
    const struct aligned *actual = arrays->alignment->actual;

    for (; run->j < j; run->j++)
        if (actual[run->j].fate == FATE_NONE)
            add_inserted(arrays, &actual[run->j]);
}

static void compare_elements(const struct arrays *arrays,
                             const struct aligned *expected,
                             const struct aligned *actual)
{
    compare(arrays->differing, expected->value, actual->value,
            element_path(arrays->differing, arrays->actual, actual->index,
                         arrays->path));
}

/* As many here as there: each became the one in its place. */
static void compare_run(const struct arrays *arrays, struct run *run)
{
    const struct alignment *alignment = arrays->alignment;
    size_t expected = count_free(alignment->expected, run->i, run->i_end);
    size_t actual = count_free(alignment->actual, run->j, run->j_end);

    for (; run->i < run->i_end; run->i++) {
        const struct aligned *element = &alignment->expected[run->i];
        size_t j;

        if (element->fate == FATE_MOVED) {
            add_moved(arrays, element);
            continue;
        }
        j = find_like(arrays, run, expected == actual);
        if (j == run->j_end) {
            add_missing(arrays, element);
            continue;
        }
        add_inserted_before(arrays, run, j);
        compare_elements(arrays, element, &alignment->actual[j]);
        run->j = j + 1;
    }
    add_inserted_before(arrays, run, run->j_end);
}

static void compare_arrays(struct differing *differing, json_t *expected,
                           json_t *actual, const char *path)
{
    struct alignment alignment =
        alignment_make(differing->comparing, expected, actual);
    struct arrays arrays = {differing, &alignment, actual, path};
    struct run run = {0};

    while (run.i < alignment.expected_count || run.j < alignment.actual_count) {
        run.i_end = run.i;
        run.j_end = run.j;
        while (run.i_end < alignment.expected_count &&
               alignment.expected[run.i_end].fate != FATE_MET)
            run.i_end++;
        while (run.j_end < alignment.actual_count &&
               alignment.actual[run.j_end].fate != FATE_MET)
            run.j_end++;
        compare_run(&arrays, &run);
        run.i = run.i_end + 1;
        run.j = run.j_end + 1;
    }
    alignment_finish(&alignment);
}

static void compare(struct differing *differing, json_t *expected,
                    json_t *actual, const char *path)
{
    if (actual && json_is_object(expected) && json_is_object(actual))
        compare_objects(differing, expected, actual, path);
    else if (actual && json_is_array(expected) && json_is_array(actual))
        compare_arrays(differing, expected, actual, path);
    else
        add_values(differing, expected, actual, path);
}

static void differ(struct differing *differing, json_t *expected,
                   json_t *actual, const char *path)
{
    struct finding *finding = differing->finding;

    differing->lines =
        teller_open(differing->comparing->matching->arena, LINES_BYTES);
    compare(differing, expected, actual, path);
    if (differing->count > 1) {
        finding->more = differing->count - 1;
        finding->noun = "difference";
    }
    differing->lines.is_cut = false; /* whole lines only */
    if (differing->told && differing->told < finding->more)
        tell_format(&differing->lines, "\n... and %zu more differences",
                    finding->more - differing->told);
    if (differing->told)
        finding->lines = teller_finish(&differing->lines);
    else
        buffer_finish(&differing->lines.text);
}

void explain_difference(const struct comparing *comparing, json_t *expected,
                        json_t *actual, const char *path,
                        struct finding *finding)
{
    struct differing differing = {.comparing = comparing, .finding = finding};

    differ(&differing, expected, actual, path);
}

void explain_list(const struct comparing *comparing, json_t *expected,
                  const struct value *list, struct finding *finding)
{
    json_auto_t *array = document_of(list);
    struct differing differing = {
        .comparing = comparing,
        .finding = finding,
        .list = list,
        .array = array,
    };

    differ(&differing, expected, array, list->path);
}
