/*
 * The helper: what ForeignArch does on an engine's machine, in a container that holds nothing but this file.
 * It needs no shell, no libc and no writable file, so that a bare image (made from a tar, never pulled) is enough.
 *
 *   helper probe FILE...                     Does the kernel run these programs, and through which emulator?
 *   helper session FILE...                   The same, and then stay until the other end of stdin is gone.
 *   helper version FILE...                   Which versions do these emulators have?
 *   helper digest FILE...                    What is the SHA-256 of these files?
 *   helper table DIR                         What is registered in the binfmt_misc file system at DIR?
 *   helper write FILE CONTENT [...]          Write to binfmt_misc's files: switch and remove handlers.
 *   helper register DIR LINE FILE [...]      Register these emulators with the binfmt_misc file system at DIR.
 *   helper hold DIR SECONDS NOTES            Mount binfmt_misc, and keep it mounted while anybody needs it; then as keep.
 *   helper keep DIR SECONDS NOTES            Remove the handlers that are noted, once nobody needs them any more.
 *   helper lease                             Be somebody who needs it, until the other end of stdin is gone.
 *   helper turn FILE                         Be the only one who has the turn, until the other end of stdin is gone.
 *   helper note NOTES NAME...                Note handlers.
 *
 * Java reads what it prints, so the words below are a protocol. Each verb is described at its function.
 * Exit status: 0 the verb did its work (its findings, good or bad, are on stdout), 1 hold could not mount,
 * 64 wrong usage, 71 the machine refused what it never should (a pipe, a process; stderr says which).
 */
#include "common.h"
#include "sha256.h"

enum { NOT_MOUNTED = 1 };

/* A program that was started, or the reason why it was not. */
struct program {
    int refusal;  /* error number of its execve, 0 when it runs */
    int pid;
    int output;   /* what it prints, on stdout or stderr, can be read here */
    int stop;     /* signal by which it stands still before its first instruction, until released; 0 when it runs on */
};

/* How a program ended, and the beginning of what it printed. */
struct ending {
    int timed_out;
    int status;  /* as wait4 has it */
    char *output;
    long length;
    long room;
};

/* A directory being read. */
struct directory {
    int fd;
    long filled;
    long position;
    char entries[4096] __attribute__((aligned(8)));
};

static int probe(char **files, char **environment);
static void probe_file(char *file, char **environment, int children);
static int session(char **files, char **environment);
static int version(char **files, char **environment);
static int digest(char **files);
static long digest_of(const char *file, char *digits);
static int ends_of_children(void);
static void show_interpreter(const struct program *program, const char *file, char **environment, int children);
static void show_version(char *interpreter, char **environment, int children);
static void show_ending(const struct ending *ending);
static int table(char **arguments);
static int in_user_namespace(void);
static long long next_number(const char **text);
static void show_entry(int directory, const char *name);
static int write_files(char **arguments);
static int register_emulators(char **arguments);
static long make_lasting(const char *file);
static int ends_with_container(int fd);
static long copy_to_memory(int fd, const char *name);
static long new_memory_file(const char *name);
static int hold(char **arguments);
static int keep(char **arguments);
static void remove_noted(const char *directory, const char *notes);
static int is_ours(int fd);
static void stay_while_needed(const char *seconds);
static int anybody_else_lives(void);
static int lives(const char *pid);
static int lease(char **arguments);
static int turn(char **arguments);
static void wait_for_end_of_input(void);
static int note(char **arguments);
static int usage(void);

static struct program run(char **command, char **environment, int stop_first);
__attribute__((noreturn)) static void become(char **command, char **environment, int input, int output, int report,
                                             int stop_first);
static int signal_of_stop(int pid);
static void release(const struct program *program);
static void wait_for_end(const struct program *program, int children, long seconds, struct ending *ending);
static int has_ended(int pid, int *status);
static void kill_with_children(int pid, int *status);
static void read_output(int *fd, struct ending *ending);
static int is_readable(int fd);
static long read_link(const char *path, char *target, long room);
static int path_of_open_file(const char *file, char *path, long room);
static int open_directory(struct directory *directory, const char *path);
static const char *next_name(struct directory *directory);
static long read_up_to(int fd, char *buffer, long room);
__attribute__((noreturn)) static void die(const char *what, long error);

