package dev.foreignarch.program;

import java.nio.file.Path;

/** Where the libraries of a dynamic program come from. */
enum Libraries {
    /** From an image that the user names. */
    OF_IMAGE {
        @Override
        void require(Path program, String loader) {
            // Whether the image has the loader, the start of the program tells.
        }
    },

    /** Nowhere: the program is alone in its container. */
    NONE {
        @Override
        void require(Path program, String loader) {
            throw new ProgramFileException(program + " is dynamically linked: it wants the loader " + loader
                    + " and libraries, but no image is named that has them. Name one, such as image ="
                    + " \"debian:bookworm-slim\", or link the program statically.");
        }
    },

    /** Nowhere: the program runs without any container engine. */
    OUT_OF_REACH {
        @Override
        void require(Path program, String loader) {
            throw new ProgramFileException(program + " is dynamically linked: it wants the loader " + loader
                    + " and libraries, but foreignarch.engine is none, and without an engine there is no image that has"
                    + " them. Link the program statically, or use a container engine.");
        }
    };

    /**
     * Insist on libraries.
     *
     * @throws ProgramFileException if there are none
     */
    abstract void require(Path program, String loader);
}
