package dev.foreignarch.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LaunchersTests {

    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            value = {
                "/usr/bin/env node app.js => node app.js",
                "env -i A=1 B=2 node => node",
                "env -u HOME node => node",
                "env -S node --watch app.js => node --watch app.js",
                "tini server => server",
                "/sbin/tini -g -e 143 -- server -x => server -x",
                "tini -e143 server => server",
                "dumb-init -r 15:2 --single-child server => server",
                "gosu postgres postgres -D /data => postgres -D /data",
                "su-exec redis:redis redis-server => redis-server",
                "nice -n 5 server => server",
                "nice -n5 server => server",
                "timeout -s KILL 10 server => server",
                "stdbuf -oL server => server",
                "nohup server => server"
            })
    void startWhatTheyName(String launcher, String started) {
        assertThat(startedBy(launcher)).contains(started);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "server --port 80",
                "env",
                "env A=1",
                "env --chdir=/x server",
                "env PATH=/opt server",
                "tini",
                "tini --unknown server",
                "tini -e",
                "gosu postgres",
                "timeout 10"
            })
    void leaveItOpen(String command) {
        assertThat(startedBy(command)).isEmpty();
    }

    private static Optional<String> startedBy(String command) {
        return Launchers.startedBy(new ProgramStart(List.of(command.split(" ")), "/"))
                .map(start -> String.join(" ", start.command()));
    }
}