static void print(const char *text);
static void print_number(const char *before, long number, const char *after);
static void print_line(const char *before, const char *text, long length);
static int is_number(const char *text);
static long length_of_first_line(const char *text, long length);

void start(unsigned long *stack) {
    long count = (long) stack[0];
    char **arguments = (char **) (stack + 1);
    char **environment = arguments + count + 1;
    const char *verb = count < 2 ? "" : arguments[1];
    char **operands = arguments + (count < 2 ? count : 2);

    sys_exit(equal(verb, "probe")     ? probe(operands, environment)
             : equal(verb, "session") ? session(operands, environment)
             : equal(verb, "version") ? version(operands, environment)
             : equal(verb, "digest")  ? digest(operands)
             : equal(verb, "table")   ? table(operands)
             : equal(verb, "write")   ? write_files(operands)
             : equal(verb, "register") ? register_emulators(operands)
             : equal(verb, "hold")    ? hold(operands)
             : equal(verb, "keep")    ? keep(operands)
             : equal(verb, "lease")   ? lease(operands)
             : equal(verb, "turn")    ? turn(operands)
             : equal(verb, "note")    ? note(operands)
                                      : usage());
}

/*
 * probe FILE...: starts each FILE, without arguments and input, and prints:
 *
 *   probe <FILE>
 *   interpreter <path>         what the kernel runs in FILE's place; left out if that is FILE itself, or unknown
 *   version <text>             first line of `interpreter --version`; left out if that fails
 *   output <text>              each line that FILE printed, at most 2 KiB in all
 *   exited <status> | signaled <number> | refused <error number> | timeout
 */
static int probe(char **files, char **environment) {
    if (!*files) {
        return usage();
    }
    int children = ends_of_children();
    for (; *files; files++) {
        probe_file(*files, environment, children);
    }
    return DONE;
}

/*
 * session FILE...: prints `session`, then what probe prints of FILEs, if there are any, and stays until the end of stdin.
 * While it does, the JVM at the other end lives. Now and then it prints an empty line, so that the connection is not
 * taken for dead by whatever is between the two.
 */
static int session(char **files, char **environment) {
    signal_set stop = signal(SIGTERM) | signal(SIGINT);
    char ignored[256];

    print("session\n");
    int children = ends_of_children();
    for (; *files; files++) {
        probe_file(*files, environment, children);
    }
    /* The kernel drops signals without a handler for process 1, but not blocked ones: those wait to be fetched. */
    sys_set_signal_mask(SIG_BLOCK, &stop);
    long stops = sys_signal_fd(&stop, SFD_CLOEXEC);
    if (stops < 0) {
        die("signalfd", stops);
    }
    for (;;) {
        const struct __kernel_old_timespec half_a_minute = milliseconds(30 * 1000);
        struct pollfd events[] = {{.fd = STDIN, .events = POLLIN}, {.fd = (int) stops, .events = POLLIN}};
        if (sys_poll(events, 2, &half_a_minute) == 0) {
            print("\n");
        } else if (events[1].revents || (events[0].revents && sys_read(STDIN, ignored, sizeof ignored) <= 0)) {
            return DONE;
        }
    }
}

/*
 * version FILE...: prints for each FILE
 *
 *   emulator <FILE>
 *   version <text>             first line of `FILE --version`; left out if that fails
 */
static int version(char **files, char **environment) {
    if (!*files) {
        return usage();
    }
    int children = ends_of_children();
    for (; *files; files++) {
        print_line("emulator ", *files, length_of(*files));
        show_version(*files, environment, children);
    }
    return DONE;
}

/*
 * digest FILE...: prints for each FILE one of
 *
 *   digest <hexadecimal digits> <FILE>
 *   unreadable <error number> <FILE>
 */
static int digest(char **files) {
    char digits[2 * SHA256_DIGEST + 1];

    if (!*files) {
        return usage();
    }
    for (; *files; files++) {
        long error = digest_of(*files, digits);
        if (error) {
            print_number("unreadable ", -error, " ");
        } else {
            print("digest ");
            print(digits);
            print(" ");
        }
        print_line("", *files, length_of(*files));
    }
    return DONE;
}

