/* Tells the story of a run: builds events from what happened. The one place
 * where they are told, so the one place where secrets are hidden. */
#pragma once

#include "runner/engine.h"
#include "runner/flight.h"
#include "runner/redact.h"

struct narrator {
    const struct run *run;
    const struct schedule *schedule;
    struct redactor redactor;    /* declared secrets, for the whole run */
    struct redactor credentials; /* those of the exchange told last, over it */
    int64_t begun_ns;            /* monotonic */
    size_t in_flight;
    struct suite_tally {
        struct counts counts;
        size_t left;    /* copies not yet finished */
        size_t number;  /* among the suites that are told */
        bool is_untold; /* all its tests are left out */
        int64_t started_ns, ended_ns;
    } * suites;
    struct run_result *result;
    uint64_t reused_count;
};

void narrator_begin(struct narrator *narrator, const struct run *run,
                    const struct schedule *schedule, struct run_result *result);

/* A text as it may be told, in the arena where it had to be changed;
 * narrator_keep() copies it in any case. NULL gives NULL. */
const char *narrator_show(const struct narrator *narrator, struct arena *arena,
                          const char *text);
const char *narrator_keep(const struct narrator *narrator, struct arena *arena,
                          const char *text);

/* From now on this value is hidden. */
void narrator_hide(struct narrator *narrator, const json_t *value);

/* A step goes out. */
void tell_dispatched(struct narrator *narrator, struct flight *flight);

/* It was answered, and its test goes on. */
void tell_answered(struct narrator *narrator, struct flight *flight);

/* A step came back: notes it in flight->report. */
void note_exchange(struct narrator *narrator, struct flight *flight,
                   struct exchange *exchange);

/* What is wrong with all racers of a race together. */
void note_outcomes(struct narrator *narrator, struct flight *flight,
                   const struct judged *judged);

/* A step could not be made or sent. The text is copied. */
void note_trouble(struct narrator *narrator, struct flight *flight,
                  enum verdict_kind kind, struct place at, const char *text);

/* The copy is done, with the outcome in its report: tells it, and the suite's
 * end when it was the last. */
void tell_finished(struct narrator *narrator, struct flight *flight);

void tell_end(struct narrator *narrator, int interrupted_by);

void narrator_finish(struct narrator *narrator);
