package dev.foreignarch.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShellLineTests {

    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '`',
            value = {
                "server --port 80 => server --port 80",
                "exec server => server",
                "A=1 B='2 3' exec server x => server x",
                "cd /app && exec ./server => ./server",
                "set -e; export LEVEL=debug; server => server",
                "set -eu -o pipefail; server => server",
                "exec java $JAVA_OPTIONS -jar \"${APP}.jar\" => java $JAVA_OPTIONS -jar ${APP}.jar",
                "exec 'my server' \"with blanks\" => my server with blanks",
                "server >/dev/null 2>&1 => server",
                "server a\\ b # and a remark => server a b",
                "exec \"$@\" => first second"
            })
    void comesToAProgram(String line, String words) {
        assertThat(program(line).map(start -> String.join(" ", start.command())))
                .contains(words);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "echo hello",
                "other; server",
                "server & other",
                "server | other",
                "server || other",
                "if true; then server; fi",
                "while ! test -f /x; do sleep 1; done; /x",
                "(server)",
                "$SERVER",
                "${SERVER:-server}",
                "$(which server)",
                "`which server`",
                "\"$(which server)\"",
                "PATH=/opt/bin:$PATH server",
                "export PATH=/opt; server",
                "set -- server; exec \"$@\"",
                "shift; exec \"$@\"",
                "cd $HOME && server",
                "cat <<END\nserver\nEND",
                "exec",
                "exec -a name server",
                "~/server",
                "'without an end",
                "case $1 in x) server;; esac"
            })
    void isLeftOpenWhereItTakesAShell(String line) {
        assertThat(program(line)).isEmpty();
    }

    @Test
    void remembersWhereItHasGone() {
        assertThat(program("cd /app; cd bin; ./server").map(ProgramStart::directory))
                .contains("/app/bin");
        assertThat(program("server").map(ProgramStart::directory)).contains("/work");
    }

    private static Optional<ProgramStart> program(String line) {
        return ShellLine.program(line, List.of("first", "second"), "/work");
    }
}