static long digest_of(const char *file, char *digits) {
    char buffer[64 * 1024];
    static const char hexadecimal[] = "0123456789abcdef";
    unsigned char bytes[SHA256_DIGEST];
    struct sha256 hash;
    long length;

    long fd = sys_open(file, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return fd;
    }
    sha256_begin(&hash);
    while ((length = read_up_to((int) fd, buffer, sizeof buffer)) > 0) {
        sha256_add(&hash, (const unsigned char *) buffer, length);
    }
    sys_close((int) fd);
    sha256_finish(&hash, bytes);
    for (int number = 0; number < SHA256_DIGEST; number++) {
        digits[2 * number] = hexadecimal[bytes[number] >> 4];
        digits[2 * number + 1] = hexadecimal[bytes[number] & 15];
    }
    digits[2 * SHA256_DIGEST] = 0;
    return length;
}

/* Blocked and read from a descriptor, so that one poll can wait for output, a child's end and the time limit. */
static int ends_of_children(void) {
    signal_set child = signal(SIGCHLD);
    sys_set_signal_mask(SIG_BLOCK, &child);
    long children = sys_signal_fd(&child, SFD_CLOEXEC | SFD_NONBLOCK);
    if (children < 0) {
        die("signalfd", children);
    }
    return (int) children;
}

static void probe_file(char *file, char **environment, int children) {
    char output[2048];
    struct ending ending = {.output = output, .room = sizeof output};
    char *command[] = {file, 0};

    print_line("probe ", file, length_of(file));
    struct program program = run(command, environment, TRUE);
    if (program.refusal) {
        print_number("refused ", program.refusal, "\n");
        return;
    }
    if (program.stop) {
        show_interpreter(&program, file, environment, children);
        release(&program);
    }
    wait_for_end(&program, children, 10, &ending);
    show_ending(&ending);
}

/* A handler with flag F opened its emulator long ago, maybe in a file system that nobody sees any more:
   the process itself is the only way to it, even when the file was deleted since. */
static void show_interpreter(const struct program *program, const char *file, char **environment, int children) {
    char link[64];
    char interpreter[4096];
    char itself[4096];

    append(append_number(append(link, "/proc/"), program->pid), "/exe");
    if (read_link(link, interpreter, sizeof interpreter) < 0) {
        return;
    }
    if (path_of_open_file(file, itself, sizeof itself) && equal(interpreter, itself)) {
        return;
    }
    print_line("interpreter ", interpreter, length_of(interpreter));
    show_version(link, environment, children);
}

static void show_version(char *interpreter, char **environment, int children) {
    char output[512];
    struct ending ending = {.output = output, .room = sizeof output};
    char *command[] = {interpreter, "--version", 0};

    struct program program = run(command, environment, FALSE);
    if (program.refusal) {
        return;
    }
    wait_for_end(&program, children, 3, &ending);
    long length = length_of_first_line(output, ending.length);
    if (!ending.timed_out && ending.status == 0 && length > 0) {
        print_line("version ", output, length);
    }
}

static void show_ending(const struct ending *ending) {
    const char *end = ending->output + ending->length;
    for (const char *line = ending->output; line < end;) {
        long length = length_of_first_line(line, end - line);
        print_line("output ", line, length);
        line += length + 1;
    }
    int signal = ending->status & 0x7f;  /* WTERMSIG and WEXITSTATUS of the C library */
    if (ending->timed_out) {
        print("timeout\n");
    } else if (signal) {
        print_number("signaled ", signal, "\n");
    } else {
        print_number("exited ", ending->status >> 8 & 0xff, "\n");
    }
}

/*
 * table DIR: prints `namespace` first if it runs in a user namespace other than the machine's first one. Then prints
 * `missing` if DIR can't be opened, `unmounted` if it is no binfmt_misc file system, or `mounted` and then, for each
 * handler and for `status`:
 *
 *   entry <length of name> <length of content>
 *   <name>
 *   <content>
 *
 * A content usually ends with a newline of its own; one more always follows it.
 */
static int table(char **arguments) {
    struct directory directory;
    struct statfs facts;

    if (!arguments[0] || arguments[1]) {
        return usage();
    }
    if (in_user_namespace()) {
        print("namespace\n");
    }
    if (!open_directory(&directory, arguments[0])) {
        print("missing\n");
        return DONE;
    }
    if (sys_file_system(directory.fd, &facts) < 0 || facts.f_type != BINFMTFS_MAGIC) {
        print("unmounted\n");
    } else {
        print("mounted\n");
        const char *name;
        while ((name = next_name(&directory))) {
            if (!equal(name, "register")) {
                show_entry(directory.fd, name);
            }
        }
    }
    sys_close(directory.fd);
    return DONE;
}

