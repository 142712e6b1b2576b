/*
 * The runner: starts a program of a user, tells how it ended, and ends it in time. It is a native program of the machine
 * that the foreign one runs on, so it works in any image, also in one that holds nothing else.
 *
 *   runner rest                                          Be a container's first process until somebody ends it.
 *   runner run TOKEN MILLISECONDS INPUT DIRECTORY PROGRAM ...
 *                                                        Run a program in a directory, which is made if it is missing.
 *   runner signal NUMBER PID                             Send a signal to a program that was run, and to its children.
 *
 * The program's output is the runner's own, untouched. So is its input, if INPUT is "none"; if it is "parts", the
 * runner's input is a sequence of parts, each a decimal length, a newline, and as many bytes, and a part of length 0 is
 * the end: not every client of an engine can end the input of a program and still read its output. What the runner has
 * to say stands in its standard error, each line after the token, which nobody else knows:
 *
 *   TOKEN started PID      the program runs
 *   TOKEN refused ERRNO    it doesn't: the error number of its execve
 *   TOKEN nowhere ERRNO    it doesn't: the directory can't be entered
 *   TOKEN exited STATUS    it ended by itself
 *   TOKEN killed SIGNAL    a signal ended it
 *   TOKEN overdue          it was killed since its time was over (0 milliseconds: no limit)
 *
 * A shell would tell all this too, but an exit status of 139 and death by signal 11 are the same there.
 * Exit status: 0 the verb did its work, 64 wrong usage, 71 the machine refused what it never should.
 */
#include "common.h"

#include <linux/resource.h>

enum { AT_DIRECTORY = 1 };  /* in the child's report: the error is that of the directory */

struct report {
    int place;
    int error;
};

static const char *token;

static int rest(void);
static int run(char **arguments, char **environment);
static int feed(int input[2]);
static void become(char **command, char **environment, const char *directory, int report);
static long enter(const char *directory);
static void wait_for_end(int pid, long long deadline, int limited);
static int send_signal(char **arguments);
static int usage(void);

static void tell(const char *what, long number);
static void tell_end(const char *what);

void start(unsigned long *stack) {
    long count = (long) stack[0];
    char **arguments = (char **) (stack + 1);
    char **environment = arguments + count + 1;
    int status;

    if (count == 2 && equal(arguments[1], "rest")) {
        status = rest();
    } else if (count >= 7 && equal(arguments[1], "run")) {
        status = run(arguments + 2, environment);
    } else if (count == 4 && equal(arguments[1], "signal")) {
        status = send_signal(arguments + 2);
    } else {
        status = usage();
    }
    sys_exit(status);
}

static int rest(void) {
    signal_set awaited = signal(SIGCHLD) | signal(SIGTERM) | signal(SIGINT);
    sys_set_signal_mask(SIG_BLOCK, &awaited);
    for (;;) {
        long received = sys_wait_for_signal(&awaited, 0);
        if (received == SIGTERM || received == SIGINT) {
            return DONE;
        }
        bury_orphans();
    }
}

static int run(char **arguments, char **environment) {
    long long limit = number_of(arguments[1]);
    signal_set children = signal(SIGCHLD);
    struct report report = {0};
    int fed = equal(arguments[2], "parts");
    int channel[2];
    int input[2];
    int ignored;

    token = arguments[0];
    sys_set_signal_mask(SIG_BLOCK, &children);
    if (sys_pipe(channel, O_CLOEXEC) < 0 || (fed && sys_pipe(input, O_CLOEXEC) < 0)) {
        return NO_RESOURCES;
    }
    long long deadline = now() + limit;
    int pid = (int) sys_fork();
    if (pid < 0) {
        return NO_RESOURCES;
    }
    if (pid == 0) {
        if (fed) {
            sys_duplicate(input[0], STDIN);
        }
        become(arguments + 4, environment, arguments[3], channel[1]);
    }
    sys_close(channel[1]);
    int feeder = fed ? feed(input) : 0;
    long length = sys_read(channel[0], &report, sizeof report);
    sys_close(channel[0]);
    /* Its input and output are the program's alone: whoever reads them learns when the program closes them. */
    sys_close(STDIN);
    sys_close(STDOUT);
    if (length == sizeof report) {
        tell(report.place == AT_DIRECTORY ? "nowhere" : "refused", report.error);
    } else {
        tell("started", pid);
        wait_for_end(pid, deadline, limit > 0);
    }
    if (feeder > 0) {
        sys_kill(feeder, SIGKILL);
        sys_wait(feeder, &ignored, 0);
    }
    return DONE;
}

