package dev.foreignarch.container;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes a text for a shell apart into commands and words. Texts that need a shell to be understood are refused: pipes,
 * groups, what runs in the background, substituted commands, texts within texts, and patterns.
 */
final class ShellWords {

    private final String text;
    private final List<List<String>> commands = new ArrayList<>();
    private List<String> command = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean within;
    private int position;

    private ShellWords(String text) {
        this.text = text;
    }

    /**
     * Read a text.
     *
     * @return the words of each command, in which variables are left as they are; absent if it is not so simple
     */
    static Optional<List<List<String>>> commands(String text) {
        ShellWords words = new ShellWords(text);
        return words.read() ? Optional.of(words.commands) : Optional.empty();
    }

    private boolean read() {
        while (position < text.length()) {
            char next = text.charAt(position++);
            boolean understood = switch (next) {
                case '\'' -> quote();
                case '"' -> doubleQuote();
                case '\\' -> escape();
                case '$' -> variable();
                case '#' -> within ? append(next) : comment();
                case ';', '\n' -> next(next);
                case '&' -> isNext('&') && next(text.charAt(position++));
                case '>', '<' -> redirection();
                case '|', '(', ')', '`', '*', '?' -> false;
                case ' ', '\t', '\r' -> endWord();
                default -> append(next);
            };
            if (!understood) {
                return false;
            }
        }
        return endWord() && endCommand();
    }

    private boolean isNext(char wanted) {
        return position < text.length() && text.charAt(position) == wanted;
    }

    private boolean append(char next) {
        within = true;
        word.append(next);
        return true;
    }

    private boolean endWord() {
        if (within) {
            command.add(word.toString());
            word.setLength(0);
            within = false;
        }
        return true;
    }

    private boolean endCommand() {
        if (!command.isEmpty()) {
            commands.add(command);
            command = new ArrayList<>();
        }
        return true;
    }

    /** Two semicolons stand in branches only. */
    private boolean next(char separator) {
        return !(separator == ';' && isNext(';')) && endWord() && endCommand();
    }

    private boolean comment() {
        int end = text.indexOf('\n', position);
        position = end < 0 ? text.length() : end;
        return true;
    }

    private boolean quote() {
        int end = text.indexOf('\'', position);
        if (end < 0) {
            return false;
        }
        within = true;
        word.append(text, position, end);
        position = end + 1;
        return true;
    }

    private boolean doubleQuote() {
        within = true;
        while (position < text.length()) {
            char next = text.charAt(position++);
            if (next == '"') {
                return true;
            }
            if (next == '`' || (next == '$' && isNext('('))) {
                return false;
            }
            if (next == '\\' && position < text.length()) {
                char escaped = text.charAt(position++);
                if ("$`\"\\".indexOf(escaped) < 0 && escaped != '\n') {
                    word.append(next);
                }
                if (escaped != '\n') {
                    word.append(escaped);
                }
            } else {
                word.append(next);
            }
        }
        return false;
    }

    private boolean escape() {
        if (position < text.length()) {
            char escaped = text.charAt(position++);
            return escaped == '\n' || append(escaped);
        }
        return false;
    }

    /** Without quotes, {@code $@} is taken apart further where an argument has blanks. */
    private boolean variable() {
        if (isNext('(') || isNext('\'')) {
            return false;
        }
        append('$');
        if (isNext('{')) {
            int end = text.indexOf('}', position);
            String name = end < 0 ? "" : text.substring(position, end + 1);
            if (name.isEmpty() || name.indexOf('(') >= 0 || name.indexOf('`') >= 0) {
                return false;
            }
            word.append(name);
            position = end + 1;
        }
        return true;
    }

    /** Where the output goes does not matter; a text that follows in the next lines would. */
    private boolean redirection() {
        if (isNext('<') || isNext('(')) {
            return false;
        }
        if (within && word.chars().allMatch(Character::isDigit)) {
            word.setLength(0);
            within = false;
        }
        endWord();
        while (isNext('>') || isNext('&') || isNext(' ') || isNext('|')) {
            position++;
        }
        while (position < text.length() && " \t\n;&|".indexOf(text.charAt(position)) < 0) {
            if ("'\"$`(".indexOf(text.charAt(position++)) >= 0) {
                return false;
            }
        }
        return true;
    }
}