/* The machine's own has all ids, and each is itself. (Those of the machines that our tests make lack the last one: by
   that, runc knows that it may not do everything there.) Whoever makes another one gives it a part, or other numbers. */
static int in_user_namespace(void) {
    static const long long nearly_all = 4294967294LL;
    char map[512];
    long fd = sys_open("/proc/self/uid_map", O_RDONLY | O_CLOEXEC);
    long length = fd < 0 ? fd : read_up_to((int) fd, map, sizeof map - 1);
    if (fd >= 0) {
        sys_close((int) fd);
    }
    if (length < 0) {
        return length != -ENOENT;  /* a kernel without user namespaces */
    }
    map[length] = 0;

    /* First id here, first id outside, how many. */
    const char *text = map;
    long long first = next_number(&text);
    long long outside = next_number(&text);
    return first != 0 || outside != 0 || next_number(&text) < nearly_all;
}

static long long next_number(const char **text) {
    while (**text == ' ') {
        ++*text;
    }
    long long number = number_of(*text);
    while (**text && **text != ' ') {
        ++*text;
    }
    return number;
}

/* Prints nothing for an entry that somebody removes meanwhile. */
static void show_entry(int directory, const char *name) {
    char content[64 * 1024];
    long fd = sys_open_at(directory, name, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return;
    }
    long length = read_up_to((int) fd, content, sizeof content);
    sys_close((int) fd);
    if (length < 0) {
        return;
    }
    print_number("entry ", length_of(name), "");
    print_number(" ", length, "\n");
    print_line("", name, length_of(name));
    print_line("", content, length);
}

/*
 * write FILE CONTENT [FILE CONTENT]...: writes each CONTENT into a FILE that exists, and prints for each:
 *
 *   wrote <error number>       of opening or writing; 0 if it went well
 *
 * One write call each, since the kernel takes each write to `register` as one line. CONTENT stays as it is: the kernel
 * itself understands \x00 and the like.
 */
static int write_files(char **arguments) {
    long count = 0;
    while (arguments[count]) {
        count++;
    }
    if (count == 0 || count % 2 != 0) {
        return usage();
    }
    for (; *arguments; arguments += 2) {
        long length = length_of(arguments[1]);
        long fd = sys_open(arguments[0], O_WRONLY | O_CLOEXEC);
        long written = fd < 0 ? fd : sys_write((int) fd, arguments[1], length);
        long error = written < 0 ? -written : written < length ? EIO : 0;
        print_number("wrote ", error, "\n");
        if (fd >= 0) {
            sys_close((int) fd);
        }
    }
    return DONE;
}

/*
 * register DIR LINE FILE [LINE FILE]...: writes each LINE, whose interpreter is FILE and whose flags have F, to DIR's
 * `register`, and prints `wrote <error number>` for each as write does.
 *
 * The kernel keeps FILE open, which is no use if the file system itself ends with the container. Such a file is copied
 * into memory first, and a link takes its place: the table shows the same path all the same.
 */
static int register_emulators(char **arguments) {
    char path[512];
    long count = 0;
    while (arguments[count]) {
        count++;
    }
    if (count < 3 || count % 2 != 1 || length_of(arguments[0]) > 256) {
        return usage();
    }
    append(append(path, *arguments++), "/register");
    for (; *arguments; arguments += 2) {
        long error = make_lasting(arguments[1]);
        if (error < 0) {
            print_number("wrote ", -error, "\n");
        } else {
            char *change[] = {path, arguments[0], 0};
            write_files(change);
        }
    }
    return DONE;
}

/* Returns 0, or a negative error number. What is opened here stays open: the link needs it until we end. */
static long make_lasting(const char *file) {
    char link[64];
    long fd = sys_open(file, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return fd;
    }
    if (!ends_with_container((int) fd)) {
        sys_close((int) fd);
        return 0;
    }
    long memory = copy_to_memory((int) fd, file);
    sys_close((int) fd);
    if (memory < 0) {
        return memory;
    }
    append_number(append(link, "/proc/self/fd/"), (unsigned long) memory);
    long error = sys_remove(file);
    return error < 0 ? error : sys_link_symbolically(link, file);
}

/* A program serves such a file system (fuse-overlayfs), and the engine ends it. */
static int ends_with_container(int fd) {
    struct statfs facts;
    return sys_file_system(fd, &facts) == 0 && facts.f_type == FUSE_SUPER_MAGIC;
}

