/*
 * What the helper and the runner share besides system calls: words and numbers, time, and children.
 * There is no C library, so each program brings these few functions with it.
 */
#ifndef COMMON_H
#define COMMON_H

#include "syscalls.h"

enum { STDIN, STDOUT, STDERR };
enum { DONE = 0, USAGE = 64, NO_RESOURCES = 71 };  /* the large ones as in sysexits.h */
enum { FALSE, TRUE };

/* Gives up on an error: if nobody reads, there is nobody to tell. */
static void print_bytes(int fd, const char *bytes, long count) {
    while (count > 0) {
        long written = sys_write(fd, bytes, count);
        if (written < 0 && written != -EINTR) {
            return;
        }
        if (written > 0) {
            bytes += written;
            count -= written;
        }
    }
}

/* Both append functions end the text with a NUL and return where that is, for the next one to go on. */
static char *append(char *end, const char *text) {
    while ((*end = *text++)) {
        end++;
    }
    return end;
}

static char *append_number(char *end, unsigned long number) {
    if (number >= 10) {
        end = append_number(end, number / 10);
    }
    *end++ = (char) ('0' + number % 10);
    *end = 0;
    return end;
}

/* The number that a text begins with. */
static long long number_of(const char *digits) {
    long long number = 0;
    while (*digits >= '0' && *digits <= '9') {
        number = number * 10 + (*digits++ - '0');
    }
    return number;
}

static int equal(const char *one, const char *other) {
    while (*one && *one == *other) {
        one++;
        other++;
    }
    return *one == *other;
}

static long length_of(const char *text) {
    long length = 0;
    while (text[length]) {
        length++;
    }
    return length;
}

/* The compiler calls this one by itself, to fill structures with zeros. */
void *memset(void *bytes, int value, unsigned long count) {
    for (char *byte = bytes; count > 0; count--) {
        *byte++ = (char) value;
    }
    return bytes;
}

/* In milliseconds, of a clock that nobody sets. */
static long long now(void) {
    struct __kernel_old_timespec time;
    sys_clock(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000LL + time.tv_nsec / (1000 * 1000);
}

static struct __kernel_old_timespec milliseconds(long count) {
    return (struct __kernel_old_timespec) {.tv_sec = count / 1000, .tv_nsec = count % 1000 * 1000 * 1000};
}

static signal_set signal(int number) {
    return (signal_set) 1 << (number - 1);
}

/* The first process of a container inherits all children whose parents have ended, and nobody else buries them. */
static void bury_orphans(void) {
    while (sys_wait(-1, 0, WNOHANG) > 0) {
        /* one more */
    }
}

#endif
