/* What holes become. */
#pragma once

#include "specs/chance.h"
#include "specs/template.h"

enum { HOLE_TEXT = 4096 };

/* The value as JSON; or, where there is none, what is told, and the column of
 * the expression (from 1) where it is. */
struct hole {
    char value[HOLE_TEXT];
    char told[512];
    size_t column;
    bool is_constant;
    bool varies;
};

/* Compiles and fills "{{expression}}". */
void hole_fill(const char *expression, const struct scope *scope,
               struct hole *hole);

struct hole_row {
    const char *expression, *value;
};
void holes_expect(const struct scope *scope, const struct hole_row *rows,
                  size_t count);

struct mistake_row {
    const char *expression;
    size_t column;
    const char *told;
};
void mistakes_expect(const struct scope *scope, const struct mistake_row *rows,
                     size_t count);

/* 2024-02-29T12:34:56.789Z */
extern const struct chance leap_day;