/* Returns a descriptor that can only be read, since the kernel runs no file that somebody may write. */
static long copy_to_memory(int fd, const char *name) {
    char buffer[64 * 1024];
    char path[64];
    long length;
    long memory = new_memory_file(name);
    if (memory < 0) {
        return memory;
    }
    while ((length = read_up_to(fd, buffer, sizeof buffer)) > 0) {
        for (long position = 0; position < length;) {
            long written = sys_write((int) memory, buffer + position, length - position);
            if (written < 0 && written != -EINTR) {
                sys_close((int) memory);
                return written;
            }
            position += written < 0 ? 0 : written;
        }
    }
    append_number(append(path, "/proc/self/fd/"), (unsigned long) memory);
    long readable = length < 0 ? length : sys_open(path, O_RDONLY | O_CLOEXEC);
    sys_close((int) memory);
    return readable;
}

/* Since Linux 6.3 some machines want to hear that it is to be run; older ones refuse what they don't know. */
static long new_memory_file(const char *name) {
    enum { TO_BE_RUN = 0x10 };  /* MFD_EXEC, which Debian 12's headers lack */
    long fd = sys_memory_file(name, MFD_CLOEXEC | TO_BE_RUN);
    return fd == -EINVAL ? sys_memory_file(name, MFD_CLOEXEC) : fd;
}

/*
 * hold DIR SECONDS NOTES: mounts binfmt_misc on DIR and prints `holding`, or `mount <error number>` and ends with
 * status 1. Since Linux 6.7 the handlers of a machine without a mount of its own live only as long as this process
 * does. In a container inside another one, the table may be mounted outside: so the noted handlers go away as by keep.
 *
 * As process 1 of a container it stays until no other process, that is no lease, was seen there for SECONDS seconds
 * on end, so that nobody has to stop it: neither a JVM that dies nor one of several that use it.
 */
static int hold(char **arguments) {
    if (!arguments[0] || !arguments[1] || !arguments[2] || arguments[3] || !is_number(arguments[1])) {
        return usage();
    }
    long error = -sys_mount("binfmt_misc", arguments[0], "binfmt_misc", MS_NOSUID | MS_NODEV | MS_NOEXEC);
    if (error) {
        print_number("mount ", error, "\n");
        return NOT_MOUNTED;
    }
    print("holding\n");
    stay_while_needed(arguments[1]);
    remove_noted(arguments[0], arguments[2]);
    return DONE;
}

/*
 * keep DIR SECONDS NOTES: prints `keeping` and stays like hold, but mounts nothing: DIR is the machine's own
 * binfmt_misc. At last it removes each handler whose name is that of a file in the directory NOTES, and whose
 * emulator is one that ForeignArch brought: if somebody else was faster to take the name, the handler is theirs.
 */
static int keep(char **arguments) {
    if (!arguments[0] || !arguments[1] || !arguments[2] || arguments[3] || !is_number(arguments[1])) {
        return usage();
    }
    print("keeping\n");
    stay_while_needed(arguments[1]);
    remove_noted(arguments[0], arguments[2]);
    return DONE;
}

static void remove_noted(const char *directory, const char *notes) {
    struct directory handlers;
    struct directory names;
    const char *name;

    if (!open_directory(&handlers, directory)) {
        die("opening the table", -ENOENT);
    }
    if (!open_directory(&names, notes)) {
        die("opening the notes", -ENOENT);
    }
    while ((name = next_name(&names))) {
        long fd = sys_open_at(handlers.fd, name, O_RDWR | O_CLOEXEC);
        if (fd >= 0) {
            if (is_ours((int) fd)) {
                sys_write((int) fd, "-1", 2);
            }
            sys_close((int) fd);
        }
    }
    sys_close(names.fd);
    sys_close(handlers.fd);
}

static int is_ours(int fd) {
    static const char ours[] = "\ninterpreter /foreignarch/";
    char content[4096];
    long length = read_up_to(fd, content, sizeof content - 1);
    if (length < 0) {
        return FALSE;
    }
    content[length] = 0;
    for (const char *text = content; *text; text++) {
        long same = 0;
        while (ours[same] && text[same] == ours[same]) {
            same++;
        }
        if (!ours[same]) {
            return TRUE;
        }
    }
    return FALSE;
}

