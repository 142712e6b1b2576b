package dev.foreignarch.jupiter;

import org.junit.jupiter.api.extension.Extension;

/** The extension behind {@link ForeignArch} and {@link ForeignArchTest}. */
final class ForeignArchExtension implements Extension {}
