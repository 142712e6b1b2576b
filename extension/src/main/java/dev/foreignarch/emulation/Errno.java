package dev.foreignarch.emulation;

import java.util.Map;

/** Error numbers of Linux that say something about handlers. They are the same on all hosts that we have a helper for. */
final class Errno {

    static final int EPERM = 1;
    static final int ENOENT = 2;
    static final int ENOEXEC = 8;
    static final int EACCES = 13;
    static final int EEXIST = 17;
    static final int ENODEV = 19;
    static final int EINVAL = 22;
    static final int EROFS = 30;
    static final int ELOOP = 40;
    static final int ENOTCONN = 107;

    private static final Map<Integer, String> WORDS = Map.of(
            EPERM, "operation not permitted (EPERM)",
            ENOENT, "no such file or directory (ENOENT)",
            ENOEXEC, "exec format error (ENOEXEC)",
            EACCES, "permission denied (EACCES)",
            EEXIST, "file exists (EEXIST)",
            ENODEV, "no such device (ENODEV)",
            EINVAL, "invalid argument (EINVAL)",
            EROFS, "read-only file system (EROFS)",
            ELOOP, "too many levels of symbolic links (ELOOP)",
            ENOTCONN, "transport endpoint is not connected (ENOTCONN)");

    private Errno() {}

    static String describe(int errno) {
        return WORDS.getOrDefault(errno, "error " + errno);
    }
}