/* Starts a process that puts the parts of our input together for the program. It ends with the input, or of SIGPIPE when
   the program doesn't read anymore. */
static int feed(int input[2]) {
    static char buffer[64 * 1024];
    long left = 0;
    long digits = 0;

    int pid = (int) sys_fork();
    if (pid != 0) {
        sys_close(input[0]);
        sys_close(input[1]);
        return pid;
    }
    sys_close(input[0]);
    sys_close(STDOUT);
    sys_close(STDERR);
    for (;;) {
        long length = sys_read(STDIN, buffer, sizeof buffer);
        if (length <= 0 && length != -EINTR) {
            sys_exit(DONE);
        }
        for (long position = 0; position < length;) {
            if (left > 0) {
                long count = length - position < left ? length - position : left;
                print_bytes(input[1], buffer + position, count);
                position += count;
                left -= count;
            } else if (buffer[position++] != '\n') {
                digits = digits * 10 + (buffer[position - 1] - '0');
            } else if (digits == 0) {
                sys_exit(DONE);
            } else {
                left = digits;
                digits = 0;
            }
        }
    }
}

/* In the new process: becomes the program, or reports why not. */
static void become(char **command, char **environment, const char *directory, int channel) {
    struct rlimit64 no_core = {0, 0};
    signal_set none = 0;
    struct report report = {AT_DIRECTORY, 0};

    sys_set_process_group(0, 0);  /* so that a kill reaches its children too */
    sys_set_signal_mask(SIG_SETMASK, &none);
    /* QEMU writes two cores for a program that crashes, its own and the program's, into the directory. */
    system_call(__NR_prlimit64, 0, RLIMIT_CORE, (long) &no_core, 0, 0);
    report.error = (int) -enter(directory);
    if (!report.error) {
        report.place = 0;
        report.error = (int) -sys_execute(command[0], command, environment);
    }
    sys_write(channel, &report, sizeof report);
    sys_exit(127);
}

/* Goes to a directory, which is made with those above it if it is missing. */
static long enter(const char *directory) {
    char path[4096];
    long error = system_call(__NR_chdir, (long) directory, 0, 0, 0, 0);
    if (error != -ENOENT || length_of(directory) >= (long) sizeof path) {
        return error;
    }
    append(path, directory);
    for (char *end = path + 1; *end; end++) {
        if (*end == '/') {
            *end = 0;
            system_call(__NR_mkdirat, AT_FDCWD, (long) path, 0777, 0, 0);
            *end = '/';
        }
    }
    system_call(__NR_mkdirat, AT_FDCWD, (long) path, 0777, 0, 0);
    return system_call(__NR_chdir, (long) directory, 0, 0, 0, 0);
}

/* Children that the program has left behind end with it: they would keep its output open. */
static void wait_for_end(int pid, long long deadline, int limited) {
    signal_set children = signal(SIGCHLD);
    int status;
    int overdue = FALSE;

    while (sys_wait(pid, &status, overdue ? 0 : WNOHANG) != pid) {
        long left = (long) (deadline - now());
        if (limited && left <= 0) {
            overdue = TRUE;
            sys_kill(-pid, SIGKILL);
            continue;
        }
        struct __kernel_old_timespec patience = milliseconds(left);
        sys_wait_for_signal(&children, limited ? &patience : 0);
    }
    sys_kill(-pid, SIGKILL);
    if (overdue) {
        tell_end("overdue");
    } else if (status & 0x7f) {
        tell("killed", status & 0x7f);
    } else {
        tell("exited", status >> 8 & 0xff);
    }
}

static int send_signal(char **arguments) {
    return (int) -sys_kill((int) -number_of(arguments[1]), (int) number_of(arguments[0]));
}

static int usage(void) {
    static const char text[] =
        "usage: runner rest\n"
        "       runner run TOKEN MILLISECONDS none|parts DIRECTORY PROGRAM [ARGUMENT]...\n"
        "       runner signal NUMBER PID\n";
    print_bytes(STDERR, text, sizeof text - 1);
    return USAGE;
}

/* In one write, so that what others print can't come between. */
static void tell(const char *what, long number) {
    char words[32];
    append_number(append(append(words, what), " "), (unsigned long) number);
    tell_end(words);
}

static void tell_end(const char *words) {
    char line[256];
    char *end = append(append(append(append(line, token), " "), words), "\n");
    print_bytes(STDERR, line, end - line);
}
