/*
 * The runner: starts a program of a user, tells how it ended, and ends it in time. It is a native program of the machine
 * that the foreign one runs on, so it works in any image, also in one that holds nothing else.
 *
 *   runner rest                                          Be a container's first process until its input ends.
 *   runner run TOKEN MILLISECONDS INPUT DIRECTORY PROGRAM ...
 *                                                        Run a program in a directory, which is made if it is missing.
 *   runner signal NUMBER PID                             Send a signal to a program that was run, and to its children.
 *   runner serve                                         Start commands on request, until the input ends.
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
 * To serve is to do what an engine's exec does, in a fiftieth of its time. On the input are requests,
 *
 *   ID LENGTH COUNT        a line, followed by LENGTH bytes: as many arguments as COUNT says and then variables of the
 *                          environment, each ended by a NUL. The first argument is the program's path
 *
 * and on the output what the commands write. A command has an empty input.
 *
 *   0 end 0                first of all: requests are taken
 *   ID out LENGTH          a line, followed by LENGTH bytes of the command's output
 *   ID err LENGTH          the same of its errors
 *   ID end 0               nobody writes to either any more
 *
 * A shell would tell all this too, but an exit status of 139 and death by signal 11 are the same there.
 * Exit status: 0 the verb did its work, 64 wrong usage, 71 the machine refused what it never should.
 */
#include "common.h"

#include <linux/resource.h>

enum { AT_DIRECTORY = 1 };  /* in the child's report: the error is that of the directory */
enum { MOST_COMMANDS = 64, LONGEST_REQUEST = 128 * 1024, MOST_WORDS = 8 * 1024, ONE_SECOND = 1000 };

struct report {
    int place;
    int error;
};

/* A command that is served. */
struct command {
    long long id;  /* 0 if there is none */
    int outputs[2];  /* what it writes can be read here, its errors from the second; -1 once that has ended */
};

/* What has arrived of requests. */
struct requests {
    long filled;
    char bytes[LONGEST_REQUEST];
};

static const char *token;
static struct command commands[MOST_COMMANDS];

static int rest(void);
static int run(char **arguments, char **environment);
static int feed(int input[2]);
static void become(char **command, char **environment, const char *directory, int report);
static long enter(const char *directory);
static void wait_for_end(int pid, long long deadline, int limited);
static int send_signal(char **arguments);
static int serve(char **environment);
static int receive(struct requests *requests);
static int take(struct requests *requests, struct command *command, char **environment);
static void start_command(struct command *command, char *words, long length, long count, char **environment);
static int is_set(const char *variable, char **variables);
static void pass_on(struct command *command, int which);
static void answer(long long id, const char *what, const char *bytes, long length);
static struct command *free_command(void);
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
    } else if (count == 2 && equal(arguments[1], "serve")) {
        status = serve(environment);
    } else {
        status = usage();
    }
    sys_exit(status);
}

