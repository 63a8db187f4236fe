/* How long it took and how large it was. */
#include "assertions/assertions.h"
#include "assertions/extract.h"
#include "assertions/words.h"

static const char *const phases[] = {
    "connect", "dns", "first_byte", "tls", "total",
};
static const struct words phase_words = {
    .noun = "phase", .names = phases, .count = COUNT(phases)};

static const char *const parts[] = {"body", "headers", "wire"};
static const struct words part_words = {
    .noun = "part", .names = parts, .count = COUNT(parts)};

static void compile_fields(struct compiling *compiling,
                           const struct extractor *extractor,
                           const struct member *member,
                           const struct words *words, enum domain domain)
{
    struct members members = extractor_members(compiling, member, 0);

    for (size_t i = 0; i < members.count; i++) {
        const struct member *field = &members.list[i];
        size_t word = words_find(words->names, words->count, field->key);

        if (word == NO_WORD)
            words_refuse(words, field, compiling->faults);
        else if (!extractor_refuse_null(compiling, field))
            check_add_named(compiling, extractor, field, domain, member->key)
                ->field = word;
    }
}

static void time_compile(struct compiling *compiling,
                         const struct extractor *extractor,
                         const struct member *member)
{
    compile_fields(compiling, extractor, member, &phase_words, DOMAIN_DURATION);
}

static bool time_look(struct answer *answer, const struct check *check,
                      size_t number, struct value *value)
{
    const struct timings *timings = &answer->response->timings;
    const int64_t spent[] = {timings->connect_ns, timings->dns_ns,
                             timings->first_byte_ns, timings->tls_ns,
                             timings->total_ns};

    *value = value_of_number(VALUE_DURATION, spent[check->field]);
    return number == 0;
}

static void size_compile(struct compiling *compiling,
                         const struct extractor *extractor,
                         const struct member *member)
{
    compile_fields(compiling, extractor, member, &part_words, DOMAIN_SIZE);
}

static bool size_look(struct answer *answer, const struct check *check,
                      size_t number, struct value *value)
{
    const struct response *response = answer->response;
    const uint64_t sizes[] = {response->body_size, response->headers_size,
                              response->wire_size};

    *value = value_of_number(VALUE_SIZE, (int64_t)sizes[check->field]);
    return number == 0;
}

const struct extractor time_extractor = {
    .without_answer = true,
    .compile = time_compile,
    .look = time_look,
};

const struct extractor size_extractor = {
    .compile = size_compile,
    .look = size_look,
};
