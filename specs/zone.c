/* The C library knows one time zone a process. So the files of the time zone
 * database are read here: a list of moments at which a clock was changed, and a
 * rule for the time after the last of them. */
#include "specs/zone.h"

#include <stdio.h>
#include <string.h>

#include "specs/base/buffer.h"

enum {
    HEADER_BYTES = 44,
    TIME_BYTES = 8,
    TYPE_BYTES = 6,
    COUNTS_AT = 20, /* in the header */
    RULE_MOST = 128,
    HOURS_MOST = 23,
};

static const char folder[] = "/usr/share/zoneinfo";
static const char name_characters[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-/";

/* One block of a file: its counts as the header has them, and its parts. */
struct block {
    uint32_t is_utc_count, is_standard_count, leap_count;
    uint32_t time_count, type_count, name_bytes;
    const unsigned char *times, *indices, *types, *names;
    size_t length; /* without the header */
};

void moment_split(int64_t unix_s, struct tm *result)
{
    time_t seconds = (time_t)unix_s;

    gmtime_r(&seconds, result);
}

static uint32_t read_32(const unsigned char *bytes)
{
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 |
           (uint32_t)bytes[2] << 8 | bytes[3];
}

static int64_t read_64(const unsigned char *bytes)
{
    return (int64_t)((uint64_t)read_32(bytes) << 32 | read_32(bytes + 4));
}

/* `time_bytes` is 4 in the first block, which nobody needs any more, and 8 in
 * the second. False where there is not all of it. */
static bool read_block(const unsigned char *bytes, size_t length,
                       size_t time_bytes, struct block *block)
{
    const unsigned char *counts = bytes + COUNTS_AT;

    if (length < HEADER_BYTES || memcmp(bytes, "TZif", 4) != 0 ||
        bytes[4] < '2')
        return false;
    *block = (struct block){
        .is_utc_count = read_32(counts),
        .is_standard_count = read_32(counts + 4),
        .leap_count = read_32(counts + 8),
        .time_count = read_32(counts + 12),
        .type_count = read_32(counts + 16),
        .name_bytes = read_32(counts + 20),
    };
    block->length = block->time_count * (time_bytes + 1) +
                    block->type_count * (size_t)TYPE_BYTES + block->name_bytes +
                    block->leap_count * (time_bytes + 4) +
                    block->is_standard_count + block->is_utc_count;
    block->times = bytes + HEADER_BYTES;
    block->indices = block->times + block->time_count * time_bytes;
    block->types = block->indices + block->time_count;
    block->names = block->types + block->type_count * (size_t)TYPE_BYTES;
    return block->length <= length - HEADER_BYTES;
}

static bool read_type(const struct block *block, size_t number,
                      struct zone_offset *result)
{
    const unsigned char *type = block->types + number * TYPE_BYTES;
    size_t name;

    if (number >= block->type_count || type[5] >= block->name_bytes)
        return false;
    name = type[5];
    result->seconds = (int32_t)read_32(type);
    snprintf(result->name, ZONE_NAME, "%.*s", (int)(block->name_bytes - name),
             (const char *)block->names + name);
    return strspn(result->name, name_characters) == strlen(result->name);
}

/* How many changes there were until then. */
static size_t changes_until(const struct block *block, int64_t unix_s)
{
    size_t low = 0, high = block->time_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (read_64(block->times + middle * TIME_BYTES) <= unix_s)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The line behind the second block; "" where it says nothing. */
static bool read_footer(const unsigned char *bytes, size_t length,
                        char rule[RULE_MOST])
{
    const unsigned char *end;

    if (length < 2 || *bytes != '\n')
        return false;
    end = memchr(bytes + 1, '\n', length - 1);
    if (!end || end - bytes > RULE_MOST)
        return false;
    memcpy(rule, bytes + 1, (size_t)(end - bytes) - 1);
    rule[end - bytes - 1] = '\0';
    return true;
}

bool zone_read(const unsigned char *bytes, size_t length, int64_t unix_s,
               struct zone_offset *result)
{
    struct block block;
    char rule[RULE_MOST];
    size_t changes;

    if (!read_block(bytes, length, 4, &block))
        return false;
    bytes += HEADER_BYTES + block.length;
    length -= HEADER_BYTES + block.length;
    if (!read_block(bytes, length, TIME_BYTES, &block))
        return false;
    bytes += HEADER_BYTES + block.length;
    length -= HEADER_BYTES + block.length;
    if (!read_footer(bytes, length, rule))
        return false;
    changes = changes_until(&block, unix_s);
    if (changes == block.time_count && *rule)
        return zone_rule(rule, unix_s, result);
    return read_type(&block, changes ? block.indices[changes - 1] : 0, result);
}

/* No way out of the folder. */
static bool is_name(const char *zone)
{
    return *zone && *zone != '/' && !strstr(zone, "..") &&
           strspn(zone, name_characters) == strlen(zone);
}

bool zone_file(const char *path, int64_t unix_s, struct zone_offset *result)
{
    FILE *file = fopen(path, "re");
    unsigned char bytes[LIMIT_ZONE_BYTES + 1];
    size_t length;

    if (!file)
        return false;
    length = fread(bytes, 1, sizeof(bytes), file);
    fclose(file);
    return length <= LIMIT_ZONE_BYTES &&
           zone_read(bytes, length, unix_s, result);
}

static bool find_named(const char *zone, int64_t unix_s,
                       struct zone_offset *result)
{
    char path[256];
    int length = snprintf(path, sizeof(path), "%s/%s", folder, zone);

    return is_name(zone) && (size_t)length < sizeof(path) &&
           zone_file(path, unix_s, result);
}

/* "+02:00", "-0330", "+02" */
static bool read_fixed(const char *zone, struct zone_offset *result)
{
    int hours, minutes = 0;
    size_t digits = strspn(zone + 1, "0123456789");
    const char *rest = zone + 3;

    if (digits != 2 && digits != 4)
        return false;
    hours = (zone[1] - '0') * 10 + (zone[2] - '0');
    rest += *rest == ':';
    if (*rest && (strspn(rest, "0123456789") != 2 || rest[2]))
        return false;
    if (*rest)
        minutes = (rest[0] - '0') * 10 + (rest[1] - '0');
    if (hours > HOURS_MOST || minutes > 59 || (zone[3] == ':' && !*rest))
        return false;
    result->seconds = (hours * 60L + minutes) * 60;
    if (*zone == '-')
        result->seconds = -result->seconds;
    snprintf(result->name, ZONE_NAME, "%c%02d:%02d", *zone, hours, minutes);
    return true;
}

static void find_local(int64_t unix_s, struct zone_offset *result)
{
    time_t seconds = (time_t)unix_s;
    struct tm local;

    localtime_r(&seconds, &local);
    result->seconds = local.tm_gmtoff;
    snprintf(result->name, ZONE_NAME, "%s", local.tm_zone);
}

bool zone_find(const char *zone, int64_t unix_s, struct zone_offset *result)
{
    *result = (struct zone_offset){.name = "UTC"};
    if (strcmp(zone, "UTC") == 0 || strcmp(zone, "Z") == 0)
        return true;
    if (strcmp(zone, "local") == 0) {
        find_local(unix_s, result);
        return true;
    }
    if (*zone == '+' || *zone == '-')
        return read_fixed(zone, result);
    return find_named(zone, unix_s, result);
}
