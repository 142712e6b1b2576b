/*
 * The door to the kernel: how a program starts and calls the kernel on each architecture of an engine,
 * and the few system calls the helper and the runner need, with types.
 *
 * Numbers, flags and structures come from the kernel's own headers (Debian: linux-libc-dev), because they differ
 * between architectures (O_DIRECTORY, for instance). Error numbers don't differ on the architectures served here:
 * they all use asm-generic/errno.h, so that Java may know 2 as ENOENT, 8 ENOEXEC, 13 EACCES, 17 EEXIST, 22 EINVAL
 * and 40 ELOOP. The #error at the end of the architectures keeps it so.
 *
 * Only calls that every architecture has: no open, fork, pipe or poll, which arm64 and riscv64 never got.
 * Every call returns what the kernel returns: a result, or a negative error number.
 */
#ifndef SYSCALLS_H
#define SYSCALLS_H

/* Neither the helper nor the runner needs them all. */
#pragma GCC diagnostic ignored "-Wunused-function"

#include <asm/errno.h>
#include <asm/fcntl.h>
#include <asm/poll.h>
#include <asm/siginfo.h>
#include <asm/signal.h>
#include <asm/statfs.h>
#include <asm/unistd.h>
#include <linux/magic.h>
#include <linux/memfd.h>
#include <linux/mount.h>
#include <linux/ptrace.h>
#include <linux/signalfd.h>
#include <linux/time.h>
#include <linux/time_types.h>
#include <linux/types.h>
#include <linux/wait.h>

/* The program, called by _start below with the stack as the kernel made it: argc, argv, 0, environment, 0. */
__attribute__((noreturn, used)) void start(unsigned long *stack);

/*
 * Per architecture: _start, which hands the initial stack pointer to start() as its first argument,
 * and system_call(), which puts number and arguments into the registers where the kernel looks for them.
 */

#if defined(__x86_64__)

/* The ABI wants the stack aligned to 16 bytes at a call; rbp = 0 marks the outermost frame. */
__asm__(".globl _start\n"
        "_start: xor %ebp, %ebp\n"
        "        mov %rsp, %rdi\n"
        "        and $-16, %rsp\n"
        "        call start\n");

static long system_call(long number, long a, long b, long c, long d, long e) {
    register long r10 __asm__("r10") = d;
    register long r8 __asm__("r8") = e;
    long result;
    __asm__ volatile("syscall"
                     : "=a"(result)
                     : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8)
                     : "rcx", "r11", "memory");
    return result;
}

#elif defined(__aarch64__)

__asm__(".globl _start\n"
        "_start: mov x29, #0\n"
        "        mov x30, #0\n"
        "        mov x0, sp\n"
        "        b start\n");

