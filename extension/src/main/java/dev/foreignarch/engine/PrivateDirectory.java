package dev.foreignarch.engine;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Objects;
import java.util.Set;

/**
 * A directory of this user's own, at a place where anybody may make one of that name before. What is not the user's, or
 * leads elsewhere, is not used: its owner could hold a lock in it for ever.
 */
final class PrivateDirectory {

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    private PrivateDirectory() {}

    /**
     * Return the directory, made if need be.
     *
     * @throws IOException if there is something else; the message says what
     */
    static Path at(Path directory) throws IOException {
        try {
            if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                make(directory);
                check(directory);
            } else {
                // Elsewhere each user has a temporary directory of their own.
                Files.createDirectories(directory);
            }
            return directory;
        } catch (FileSystemException failure) {
            throw new IOException(directory + " can't be used for locks (" + failure + ")", failure);
        }
    }

    private static void make(Path directory) throws IOException {
        try {
            Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        } catch (FileAlreadyExistsException perhapsOurs) {
            // It is looked at in any case.
        }
    }

    private static void check(Path directory) throws IOException {
        PosixFileAttributes found =
                Files.readAttributes(directory, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!found.isDirectory()) {
            throw new IOException(directory + " is " + (found.isSymbolicLink() ? "a link" : "no directory")
                    + ", and not used for locks");
        }
        UserPrincipal user =
                owner(Objects.requireNonNull(directory.toAbsolutePath().getParent(), "it has a name, and so a parent"));
        if (!found.owner().equals(user)) {
            throw new IOException(directory + " belongs to " + found.owner().getName() + ", not to " + user.getName()
                    + ", and is not used for locks");
        }
        if (!found.permissions().equals(OWNER_ONLY)) {
            Files.getFileAttributeView(directory, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    .setPermissions(OWNER_ONLY);
        }
    }

    /** Java does not tell which user runs it; who owns a file that it makes does. */
    private static UserPrincipal owner(Path parent) throws IOException {
        Path mine = Files.createTempFile(parent, "foreignarch-", ".owner");
        try {
            return Files.getOwner(mine, LinkOption.NOFOLLOW_LINKS);
        } finally {
            Files.delete(mine);
        }
    }
}
