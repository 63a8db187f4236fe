/* The state of a stream is the SHA-256 of everything that names it. A hash that
 * mixes less would do for one number, but keys here differ in a digit of a
 * count at most, and a run has millions of them: with SHA-256 nobody need ask
 * whether two streams have to do with each other. The numbers themselves are
 * those of xoshiro256** (Blackman, Vigna), which costs next to nothing where a
 * call wants many. */
#include "specs/chance.h"

#include <inttypes.h>
#include <string.h>
#include <sys/random.h>

#include "specs/base/clock.h"
#include "specs/coding.h"

enum { KEY_MOST = 1 << 20, FRACTION_BITS = 53 };

/* Each text behind its length, so that no two keys are written the same. */
static void write_key(const struct chance *chance, const char *path,
                      size_t offset, struct buffer *key)
{
    (void)!buffer_print(key, "%" PRIu64 " %zu %zu %zu %zu %zu %zu ",
                        chance->seed, chance->copy, chance->step,
                        chance->attempt, chance->racer, chance->round, offset);
    (void)!buffer_print(key, "%zu:%s %zu:%s %zu:%s", strlen(chance->suite),
                        chance->suite, strlen(chance->test), chance->test,
                        strlen(path), path);
}

struct chance_stream chance_open(const struct chance *chance, const char *path,
                                 size_t offset)
{
    CLEANUP(buffer_finish)
    struct buffer key = buffer_with_ceiling(KEY_MOST);
    unsigned char digest[SHA256_BYTES];
    struct chance_stream stream = {0};
    struct chance named = *chance;

    named.suite = named.suite ? named.suite : "";
    named.test = named.test ? named.test : "";
    write_key(&named, path, offset, &key);
    coding_sha256(buffer_text(&key), key.length, digest);
    /* Byte by byte: the same on every machine. */
    for (size_t i = 0; i < SHA256_BYTES; i++)
        stream.state[i / 8] = stream.state[i / 8] << 8 | digest[i];
    return stream;
}

static uint64_t rotate(uint64_t word, unsigned bits)
{
    return word << bits | word >> (64 - bits);
}

uint64_t chance_next(struct chance_stream *stream)
{
    uint64_t *state = stream->state;
    uint64_t result = rotate(state[1] * 5, 7) * 9;
    uint64_t carried = state[1] << 17;

    state[2] ^= state[0];
    state[3] ^= state[1];
    state[1] ^= state[2];
    state[0] ^= state[3];
    state[2] ^= carried;
    state[3] = rotate(state[3], 45);
    return result;
}

/* The lowest numbers are drawn anew, so that what is left is a multiple of the
 * bound. */
uint64_t chance_below(struct chance_stream *stream, uint64_t bound)
{
    uint64_t refused = bound ? -bound % bound : 0;
    uint64_t drawn;

    do
        drawn = chance_next(stream);
    while (drawn < refused);
    return bound ? drawn % bound : drawn;
}

double chance_fraction(struct chance_stream *stream)
{
    uint64_t drawn = chance_next(stream) >> (64 - FRACTION_BITS);

    return (double)drawn / (double)(UINT64_C(1) << FRACTION_BITS);
}

/* Where the system has none the time must do: it is told, and no secret. */
uint64_t chance_seed(void)
{
    uint64_t seed;

    if (getrandom(&seed, sizeof(seed), 0) != sizeof(seed))
        seed = (uint64_t)clock_wall_ns();
    return seed;
}
