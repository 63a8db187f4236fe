/* Starts the libraries once, finds the command, and says how it ended. */
#include <curl/curl.h>
#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <libxml/parser.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "runner/cli/commands.h"
#include "runner/cli/origin.h"
#include "runner/cli/read.h"
#include "runner/cli/strays.h"

static const struct place nowhere;

/* An assertion that does not hold, or no memory: both have told why. */
static void end_as_bug(int number)
{
    (void)number;
    _exit(STATUS_BUG);
}

/* A descriptor below 3 that is closed would be given to the next file that is
 * opened, and the console would write into a report. So it is taken by one
 * that refuses. */
static void keep_standard_streams(void)
{
    int descriptor;

    do {
        descriptor = open("/dev/null", O_RDONLY);
    } while (descriptor >= 0 && descriptor <= STDERR_FILENO);
    if (descriptor >= 0)
        close(descriptor);
}

static void start(void)
{
    keep_standard_streams();
    signal(SIGPIPE, SIG_IGN);
    signal(SIGABRT, end_as_bug);
    json_object_seed(0);
    xmlInitParser();
    curl_global_init(CURL_GLOBAL_DEFAULT);
}

static void stop(void)
{
    curl_global_cleanup();
    xmlCleanupParser();
}

static enum status print_version(const struct settings *settings)
{
    puts("volley " VOLLEY_VERSION);
    if (settings->telling.verbosity > 0)
        printf("%s jansson/%s libxml2/%s\n", transport_versions(),
               jansson_version_str(), LIBXML_DOTTED_VERSION);
    return STATUS_PASSED;
}

/* `volley` without a command. */
static enum status run_top(const struct settings *settings)
{
    struct fault fault = {0};

    if (settings->wants_help) {
        help_print_all(stdout);
        return STATUS_PASSED;
    }
    if (settings->wants_version)
        return print_version(settings);
    if (settings->suites.paths.count) {
        fault_raise(&fault, nowhere,
                    "options come after the command: volley %s [OPTION]...",
                    settings->suites.paths.list[0]);
    } else {
        fault_raise(&fault, nowhere, "which command?");
    }
    return tell_usage(NULL, &fault);
}

static bool has_operands(const struct command *command,
                         const struct settings *settings, struct fault *fault)
{
    const struct name_list *words = &settings->suites.paths;

    if (words->count < command->least)
        return fault_raise(fault, nowhere, "%s needs %s", command->name,
                           command->operands);
    if (words->count > command->most)
        return fault_raise(fault, nowhere, "%s does not take \"%s\"",
                           command->name, words->list[command->most]);
    return true;
}

static enum status tell_unread(const struct command *command,
                               struct settings *settings,
                               const struct fault *fault)
{
    if (fault->raised)
        return tell_usage(command, fault);
    if (command && command->taker == FOR_CHECK &&
        settings->format == FORMAT_JSON)
        check_print_mistakes(&settings->project.mistakes, stdout);
    return mistakes_tell(&settings->project.mistakes);
}

static enum status run_command(const struct command *command, int count,
                               char **words)
{
    const struct invocation invocation = {command ? command->taker : FOR_TOP,
                                          count, words, environ};
    CLEANUP(settings_finish) struct settings settings = {0};
    struct fault fault = {0};

    if (!settings_read(&invocation, &settings, &fault))
        return tell_unread(command, &settings, &fault);
    if (!command)
        return run_top(&settings);
    if (settings.wants_help) {
        help_print(command, stdout);
        return STATUS_PASSED;
    }
    if (!has_operands(command, &settings, &fault))
        return tell_usage(command, &fault);
    if (command->taker & FOR_PATHS)
        strays_warn(environ, stderr);
    return command->run(&settings);
}

static enum status run(int count, char **words)
{
    const struct command *command;
    struct fault fault = {0};

    if (count < 2 || *words[1] == '-')
        return run_command(NULL, count, words);
    command = command_find(words[1]);
    if (!command) {
        command_refuse(words[1], &fault);
        return tell_usage(NULL, &fault);
    }
    return run_command(command, count - 1, words + 1);
}

/* A reporter that met trouble with stdout has told it. What failed before may
 * have left no reason. */
static enum status flush(enum status status)
{
    bool is_written;
    char room[128];

    errno = 0;
    is_written = fflush(stdout) == 0 && !ferror(stdout);
    if (is_written || status == STATUS_REPORT)
        return status;
    fprintf(stderr, "volley: cannot write standard output%s%s\n",
            errno ? ": " : "",
            errno ? strerror_r(errno, room, sizeof(room)) : "");
    return status_stronger(status, STATUS_REPORT);
}

int main(int argc, char **argv)
{
    enum status status;

    start();
    status = flush(run(argc, argv));
    stop();
    return status;
}
