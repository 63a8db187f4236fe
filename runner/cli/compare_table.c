#include <math.h>
#include <stdlib.h>

#include "runner/cli/compare.h"
#include "runner/cli/text.h"

enum { CELL_MOST = 96, BAR_MOST = 40 };

/* The numbers of a row; each kind is right-aligned in its column. */
enum figure {
    FIGURE_MEAN,
    FIGURE_DEVIATION,
    FIGURE_LEAST,
    FIGURE_MOST,
    FIGURE_TIMES,
    FIGURE_DOUBT,
    FIGURE_SAVED,
    FIGURE_CONNECTIONS,
    FIGURE_CPU,
};
enum { FIGURE_COUNT = FIGURE_CPU + 1 };

enum column {
    COLUMN_STRATEGY,
    COLUMN_MEAN,
    COLUMN_RANGE,
    COLUMN_SPEEDUP,
    COLUMN_SAVED,
    COLUMN_CONNECTIONS,
    COLUMN_CPU,
};
enum { COLUMN_COUNT = COLUMN_CPU + 1 };

struct row {
    double figures[FIGURE_COUNT];
    char cells[COLUMN_COUNT][CELL_MOST];
};

/* Seconds, or milliseconds where some strategy took less than a tenth of one;
 * one unit for the whole table, so that it can be read down. */
struct unit {
    const char *name;
    double scale;
    int decimals;
};

static const struct unit in_seconds = {"s", 1, 3};
static const struct unit in_milliseconds = {"ms", 1000, 2};

struct table {
    struct unit unit;
    size_t row_count;
    struct row *rows;
    int decimals[FIGURE_COUNT];
    int widths[FIGURE_COUNT];
};

static struct unit choose_unit(const struct comparison *comparison)
{
    for (size_t i = 0; i < comparison->strategy_count; i++) {
        if (comparison->strategies[i].mean < 0.1)
            return in_milliseconds;
    }
    return in_seconds;
}

static void set_figures(struct row *row, const struct strategy_report *report,
                        double scale)
{
    double *figures = row->figures;

    figures[FIGURE_MEAN] = report->mean * scale;
    figures[FIGURE_DEVIATION] = report->deviation * scale;
    figures[FIGURE_LEAST] = report->least * scale;
    figures[FIGURE_MOST] = report->most * scale;
    figures[FIGURE_TIMES] = report->speedup;
    figures[FIGURE_DOUBT] = report->speedup_deviation;
    /* What rounds to nothing has no sign. */
    figures[FIGURE_SAVED] =
        fabs(report->saved_percent) < 0.05 ? 0 : report->saved_percent;
    figures[FIGURE_CONNECTIONS] = report->connections;
    figures[FIGURE_CPU] = (report->user + report->system) * 1000;
}

static void set_decimals(struct table *table)
{
    int *decimals = table->decimals;

    for (int figure = FIGURE_MEAN; figure <= FIGURE_MOST; figure++)
        decimals[figure] = table->unit.decimals;
    decimals[FIGURE_TIMES] = decimals[FIGURE_DOUBT] = 2;
    decimals[FIGURE_SAVED] = 1;
    for (size_t i = 0; i < table->row_count; i++) {
        double connections = table->rows[i].figures[FIGURE_CONNECTIONS];

        if (connections != floor(connections))
            decimals[FIGURE_CONNECTIONS] = 1;
    }
}

static void set_widths(struct table *table)
{
    for (size_t i = 0; i < table->row_count; i++) {
        for (int figure = 0; figure < FIGURE_COUNT; figure++) {
            int width = snprintf(NULL, 0, "%.*f", table->decimals[figure],
                                 table->rows[i].figures[figure]);

            if (width > table->widths[figure])
                table->widths[figure] = width;
        }
    }
}

/* One number, as wide as its kind. */
static const char *show(const struct table *table, const struct row *row,
                        enum figure figure, char text[CELL_MOST])
{
    snprintf(text, CELL_MOST, "%*.*f", table->widths[figure],
             table->decimals[figure], row->figures[figure]);
    return text;
}

static void set_time_cells(const struct table *table, struct row *row,
                           bool has_spread)
{
    const char *unit = table->unit.name;
    char a[CELL_MOST], b[CELL_MOST];

    show(table, row, FIGURE_MEAN, a);
    show(table, row, FIGURE_DEVIATION, b);
    if (has_spread) {
        snprintf(row->cells[COLUMN_MEAN], CELL_MOST, "%.30s %s ± %.30s %s", a,
                 unit, b, unit);
    } else {
        snprintf(row->cells[COLUMN_MEAN], CELL_MOST, "%.30s %s", a, unit);
    }
    snprintf(row->cells[COLUMN_RANGE], CELL_MOST, "%.30s … %.30s %s",
             show(table, row, FIGURE_LEAST, a),
             show(table, row, FIGURE_MOST, b), unit);
}

