/* The connections that are open, a thread for each. */
#pragma once

#include <pthread.h>

#include "specs/base/base.h"

enum { CROWD_MOST = 512 };

/* What a thread does with its connection, which is closed afterwards. */
typedef void attendant(int socket, void *data);

struct crowd {
    pthread_mutex_t lock;
    pthread_cond_t left; /* somebody did */
    attendant *attend;
    void *data;
    size_t count;
    int sockets[CROWD_MOST]; /* -1 where nobody is */
};

void crowd_init(struct crowd *crowd, attendant *attend, void *data);

/* CROWD_MOST are there, and nobody may enter. */
bool crowd_is_full(struct crowd *crowd) NODISCARD;

/* Takes the socket. */
void crowd_enter(struct crowd *crowd, int socket);

/* Hangs up on everybody and waits until they have left. */
void crowd_finish(struct crowd *crowd);
