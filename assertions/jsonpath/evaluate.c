/* Evaluation goes through the document in depth, not through the query in
 * breadth. RFC 9535 describes each segment as a function from nodelist to
 * nodelist, and the result of a segment as the results for each node of its
 * input, one behind the other. So nothing is lost when the first node is
 * followed through all segments before the second is looked at, and nothing
 * has to be held: no list between two segments, however large the document.
 * A test for existence stops at the first node.
 *
 * A walk is a stack of frames. A frame is a container and the segment that is
 * being applied to it: which of its selectors, and where in the container that
 * one is. A node that a selector selects is a child of the frame's container;
 * it gets a frame of its own for the next segment, or, behind the last one, is
 * handed out. When a descendant segment has applied its selectors to a
 * container, it goes on to the container's children, each with a frame for the
 * same segment. Either way each frame's container lies in the one below, so
 * there are never more frames than the document has levels. The steps from
 * frame to frame are also the normalized path of the node that is handed out;
 * it is only put together where somebody asks.
 *
 * Walks nest, for filters hold queries: all share one array of frames, the
 * inner walk's lying above those of the outer one. It may move when it grows,
 * so a frame is never held across a filter. */
#include "assertions/jsonpath/evaluate.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "specs/json.h"

struct frame {
    json_t *container;
    const struct segment *segment;
    const struct selector *selector; /* NULL: all are done */
    bool begun;                      /* the selector is under way */
    size_t index;                    /* in an array: the next element */
    size_t left;                     /* of a slice: how many to come */
    void *member;                    /* in an object: the next member */
    struct step step;                /* to the child that was last handed on */
};

/* A child, and the segment that is to be applied to it. */
struct hop {
    json_t *child;
    const struct segment *segment;
};

bool evaluation_fail(struct evaluation *evaluation, const char *format, ...)
{
    char text[sizeof(evaluation->fault->text)];
    va_list args;

    va_start(args, format);
    vsnprintf(text, sizeof(text), format, args);
    va_end(args);
    return fault_raise(evaluation->fault, (struct place){0}, "%s", text);
}

void evaluation_finish(struct evaluation *evaluation)
{
    free(evaluation->frames);
    free(evaluation->last_pattern.text);
    pattern_free(evaluation->last_pattern.pattern);
    pattern_room_finish(&evaluation->room);
}

static bool visit(struct evaluation *evaluation)
{
    if (++evaluation->visited > LIMIT_PATH_NODES)
        evaluation_fail(evaluation, "the query visits more than %d nodes",
                        LIMIT_PATH_NODES);
    return !evaluation->fault->raised;
}

static bool is_container(const json_t *value)
{
    return json_is_object(value) || json_is_array(value);
}

static json_t *child_of_name(const json_t *container, struct name name)
{
    if (!json_is_object(container) || strlen(name.bytes) != name.length)
        return NULL;
    return json_object_get(container, name.bytes);
}

/* An index from the end is negative; false when it is outside. */
static bool place_in(const json_t *container, int64_t index, size_t *place)
{
    int64_t size = (int64_t)json_array_size(container);

    if (index < 0)
        index += size;
    if (index < 0 || index >= size)
        return false;
    *place = (size_t)index;
    return true;
}

static json_t *next_child(struct frame *frame)
{
    json_t *child;

    if (json_is_array(frame->container)) {
        frame->step = (struct step){.index = frame->index};
        return json_array_get(frame->container, frame->index++);
    }
    frame->member = frame->begun
                        ? json_object_iter_next(frame->container, frame->member)
                        : json_object_iter(frame->container);
    frame->begun = true;
    child = json_object_iter_value(frame->member);
    frame->step = (struct step){.key = json_object_iter_key(frame->member)};
    return child;
}

static json_t *by_name(struct frame *frame, struct name name)
{
    if (frame->begun)
        return NULL;
    frame->begun = true;
    frame->step = (struct step){.key = name.bytes};
    return child_of_name(frame->container, name);
}

static json_t *by_index(struct frame *frame, int64_t index)
{
    size_t place;

    if (frame->begun || !place_in(frame->container, index, &place))
        return NULL;
    frame->begun = true;
    frame->step = (struct step){.index = place};
    return json_array_get(frame->container, place);
}

static int64_t between(int64_t value, int64_t least, int64_t most)
{
    if (value < least)
        return least;
    return value > most ? most : value;
}

/* Section 2.3.4.2.2, with the bounds turned into a start and a count. */
static void begin_slice(struct frame *frame, const struct slice *slice)
{
    int64_t size = (int64_t)json_array_size(frame->container);
    bool forward = slice->step > 0;
    int64_t start = forward ? 0 : size - 1;
    int64_t end = forward ? size : -size - 1;
    int64_t way;

    if (slice->has_start)
        start = slice->start;
    if (slice->has_end)
        end = slice->end;
    start = between(start < 0 ? start + size : start, forward ? 0 : -1,
                    forward ? size : size - 1);
    end = between(end < 0 ? end + size : end, forward ? 0 : -1,
                  forward ? size : size - 1);
    way = forward ? end - start : start - end;
    frame->begun = true;
    frame->index = (size_t)start;
    frame->left = 0;
    if (slice->step && way > 0)
        frame->left = (size_t)((way - 1) / llabs(slice->step) + 1);
}

