#include "tests/server/crowd.h"

#include <assert.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

/* What a thread is started with; it frees it. */
struct seat {
    struct crowd *crowd;
    size_t index;
};

void crowd_init(struct crowd *crowd, attendant *attend, void *data)
{
    pthread_mutex_init(&crowd->lock, NULL);
    pthread_cond_init(&crowd->left, NULL);
    crowd->attend = attend;
    crowd->data = data;
    crowd->count = 0;
    for (size_t i = 0; i < CROWD_MOST; i++)
        crowd->sockets[i] = -1;
}

static size_t sit_down(struct crowd *crowd, int socket)
{
    size_t index = 0;

    pthread_mutex_lock(&crowd->lock);
    assert(crowd->count < CROWD_MOST);
    while (crowd->sockets[index] >= 0)
        index++;
    crowd->sockets[index] = socket;
    crowd->count++;
    pthread_mutex_unlock(&crowd->lock);
    return index;
}

/* Closing under the lock keeps crowd_finish() from a number that the kernel
 * has given to somebody else. */
static void stand_up(struct crowd *crowd, size_t index)
{
    pthread_mutex_lock(&crowd->lock);
    close(crowd->sockets[index]);
    crowd->sockets[index] = -1;
    crowd->count--;
    pthread_cond_signal(&crowd->left);
    pthread_mutex_unlock(&crowd->lock);
}

static void *attend_seat(void *data)
{
    struct seat seat = *(struct seat *)data;

    free(data);
    seat.crowd->attend(seat.crowd->sockets[seat.index], seat.crowd->data);
    stand_up(seat.crowd, seat.index);
    return NULL;
}

bool crowd_is_full(struct crowd *crowd)
{
    bool is_full;

    pthread_mutex_lock(&crowd->lock);
    is_full = crowd->count == CROWD_MOST;
    pthread_mutex_unlock(&crowd->lock);
    return is_full;
}

void crowd_enter(struct crowd *crowd, int socket)
{
    struct seat *seat = must_alloc(sizeof(*seat));
    pthread_attr_t detached;
    pthread_t thread;

    *seat = (struct seat){crowd, sit_down(crowd, socket)};
    pthread_attr_init(&detached);
    pthread_attr_setdetachstate(&detached, PTHREAD_CREATE_DETACHED);
    if (pthread_create(&thread, &detached, attend_seat, seat)) {
        stand_up(crowd, seat->index);
        free(seat);
    }
    pthread_attr_destroy(&detached);
}

void crowd_finish(struct crowd *crowd)
{
    pthread_mutex_lock(&crowd->lock);
    for (size_t i = 0; i < CROWD_MOST; i++) {
        if (crowd->sockets[i] >= 0)
            shutdown(crowd->sockets[i], SHUT_RDWR);
    }
    while (crowd->count)
        pthread_cond_wait(&crowd->left, &crowd->lock);
    pthread_mutex_unlock(&crowd->lock);
    pthread_cond_destroy(&crowd->left);
    pthread_mutex_destroy(&crowd->lock);
}