static void stay_while_needed(const char *seconds) {
    /* The kernel drops signals without a handler for process 1, but not blocked ones: those wait to be fetched. */
    signal_set stop = signal(SIGTERM) | signal(SIGINT);
    sys_set_signal_mask(SIG_BLOCK, &stop);

    const struct __kernel_old_timespec quarter_second = milliseconds(250);
    long long patience = number_of(seconds) * 1000LL;
    for (long long last_seen = now(); now() - last_seen < patience;) {
        if (sys_wait_for_signal(&stop, &quarter_second) > 0) {
            return;
        }
        bury_orphans();
        if (anybody_else_lives()) {
            last_seen = now();
        }
    }
}

static int anybody_else_lives(void) {
    struct directory proc;
    char own[24];
    const char *name;
    int found = FALSE;

    append_number(own, (unsigned long) sys_own_pid());
    if (!open_directory(&proc, "/proc")) {
        die("opening /proc", ENOENT);
    }
    while (!found && (name = next_name(&proc))) {
        found = is_number(name) && !equal(name, own) && lives(name);
    }
    sys_close(proc.fd);
    return found;
}

/* A zombie's parent may be outside, where nobody hurries to bury it; it needs no handler any more. */
static int lives(const char *pid) {
    char path[64];
    char stat[512];

    append(append(append(path, "/proc/"), pid), "/stat");
    long fd = sys_open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return FALSE;
    }
    long length = read_up_to((int) fd, stat, sizeof stat);
    sys_close((int) fd);

    /* "7 (name) S 1 …": the name may hold parentheses, what follows it doesn't. */
    long end_of_name = length - 1;
    while (end_of_name >= 0 && stat[end_of_name] != ')') {
        end_of_name--;
    }
    if (end_of_name < 0 || end_of_name + 2 >= length) {
        return FALSE;
    }
    char state = stat[end_of_name + 2];
    return state != 'Z' && state != 'X';
}

/*
 * lease: prints `leased` and waits for the end of stdin. Run beside hold (docker exec -i), which stays for its sake.
 * A JVM that dies can't say goodbye, but the engine notices its closed connection and closes our stdin.
 */
static int lease(char **arguments) {
    if (*arguments) {
        return usage();
    }
    print("leased\n");
    wait_for_end_of_input();
    return DONE;
}

/*
 * turn FILE: waits until nobody else has FILE's lock, prints `turn`, and has it until the end of stdin. It is a lease
 * too. So several JVMs register one after the other, wherever they run, and one that dies does not block the others.
 */
static int turn(char **arguments) {
    if (!arguments[0] || arguments[1]) {
        return usage();
    }
    long fd = sys_open(arguments[0], O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        die("opening the lock", fd);
    }
    long error;
    do {
        error = sys_lock((int) fd, LOCK_EX);
    } while (error == -EINTR);
    if (error) {
        die("lock", error);
    }
    print("turn\n");
    wait_for_end_of_input();
    return DONE;
}

static void wait_for_end_of_input(void) {
    char ignored[256];
    while (read_up_to(STDIN, ignored, sizeof ignored) > 0) {
        /* nobody has anything to tell us */
    }
}

/*
 * note NOTES NAME...: makes an empty file in the directory NOTES for each NAME, and prints `noted`. Run beside keep,
 * before handlers of these names are registered: whoever is killed in between has noted too much, not too little.
 */
static int note(char **arguments) {
    if (!arguments[0] || !arguments[1]) {
        return usage();
    }
    struct directory notes;
    if (!open_directory(&notes, *arguments++)) {
        die("opening the notes", -ENOENT);
    }
    for (; *arguments; arguments++) {
        long fd = sys_open_at(notes.fd, *arguments, O_WRONLY | O_CREAT | O_CLOEXEC);
        if (fd < 0) {
            die("noting", fd);
        }
        sys_close((int) fd);
    }
    print("noted\n");
    return DONE;
}

static int usage(void) {
    static const char text[] =
        "usage: helper probe FILE...\n"
        "       helper session FILE...\n"
        "       helper version FILE...\n"
        "       helper digest FILE...\n"
        "       helper table DIR\n"
        "       helper write FILE CONTENT [FILE CONTENT]...\n"
        "       helper register DIR LINE FILE [LINE FILE]...\n"
        "       helper hold DIR SECONDS NOTES\n"
        "       helper keep DIR SECONDS NOTES\n"
        "       helper lease\n"
        "       helper turn FILE\n"
        "       helper note NOTES NAME...\n";
    print_bytes(STDERR, text, sizeof text - 1);
    return USAGE;
}