static json_t *by_slice(struct frame *frame, const struct slice *slice)
{
    size_t index;

    if (!json_is_array(frame->container))
        return NULL;
    if (!frame->begun)
        begin_slice(frame, slice);
    if (!frame->left)
        return NULL;
    index = frame->index;
    frame->left--;
    frame->index = (size_t)((int64_t)index + slice->step);
    frame->step = (struct step){.index = index};
    return json_array_get(frame->container, index);
}

/* The filter may move the frames. */
static json_t *by_filter(struct evaluation *evaluation, size_t at,
                         const struct test *filter)
{
    json_t *child;

    do {
        child = next_child(&evaluation->frames[at]);
        if (!child || !visit(evaluation))
            return NULL;
    } while (!filter_holds(evaluation, filter, child));
    return child;
}

/* What the frame's selector selects next, NULL when it is done. */
static json_t *select_next(struct evaluation *evaluation, size_t at)
{
    struct frame *frame = &evaluation->frames[at];
    const struct selector *selector = frame->selector;

    switch (selector->kind) {
    case SELECTOR_NAME: return by_name(frame, selector->name);
    case SELECTOR_INDEX: return by_index(frame, selector->index);
    case SELECTOR_WILDCARD: return next_child(frame);
    case SELECTOR_SLICE: return by_slice(frame, selector->slice);
    case SELECTOR_FILTER: return by_filter(evaluation, at, selector->filter);
    }
    return NULL;
}

static void rewind_frame(struct frame *frame)
{
    frame->begun = false;
    frame->index = 0;
}

/* False when the frame's container has nothing more to give. */
static bool next_hop(struct evaluation *evaluation, size_t at, struct hop *hop)
{
    while (evaluation->frames[at].selector) {
        json_t *child = select_next(evaluation, at);
        struct frame *frame = &evaluation->frames[at];

        if (!visit(evaluation))
            return false;
        if (child) {
            *hop = (struct hop){child, frame->segment->next};
            return true;
        }
        frame->selector = frame->selector->next;
        rewind_frame(frame);
    }
    if (!evaluation->frames[at].segment->descendant)
        return false;
    hop->child = next_child(&evaluation->frames[at]);
    hop->segment = evaluation->frames[at].segment;
    return hop->child && visit(evaluation);
}

/* Values without children need no frame: no selector selects from them. */
static bool enter(struct walk *walk, json_t *value,
                  const struct segment *segment)
{
    struct evaluation *evaluation = walk->evaluation;

    if (!is_container(value))
        return true;
    if (evaluation->depth - walk->base == LIMIT_JSON_DEPTH) {
        return evaluation_fail(evaluation,
                               "the document nests deeper than %d levels",
                               LIMIT_JSON_DEPTH);
    }
    if (evaluation->depth == evaluation->capacity) {
        evaluation->capacity =
            evaluation->capacity ? evaluation->capacity * 2 : 16;
        evaluation->frames = must_resize(
            evaluation->frames, evaluation->capacity * sizeof(struct frame));
    }
    evaluation->frames[evaluation->depth++] = (struct frame){
        .container = value,
        .segment = segment,
        .selector = segment->selectors,
    };
    return true;
}

struct walk walk_begin(struct evaluation *evaluation, const struct query *query,
                       json_t *current)
{
    struct walk walk = {
        .evaluation = evaluation,
        .query = query,
        .base = evaluation->depth,
    };
    json_t *root = query->relative ? current : evaluation->document;

    if (query->segments)
        (void)enter(&walk, root, query->segments); /* the first level fits */
    else
        walk.root = root;
    return walk;
}

json_t *walk_next(struct walk *walk)
{
    struct evaluation *evaluation = walk->evaluation;
    struct hop hop;

    if (walk->root)
        return TAKE(walk->root);
    while (evaluation->depth > walk->base) {
        if (next_hop(evaluation, evaluation->depth - 1, &hop)) {
            if (!hop.segment)
                return hop.child;
            if (!enter(walk, hop.child, hop.segment))
                return NULL;
        } else if (evaluation->fault->raised) {
            return NULL;
        } else {
            evaluation->depth--;
        }
    }
    return NULL;
}

void walk_end(struct walk *walk)
{
    walk->evaluation->depth = walk->base;
}

struct step walk_step(const struct walk *walk, size_t index)
{
    return walk->evaluation->frames[walk->base + index].step;
}

size_t walk_step_count(const struct walk *walk)
{
    return walk->evaluation->depth - walk->base;
}

json_t *walk_straight(struct evaluation *evaluation, const struct query *query,
                      json_t *current)
{
    json_t *value = query->relative ? current : evaluation->document;
    const struct segment *segment = query->segments;
    size_t place;

    for (; value && segment && visit(evaluation); segment = segment->next) {
        const struct selector *only = segment->selectors;

        if (only->kind == SELECTOR_NAME)
            value = child_of_name(value, only->name);
        else if (place_in(value, only->index, &place))
            value = json_array_get(value, place);
        else
            value = NULL;
    }
    return evaluation->fault->raised ? NULL : value;
}