static long system_call(long number, long a, long b, long c, long d, long e) {
    register long x8 __asm__("x8") = number;
    register long x0 __asm__("x0") = a;
    register long x1 __asm__("x1") = b;
    register long x2 __asm__("x2") = c;
    register long x3 __asm__("x3") = d;
    register long x4 __asm__("x4") = e;
    __asm__ volatile("svc #0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4) : "memory");
    return x0;
}

#elif defined(__arm__) && defined(__ARMEL__)

/* start() may be Thumb code, so it needs bl, which the linker turns into blx; r7 carries the number (EABI). */
__asm__(".arm\n"
        ".globl _start\n"
        ".type _start, %function\n"
        "_start: mov r0, sp\n"
        "        bic sp, sp, #7\n"
        "        bl start\n");

static long system_call(long number, long a, long b, long c, long d, long e) {
    register long r7 __asm__("r7") = number;
    register long r0 __asm__("r0") = a;
    register long r1 __asm__("r1") = b;
    register long r2 __asm__("r2") = c;
    register long r3 __asm__("r3") = d;
    register long r4 __asm__("r4") = e;
    __asm__ volatile("svc #0" : "+r"(r0) : "r"(r7), "r"(r1), "r"(r2), "r"(r3), "r"(r4) : "memory");
    return r0;
}

#elif defined(__powerpc64__) && defined(__LITTLE_ENDIAN__)

/* r2 is the table of contents, through which compiled code finds its constants: nobody sets it but us.
   The zero in a new frame is the back chain's end; 32 bytes are the smallest frame of ELFv2. */
__asm__(".globl _start\n"
        "_start: lis 2, .TOC.@ha\n"
        "        addi 2, 2, .TOC.@l\n"
        "        mr 3, 1\n"
        "        clrrdi 1, 1, 4\n"
        "        li 0, 0\n"
        "        stdu 0, -32(1)\n"
        "        bl start\n"
        "        nop\n");

/* This kernel reports an error by the summary overflow bit of cr0 and a positive number. */
static long system_call(long number, long a, long b, long c, long d, long e) {
    register long r0 __asm__("r0") = number;
    register long r3 __asm__("r3") = a;
    register long r4 __asm__("r4") = b;
    register long r5 __asm__("r5") = c;
    register long r6 __asm__("r6") = d;
    register long r7 __asm__("r7") = e;
    __asm__ volatile("sc\n\t"
                     "bns+ 1f\n\t"
                     "neg 3, 3\n"
                     "1:"
                     : "+r"(r0), "+r"(r3), "+r"(r4), "+r"(r5), "+r"(r6), "+r"(r7)
                     :
                     : "r8", "r9", "r10", "r11", "r12", "cr0", "ctr", "xer", "memory");
    return r3;
}

#elif defined(__s390x__)

/* 160 bytes are the register save area that a caller owes its callee. */
__asm__(".globl _start\n"
        "_start: lgr %r2, %r15\n"
        "        aghi %r15, -160\n"
        "        xc 0(8,%r15), 0(%r15)\n"
        "        brasl %r14, start\n");

static long system_call(long number, long a, long b, long c, long d, long e) {
    register long r1 __asm__("r1") = number;
    register long r2 __asm__("r2") = a;
    register long r3 __asm__("r3") = b;
    register long r4 __asm__("r4") = c;
    register long r5 __asm__("r5") = d;
    register long r6 __asm__("r6") = e;
    __asm__ volatile("svc 0" : "+d"(r2) : "d"(r1), "d"(r3), "d"(r4), "d"(r5), "d"(r6) : "memory");
    return r2;
}

#elif defined(__riscv) && __riscv_xlen == 64

/* The linker shortens addresses to offsets from gp, so gp must be set, by an instruction that isn't shortened. */
__asm__(".globl _start\n"
        "_start: .option push\n"
        "        .option norelax\n"
        "        la gp, __global_pointer$\n"
        "        .option pop\n"
        "        mv a0, sp\n"
        "        tail start\n");

static long system_call(long number, long a, long b, long c, long d, long e) {
    register long a7 __asm__("a7") = number;
    register long a0 __asm__("a0") = a;
    register long a1 __asm__("a1") = b;
    register long a2 __asm__("a2") = c;
    register long a3 __asm__("a3") = d;
    register long a4 __asm__("a4") = e;
    __asm__ volatile("ecall" : "+r"(a0) : "r"(a7), "r"(a1), "r"(a2), "r"(a3), "r"(a4) : "memory");
    return a0;
}

#else
#error "The helper doesn't know how this architecture calls the kernel"
#endif

#if ENOENT != 2 || ENOEXEC != 8 || EACCES != 13 || EEXIST != 17 || EINVAL != 22 || ELOOP != 40
#error "This architecture numbers its errors differently: Java would misread the helper's answers"
#endif

typedef __u64 signal_set;  /* signal n is bit n - 1 */

/* As the kernel fills it; no header shows it to programs. */
struct directory_entry {
    __u64 inode;
    __s64 offset;
    unsigned short length;
    unsigned char type;
    char name[];
};

static long sys_read(int fd, void *buffer, long room) {
    return system_call(__NR_read, fd, (long) buffer, room, 0, 0);
}

static long sys_write(int fd, const void *bytes, long count) {
    return system_call(__NR_write, fd, (long) bytes, count, 0, 0);
}

static long sys_open_at(int directory, const char *path, int flags) {
    return system_call(__NR_openat, directory, (long) path, flags, 0644, 0);
}

static long sys_open(const char *path, int flags) {
    return sys_open_at(AT_FDCWD, path, flags);
}

static void sys_close(int fd) {
    system_call(__NR_close, fd, 0, 0, 0, 0);
}

static long sys_lock(int fd, int operation) {
    return system_call(__NR_flock, fd, operation, 0, 0, 0);
}

static long sys_read_link(const char *path, char *target, long room) {
    return system_call(__NR_readlinkat, AT_FDCWD, (long) path, (long) target, room, 0);
}

static long sys_read_directory(int fd, void *entries, long room) {
    return system_call(__NR_getdents64, fd, (long) entries, room, 0, 0);
}

static long sys_file_system(int fd, struct statfs *facts) {
    return system_call(__NR_fstatfs, fd, (long) facts, 0, 0, 0);
}

/* A file that is in no file system, and lives as long as somebody has it open. */
static long sys_memory_file(const char *name, unsigned flags) {
    return system_call(__NR_memfd_create, (long) name, flags, 0, 0, 0);
}

static long sys_remove(const char *path) {
    return system_call(__NR_unlinkat, AT_FDCWD, (long) path, 0, 0, 0);
}

static long sys_link_symbolically(const char *target, const char *path) {
    return system_call(__NR_symlinkat, (long) target, AT_FDCWD, (long) path, 0, 0);
}

static long sys_mount(const char *source, const char *directory, const char *type, unsigned long flags) {
    return system_call(__NR_mount, (long) source, (long) directory, (long) type, (long) flags, 0);
}

static long sys_pipe(int ends[2], int flags) {
    return system_call(__NR_pipe2, (long) ends, flags, 0, 0, 0);
}

static long sys_duplicate(int fd, int as) {
    return system_call(__NR_dup3, fd, as, 0, 0, 0);
}

static long sys_poll(struct pollfd *fds, long count, const struct __kernel_old_timespec *limit) {
    return system_call(__NR_ppoll, (long) fds, count, (long) limit, 0, 0);
}

/* A plain fork: no new stack, tell the parent by SIGCHLD. s390x takes the first two arguments the other way round. */
static long sys_fork(void) {
#if defined(__s390x__)
    return system_call(__NR_clone, 0, SIGCHLD, 0, 0, 0);
#else
    return system_call(__NR_clone, SIGCHLD, 0, 0, 0, 0);
#endif
}

static long sys_execute(const char *path, char *const *arguments, char *const *environment) {
    return system_call(__NR_execve, (long) path, (long) arguments, (long) environment, 0, 0);
}

static long sys_wait(int pid, int *status, int options) {
    return system_call(__NR_wait4, pid, (long) status, options, 0, 0);
}

static long sys_wait_for_event(int pid, siginfo_t *event, int options) {
    return system_call(__NR_waitid, P_PID, pid, (long) event, options, 0);
}

static long sys_kill(int pid, int signal) {
    return system_call(__NR_kill, pid, signal, 0, 0, 0);
}

static long sys_set_process_group(int pid, int group) {
    return system_call(__NR_setpgid, pid, group, 0, 0, 0);
}

static long sys_trace(long request, int pid, long data) {
    return system_call(__NR_ptrace, request, pid, 0, data, 0);
}

static int sys_own_pid(void) {
    return (int) system_call(__NR_getpid, 0, 0, 0, 0, 0);
}

static long sys_set_signal_mask(int how, const signal_set *set) {
    return system_call(__NR_rt_sigprocmask, how, (long) set, 0, sizeof *set, 0);
}

static long sys_signal_fd(const signal_set *set, int flags) {
    return system_call(__NR_signalfd4, -1, (long) set, sizeof *set, flags, 0);
}

static long sys_wait_for_signal(const signal_set *set, const struct __kernel_old_timespec *limit) {
    return system_call(__NR_rt_sigtimedwait, (long) set, 0, (long) limit, sizeof *set, 0);
}

static long sys_clock(int clock, struct __kernel_old_timespec *time) {
    return system_call(__NR_clock_gettime, clock, (long) time, 0, 0, 0);
}

__attribute__((noreturn)) static void sys_exit(int status) {
    for (;;) {
        system_call(__NR_exit_group, status, 0, 0, 0, 0);
    }
}

#endif
