package dev.foreignarch.emulation;

import dev.foreignarch.arch.ElfFile;
import dev.foreignarch.engine.Engine;
import dev.foreignarch.engine.EngineException;
import java.util.Optional;

/**
 * What the engine's host has at the path of a handler's interpreter.
 *
 * @param state whether there is a file
 * @param elf what the file is, if it is a program
 */
record InterpreterFile(State state, Optional<ElfFile> elf) {

    /** Whether there is a file. */
    enum State {
        /** There is one. */
        PRESENT,
        /** There is none. */
        ABSENT,
        /** The engine does not show it. */
        HIDDEN
    }

    /** Look, with an image that the engine has. Nothing is run. */
    static InterpreterFile look(Engine engine, String image, String path) {
        try {
            return engine.readHostFile(image, path)
                    .map(content -> new InterpreterFile(State.PRESENT, ElfFile.read(content)))
                    .orElse(new InterpreterFile(State.ABSENT, Optional.empty()));
        } catch (EngineException hidden) {
            return new InterpreterFile(State.HIDDEN, Optional.empty());
        }
    }
}
