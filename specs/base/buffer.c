#include "specs/base/buffer.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SMALLEST = 64 };

struct buffer buffer_with_ceiling(size_t ceiling)
{
    return (struct buffer){.ceiling = ceiling};
}

static void reserve(struct buffer *buffer, size_t length)
{
    size_t capacity = buffer->capacity ? buffer->capacity : SMALLEST;

    if (length < buffer->capacity)
        return;
    while (capacity <= length)
        capacity *= 2;
    if (capacity > buffer->ceiling + 1)
        capacity = buffer->ceiling + 1;
    buffer->bytes = must_resize(buffer->bytes, capacity);
    buffer->capacity = capacity;
}

bool buffer_add(struct buffer *buffer, const char *bytes, size_t length)
{
    if (length > buffer->ceiling - buffer->length)
        return false;
    reserve(buffer, buffer->length + length);
    if (length)
        memcpy(buffer->bytes + buffer->length, bytes, length);
    buffer->length += length;
    buffer->bytes[buffer->length] = '\0';
    return true;
}

bool buffer_add_text(struct buffer *buffer, const char *text)
{
    return buffer_add(buffer, text, strlen(text));
}

bool buffer_print(struct buffer *buffer, const char *format, ...)
{
    va_list args, again;
    size_t length;

    va_start(args, format);
    va_copy(again, args);
    length = (size_t)vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (length > buffer->ceiling - buffer->length) {
        va_end(again);
        return false;
    }
    reserve(buffer, buffer->length + length);
    vsnprintf(buffer->bytes + buffer->length, length + 1, format, again);
    va_end(again);
    buffer->length += length;
    return true;
}

const char *buffer_text(const struct buffer *buffer)
{
    return buffer->bytes ? buffer->bytes : "";
}

char *buffer_take(struct buffer *buffer)
{
    char *bytes = buffer->bytes ? buffer->bytes : must_copy("");

    *buffer = (struct buffer){.ceiling = buffer->ceiling};
    return bytes;
}

void buffer_clear(struct buffer *buffer)
{
    buffer->length = 0;
    if (buffer->bytes)
        buffer->bytes[0] = '\0';
}

void buffer_finish(struct buffer *buffer)
{
    free(buffer->bytes);
    *buffer = (struct buffer){.ceiling = buffer->ceiling};
}
