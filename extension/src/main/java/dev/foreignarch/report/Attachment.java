package dev.foreignarch.report;

/**
 * A file that a test published, such as the log of a container.
 *
 * @param path where it is
 * @param end its last lines, as far as it is a text
 */
record Attachment(String path, String end) {}
