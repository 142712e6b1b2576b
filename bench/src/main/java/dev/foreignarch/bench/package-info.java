/** The benchmark: test classes with and without ForeignArch, run in turns. */
@org.jspecify.annotations.NullMarked
package dev.foreignarch.bench;