/* A JVM that dies can't say goodbye, but the engine notices its closed connection and closes our input. */
static int rest(void) {
    signal_set children = signal(SIGCHLD);
    signal_set stop = signal(SIGTERM) | signal(SIGINT);
    struct signalfd_siginfo ignored;
    char nothing[256];

    sys_set_signal_mask(SIG_BLOCK, &children);
    sys_set_signal_mask(SIG_BLOCK, &stop);
    int ends = (int) sys_signal_fd(&children, SFD_CLOEXEC | SFD_NONBLOCK);
    int stops = (int) sys_signal_fd(&stop, SFD_CLOEXEC);
    if (ends < 0 || stops < 0) {
        return NO_RESOURCES;
    }
    for (;;) {
        struct pollfd events[] = {{.fd = STDIN, .events = POLLIN},
                                  {.fd = ends, .events = POLLIN},
                                  {.fd = stops, .events = POLLIN}};
        sys_poll(events, 3, 0);
        if (events[2].revents || (events[0].revents && sys_read(STDIN, nothing, sizeof nothing) <= 0)) {
            return DONE;
        }
        if (events[1].revents) {
            sys_read(ends, &ignored, sizeof ignored);
            bury_orphans();
        }
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

static int serve(char **environment) {
    static struct requests requests;

    answer(0, "end", 0, 0);
    for (;;) {
        struct pollfd watched[1 + 2 * MOST_COMMANDS];
        struct command *idle = free_command();
        struct __kernel_old_timespec patience = milliseconds(ONE_SECOND);
        long buried;

        do {
            buried = sys_wait(-1, 0, WNOHANG);
        } while (buried > 0);
        /* Without a place for one more, requests wait outside. */
        watched[0] = (struct pollfd) {.fd = idle ? STDIN : -1, .events = POLLIN};
        for (int number = 0; number < MOST_COMMANDS; number++) {
            for (int which = 0; which < 2; which++) {
                watched[1 + 2 * number + which] = (struct pollfd) {
                    .fd = commands[number].id ? commands[number].outputs[which] : -1, .events = POLLIN};
            }
        }
        /* A command closes its output before it can be buried. */
        sys_poll(watched, 1 + 2 * MOST_COMMANDS, buried == -ECHILD ? 0 : &patience);
        for (int number = 0; number < MOST_COMMANDS; number++) {
            for (int which = 0; which < 2; which++) {
                if (commands[number].id && watched[1 + 2 * number + which].revents) {
                    pass_on(&commands[number], which);
                }
            }
        }
        if (watched[0].revents && !receive(&requests)) {
            return DONE;
        }
        do {
            idle = free_command();
        } while (idle && take(&requests, idle, environment));
    }
}

static struct command *free_command(void) {
    for (int number = 0; number < MOST_COMMANDS; number++) {
        if (!commands[number].id) {
            return &commands[number];
        }
    }
    return 0;
}

/* Returns false at the end of the input, and when a request is too long to be one. */
static int receive(struct requests *requests) {
    long length = sys_read(STDIN, requests->bytes + requests->filled, LONGEST_REQUEST - requests->filled);
    if (length > 0) {
        requests->filled += length;
    }
    return length > 0 || length == -EINTR;
}

/* Starts the command of the first request, if all of that has arrived; returns whether it has. */
static int take(struct requests *requests, struct command *command, char **environment) {
    long long numbers[3] = {0};
    long position = 0;

    for (int field = 0; field < 3; position++) {
        if (position == requests->filled) {
            return FALSE;
        }
        char next = requests->bytes[position];
        if (next == ' ' || next == '\n') {
            field++;
        } else {
            numbers[field] = numbers[field] * 10 + (next - '0');
        }
    }
    long end = position + (long) numbers[1];
    if (end > requests->filled) {
        return FALSE;
    }
    command->id = numbers[0];
    start_command(command, requests->bytes + position, (long) numbers[1], (long) numbers[2], environment);
    for (long from = end; from < requests->filled; from++) {
        requests->bytes[from - end] = requests->bytes[from];
    }
    requests->filled -= end;
    return TRUE;
}

static void start_command(struct command *command, char *words, long length, long count, char **environment) {
    static char *all[MOST_WORDS];
    int out[2];
    int err[2];
    long found = 0;
    int pid;

    for (long position = 0; position < length && found < MOST_WORDS - 2; position += length_of(words + position) + 1) {
        if (found == count) {
            all[found++] = 0;  /* the arguments end, the variables begin */
        }
        all[found++] = words + position;
    }
    if (found == count) {
        all[found++] = 0;
    }
    char **variables = all + count + 1;
    all[found] = 0;
    for (char **inherited = environment; *inherited && found < MOST_WORDS - 1; inherited++) {
        if (!is_set(*inherited, variables)) {
            all[found++] = *inherited;
            all[found] = 0;
        }
    }
    command->outputs[0] = command->outputs[1] = -1;
    if (sys_pipe(out, O_CLOEXEC) == 0) {
        if (sys_pipe(err, O_CLOEXEC) == 0) {
            pid = (int) sys_fork();
            if (pid == 0) {
                int nothing = (int) sys_open("/dev/null", O_RDONLY);
                sys_duplicate(nothing, STDIN);
                sys_duplicate(out[1], STDOUT);
                sys_duplicate(err[1], STDERR);
                sys_close(nothing);
                sys_execute(all[0], all, variables);
                sys_exit(127);
            }
            sys_close(out[1]);
            sys_close(err[1]);
            command->outputs[0] = out[0];
            command->outputs[1] = err[0];
            return;
        }
        sys_close(out[0]);
        sys_close(out[1]);
    }
    answer(command->id, "end", 0, 0);
    command->id = 0;
}

static int is_set(const char *variable, char **variables) {
    for (; *variables; variables++) {
        const char *set = *variables;
        const char *given = variable;
        while (*set && *set != '=' && *set == *given) {
            set++;
            given++;
        }
        if (*set == '=' && *given == '=') {
            return TRUE;
        }
    }
    return FALSE;
}

static void pass_on(struct command *command, int which) {
    static char bytes[32 * 1024];

    long length = sys_read(command->outputs[which], bytes, sizeof bytes);
    if (length > 0) {
        answer(command->id, which ? "err" : "out", bytes, length);
    } else if (length != -EINTR) {
        sys_close(command->outputs[which]);
        command->outputs[which] = -1;
        if (command->outputs[!which] < 0) {
            answer(command->id, "end", 0, 0);
            command->id = 0;
        }
    }
}

static void answer(long long id, const char *what, const char *bytes, long length) {
    char line[64];
    char *end = append(append_number(line, (unsigned long) id), " ");
    end = append(append_number(append(append(end, what), " "), (unsigned long) length), "\n");
    print_bytes(STDOUT, line, end - line);
    print_bytes(STDOUT, bytes, length);
}

static int usage(void) {
    static const char text[] =
        "usage: runner rest\n"
        "       runner run TOKEN MILLISECONDS none|parts DIRECTORY PROGRAM [ARGUMENT]...\n"
        "       runner signal NUMBER PID\n"
        "       runner serve\n";
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
