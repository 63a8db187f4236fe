/* volley-demo-api [--port N]: a small service to try volley on. */
#include "examples/api/service.h"
#include <errno.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "specs/base/base.h"

enum { EXIT_USAGE = 2 };

static const char usage[] =
    "usage: volley-demo-api [--port N]\n"
    "\n"
    "Serves on 127.0.0.1 until SIGINT or SIGTERM. Without --port, or with 0,\n"
    "the kernel chooses the port; the one line on stdout tells it.\n";

/* False when the command line is wrong. */
static bool read_options(int argc, char **argv, uint16_t *port, bool *help)
{
    static const struct option options[] = {
        {"port", required_argument, NULL, 'p'},
        {"help", no_argument, NULL, 'h'},
        {0},
    };
    uint64_t number = 0;
    int letter;

    /* NOLINTNEXTLINE(concurrency-mt-unsafe): there is one thread */
    while ((letter = getopt_long(argc, argv, "p:h", options, NULL)) != -1) {
        if (letter == 'h')
            *help = true;
        else if (letter != 'p' || !read_count(optarg, UINT16_MAX, &number))
            return false;
    }
    *port = (uint16_t)number;
    return optind == argc;
}

/* A descriptor that becomes readable when we are asked to end. */
static int hear_signals(void)
{
    sigset_t signals;

    sigemptyset(&signals);
    sigaddset(&signals, SIGPIPE);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals, NULL);
    sigdelset(&signals, SIGPIPE); /* a client that left is no reason to end */
    return signalfd(-1, &signals, SFD_CLOEXEC);
}

int main(int argc, char **argv)
{
    struct service *service;
    uint16_t port = 0;
    bool help = false;
    int stop;

    if (!read_options(argc, argv, &port, &help) || help) {
        fputs(usage, help ? stdout : stderr);
        return help ? EXIT_SUCCESS : EXIT_USAGE;
    }
    stop = hear_signals();
    service = service_open(port);
    if (stop < 0 || !service) {
        fprintf(stderr, "volley-demo-api: port %u: %s\n", (unsigned)port,
                strerrordesc_np(errno));
        return EXIT_FAILURE;
    }
    printf("listening on http://127.0.0.1:%u\n",
           (unsigned)service_port(service));
    fflush(stdout);
    service_run(service, stop);
    service_close(service);
    close(stop);
    return EXIT_SUCCESS;
}