/*
 * Programs
 */

/* Starts a program. With stop_first it is stopped before its first instruction, if the kernel lets us trace it. */
static struct program run(char **command, char **environment, int stop_first) {
    struct program program = {0};
    int input[2];
    int output[2];
    int report[2];
    int traced = FALSE;
    int status;

    long error = sys_pipe(input, O_CLOEXEC);
    error = error < 0 ? error : sys_pipe(output, O_CLOEXEC);
    error = error < 0 ? error : sys_pipe(report, O_CLOEXEC);
    if (error < 0) {
        die("pipe", error);
    }
    program.pid = (int) sys_fork();
    if (program.pid < 0) {
        die("fork", program.pid);
    }
    if (program.pid == 0) {
        become(command, environment, input[0], output[1], report[1], stop_first);
    }
    sys_close(input[0]);
    sys_close(input[1]);
    sys_close(output[1]);
    sys_close(report[1]);

    /* The report: whether it is traced, then the error number of execve, or the end, since execve closes the pipe. */
    read_up_to(report[0], (char *) &traced, sizeof traced);
    read_up_to(report[0], (char *) &program.refusal, sizeof program.refusal);
    sys_close(report[0]);
    program.output = output[0];
    if (program.refusal) {
        kill_with_children(program.pid, &status);
        sys_close(program.output);
    } else if (traced) {
        program.stop = signal_of_stop(program.pid);
    }
    return program;
}

/* In the new process: becomes the program, or reports why not. */
static void become(char **command, char **environment, int input, int output, int report, int stop_first) {
    signal_set none = 0;
    /* The input's other end is closed everywhere, so reading finds the end at once; there may be no /dev/null. */
    sys_duplicate(input, STDIN);
    sys_duplicate(output, STDOUT);
    sys_duplicate(output, STDERR);
    sys_set_signal_mask(SIG_SETMASK, &none);
    sys_set_process_group(0, 0);  /* so that a kill reaches its children too */

    int traced = stop_first && sys_trace(PTRACE_TRACEME, 0, 0) == 0;
    print_bytes(report, (char *) &traced, sizeof traced);
    int refusal = (int) -sys_execute(command[0], command, environment);
    print_bytes(report, (char *) &refusal, sizeof refusal);
    sys_exit(127);
}

/* A traced program stops when its execve is done (SIGTRAP). Looks without taking the event away,
   so that wait_for_end still learns of the end of one that was killed in its execve. */
static int signal_of_stop(int pid) {
    siginfo_t event = {0};
    long error;
    do {
        error = sys_wait_for_event(pid, &event, WSTOPPED | WEXITED | WNOWAIT);
    } while (error == -EINTR);
    return event.si_code == CLD_TRAPPED ? event.si_status : 0;
}

/* Lets a stopped program run, untraced from now on. A signal other than the trap's was meant for the program. */
static void release(const struct program *program) {
    sys_trace(PTRACE_DETACH, program->pid, program->stop == SIGTRAP ? 0 : program->stop);
}

/* Waits for a program's end, but kills it when its time is over, and keeps the beginning of its output. */
static void wait_for_end(const struct program *program, int children, long seconds, struct ending *ending) {
    long long deadline = now() + seconds * 1000LL;
    int output = program->output;

    while (!has_ended(program->pid, &ending->status)) {
        long left = (long) (deadline - now());
        if (left <= 0) {
            ending->timed_out = TRUE;
            kill_with_children(program->pid, &ending->status);
            break;
        }
        struct __kernel_old_timespec limit = milliseconds(left);
        struct pollfd events[] = {{.fd = output, .events = POLLIN}, {.fd = children, .events = POLLIN}};
        if (sys_poll(events, 2, &limit) <= 0) {
            continue;
        }
        if (events[0].revents) {
            read_output(&output, ending);
        }
        if (events[1].revents) {
            struct signalfd_siginfo ignored;
            sys_read(children, &ignored, sizeof ignored);
        }
    }
    /* What is left in the pipe; not until its end, which a grandchild may keep away for ever. */
    while (output >= 0 && ending->length < ending->room && is_readable(output)) {
        read_output(&output, ending);
    }
    if (output >= 0) {
        sys_close(output);
    }
}

