package dev.foreignarch.program;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.arch.Placeholders;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** The path of a program, in which placeholders stand for the names of an architecture. */
final class ProgramPath {

    private ProgramPath() {}

    /**
     * Fill the placeholders in.
     *
     * @throws ProgramFileException if a placeholder is unknown, or the result is no path
     */
    static Path of(String path, Architecture architecture) {
        String filled;
        try {
            filled = Placeholders.fill(path, architecture);
        } catch (IllegalArgumentException unknown) {
            throw new ProgramFileException("The path " + path + " " + unknown.getMessage());
        }
        try {
            return Path.of(filled);
        } catch (InvalidPathException invalid) {
            throw new ProgramFileException("'" + filled + "' is no path of a file: " + invalid.getReason() + ".");
        }
    }
}
