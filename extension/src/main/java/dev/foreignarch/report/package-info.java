/**
 * The report of a run: which test has which result on which architecture.
 *
 * <p>A listener of JUnit's Platform sees the tests of all engines, and knows by their report entries where each ran. What
 * it saw is kept in a file for each JVM, and the files of all JVMs of one build become one table: as HTML, as Markdown
 * and as text. Nothing imports this package, and a run without foreign architectures leaves no trace of it.
 */
@NullMarked
package dev.foreignarch.report;

import org.jspecify.annotations.NullMarked;