static int has_ended(int pid, int *status) {
    long ended = sys_wait(pid, status, WNOHANG);
    if (ended < 0 && ended != -EINTR) {
        die("wait", ended);
    }
    return ended == pid;
}

static void kill_with_children(int pid, int *status) {
    sys_kill(-pid, SIGKILL);
    while (sys_wait(pid, status, 0) == -EINTR) {
        /* once more */
    }
}

/* Reads once; goes on reading, though not keeping, what exceeds the room, so that the program isn't held up.
   At the end, closes fd and sets it to -1, which poll passes over. */
static void read_output(int *fd, struct ending *ending) {
    char excess[512];
    long room = ending->room - ending->length;
    long count = room > 0 ? sys_read(*fd, ending->output + ending->length, room) : sys_read(*fd, excess, sizeof excess);

    if (count == 0 || (count < 0 && count != -EINTR)) {
        sys_close(*fd);
        *fd = -1;
    } else if (count > 0 && room > 0) {
        ending->length += count;
    }
}

static int is_readable(int fd) {
    struct __kernel_old_timespec at_once = {0};
    struct pollfd event = {.fd = fd, .events = POLLIN};
    return sys_poll(&event, 1, &at_once) > 0;
}

/*
 * Files and time
 */

static long read_link(const char *path, char *target, long room) {
    long length = sys_read_link(path, target, room - 1);
    if (length >= 0) {
        target[length] = 0;
    }
    return length;
}

/* The kernel's own name of a file, as /proc/<pid>/exe would show it: absolute and without symbolic links. */
static int path_of_open_file(const char *file, char *path, long room) {
    char link[64];
    long fd = sys_open(file, O_PATH | O_CLOEXEC);
    if (fd < 0) {
        return FALSE;
    }
    append_number(append(link, "/proc/self/fd/"), (unsigned long) fd);
    long length = read_link(link, path, room);
    sys_close((int) fd);
    return length >= 0;
}

static int open_directory(struct directory *directory, const char *path) {
    directory->fd = (int) sys_open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    directory->filled = 0;
    directory->position = 0;
    return directory->fd >= 0;
}

/* The next name except "." and "..", valid until the next call; null at the end. */
static const char *next_name(struct directory *directory) {
    for (;;) {
        if (directory->position >= directory->filled) {
            directory->position = 0;
            directory->filled = sys_read_directory(directory->fd, directory->entries, sizeof directory->entries);
            if (directory->filled <= 0) {
                return 0;
            }
        }
        struct directory_entry *entry = (struct directory_entry *) (directory->entries + directory->position);
        directory->position += entry->length;
        if (!equal(entry->name, ".") && !equal(entry->name, "..")) {
            return entry->name;
        }
    }
}

/* Reads until the end or until there is no room; the length, or a negative error number. */
static long read_up_to(int fd, char *buffer, long room) {
    long length = 0;
    while (length < room) {
        long count = sys_read(fd, buffer + length, room - length);
        if (count == 0) {
            break;
        }
        if (count < 0 && count != -EINTR) {
            return count;
        }
        length += count < 0 ? 0 : count;
    }
    return length;
}

static void die(const char *what, long error) {
    char message[128];
    char *end = append(append(message, "helper: "), what);
    end = append_number(append(end, ": error "), (unsigned long) -error);
    end = append(end, "\n");
    print_bytes(STDERR, message, end - message);
    sys_exit(NO_RESOURCES);
}

/*
 * Text. All to stdout, unbuffered: what Java has read is what has happened.
 */

static void print(const char *text) {
    print_bytes(STDOUT, text, length_of(text));
}

static void print_number(const char *before, long number, const char *after) {
    char text[64];
    char *end = append(append_number(append(text, before), (unsigned long) number), after);
    print_bytes(STDOUT, text, end - text);
}

static void print_line(const char *before, const char *text, long length) {
    print(before);
    print_bytes(STDOUT, text, length);
    print("\n");
}

/* Decimal, and small enough to be a pid or a number of seconds. */
static int is_number(const char *text) {
    long digits = 0;
    while (text[digits] >= '0' && text[digits] <= '9') {
        digits++;
    }
    return digits > 0 && digits < 10 && !text[digits];
}

static long length_of_first_line(const char *text, long length) {
    long position = 0;
    while (position < length && text[position] != '\n') {
        position++;
    }
    return position;
}