/* The first row is what the others are compared with. */
static void set_gain_cells(const struct table *table, struct row *row,
                           bool has_spread)
{
    bool is_first = row == table->rows;
    char a[CELL_MOST], b[CELL_MOST];

    show(table, row, FIGURE_TIMES, a);
    show(table, row, FIGURE_DOUBT, b);
    if (has_spread && !is_first)
        snprintf(row->cells[COLUMN_SPEEDUP], CELL_MOST, "%.30s ± %.30s", a, b);
    else
        snprintf(row->cells[COLUMN_SPEEDUP], CELL_MOST, "%.30s", a);
    if (is_first) {
        snprintf(row->cells[COLUMN_SAVED], CELL_MOST, "%*s",
                 table->widths[FIGURE_SAVED], "-");
    } else {
        snprintf(row->cells[COLUMN_SAVED], CELL_MOST, "%.30s %%",
                 show(table, row, FIGURE_SAVED, a));
    }
}

static void set_cells(const struct table *table, struct row *row,
                      const struct strategy_report *report)
{
    char text[CELL_MOST];

    snprintf(row->cells[COLUMN_STRATEGY], CELL_MOST, "%s", report->name);
    set_time_cells(table, row, report->run_count > 1);
    set_gain_cells(table, row, report->run_count > 1);
    snprintf(row->cells[COLUMN_CONNECTIONS], CELL_MOST, "%.30s",
             show(table, row, FIGURE_CONNECTIONS, text));
    snprintf(row->cells[COLUMN_CPU], CELL_MOST, "%.30s ms",
             show(table, row, FIGURE_CPU, text));
}

static void print_rows(const struct table *table, FILE *out)
{
    static const char *const titles[COLUMN_COUNT] = {
        "strategy", "mean ± σ",    "min … max", "speed-up",
        "saved",    "connections", "CPU"};
    size_t widths[COLUMN_COUNT];

    for (size_t column = 0; column < COLUMN_COUNT; column++) {
        widths[column] = text_width(titles[column]);
        for (size_t i = 0; i < table->row_count; i++) {
            size_t width = text_width(table->rows[i].cells[column]);

            if (width > widths[column])
                widths[column] = width;
        }
    }
    widths[COLUMN_COUNT - 1] = 0; /* nothing follows it */
    for (size_t i = 0; i <= table->row_count; i++) {
        for (size_t column = 0; column < COLUMN_COUNT; column++) {
            fputs(column ? "   " : "  ", out);
            text_print(i ? table->rows[i - 1].cells[column] : titles[column],
                       widths[column], out);
        }
        fputc('\n', out);
    }
}

static void print_bars(const struct table *table, FILE *out)
{
    size_t name_width = 0;
    double most = 0;

    for (size_t i = 0; i < table->row_count; i++) {
        size_t width = text_width(table->rows[i].cells[COLUMN_STRATEGY]);

        most = fmax(most, table->rows[i].figures[FIGURE_MEAN]);
        name_width = width > name_width ? width : name_width;
    }
    fputc('\n', out);
    for (size_t i = 0; i < table->row_count; i++) {
        const struct row *row = &table->rows[i];
        double share = row->figures[FIGURE_MEAN] / most;
        int length = (int)fmax(1, lround(share * BAR_MOST));
        char text[CELL_MOST];

        fputs("  ", out);
        text_print(row->cells[COLUMN_STRATEGY], name_width + 2, out);
        for (int j = 0; j < BAR_MOST; j++)
            fputc(j < length ? '#' : ' ', out);
        fprintf(out, "  %s %s\n", show(table, row, FIGURE_MEAN, text),
                table->unit.name);
    }
}

static void print_time(const char *name, double seconds, FILE *out)
{
    fprintf(out, "%s ", name);
    text_print_time(seconds, out);
}

static const char *plural(size_t count)
{
    return count == 1 ? "" : "s";
}

static void print_headline(const struct contest *contest,
                           const struct comparison *comparison, FILE *out)
{
    const struct compare_settings *compare = &contest->settings->compare;
    const struct lane *lane = &contest->lanes[0];
    double runs = (double)lane->run_count;
    size_t requests = (size_t)lround((double)lane->request_count / runs);

    fprintf(out, "%zu test%s, %zu request%s; ", contest->test_count,
            plural(contest->test_count), requests, plural(requests));
    print_time("critical path", comparison->critical_path, out);
    print_time(", sum", lane->sum / runs, out);
    fprintf(out, "; %zu warm-up%s, ", compare->warmup_count,
            plural(compare->warmup_count));
    if (contest->round_count < compare->run_count)
        fprintf(out, "%zu of ", contest->round_count);
    fprintf(out, "%zu run%s each, interleaved\n\n", compare->run_count,
            plural(compare->run_count));
}

void contest_tell_table(const struct contest *contest,
                        const struct comparison *comparison, FILE *out)
{
    struct table table = {
        .unit = choose_unit(comparison),
        .row_count = comparison->strategy_count,
        .rows = must_alloc(comparison->strategy_count * sizeof(struct row)),
    };

    for (size_t i = 0; i < table.row_count; i++)
        set_figures(&table.rows[i], &comparison->strategies[i],
                    table.unit.scale);
    set_decimals(&table);
    set_widths(&table);
    for (size_t i = 0; i < table.row_count; i++)
        set_cells(&table, &table.rows[i], &comparison->strategies[i]);
    print_headline(contest, comparison, out);
    print_rows(&table, out);
    print_bars(&table, out);
    free(table.rows);
}
