package dev.foreignarch.container;

import static dev.foreignarch.arch.Architecture.AMD64;
import static dev.foreignarch.arch.Architecture.ARM32V7;
import static dev.foreignarch.arch.Architecture.ARM64V8;
import static dev.foreignarch.arch.Architecture.I386;
import static dev.foreignarch.arch.Architecture.S390X;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.container.FirstProgram.Reading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FirstProgramTests {

    private static final Reading RIGHT = new Reading.Right();
    private static final Reading ABSENT = new Reading.Absent();

    @Test
    void isRightOnItsOwnArchitecture() {
        assertThat(read(new FakeStart("/server").program("/server", S390X))).isEqualTo(RIGHT);
    }

    @Test
    void isWrongOnAnother() {
        assertThat(read(new FakeStart("/server").program("/server", AMD64))).isEqualTo(wrong("/server"));
    }

    @Test
    void isTheFirstOneInThePathThatMayBeExecuted() {
        FakeStart start = new FakeStart("server")
                .variable("PATH", "/a:relative:/b:/c")
                .file("/a/server", "/a/server", false, S390X.elf().magic())
                .program("/b/server", AMD64)
                .program("/c/server", S390X);

        assertThat(read(start)).isEqualTo(wrong("/b/server"));
        assertThat(start.reads()).containsExactly("/a/server", "/b/server");
    }

    @Test
    void isFoundInTheUsualPlacesWithoutAPath() {
        assertThat(read(new FakeStart("server").program("/usr/local/bin/server", AMD64)))
                .isEqualTo(wrong("/usr/local/bin/server"));
    }

    @Test
    void isFoundFromTheDirectory() {
        assertThat(read(new FakeStart("./server").in("/app").program("/app/./server", AMD64)))
                .isEqualTo(wrong("/app/./server"));
    }

    @Test
    void isToldByWhereLinksLead() {
        assertThat(read(new FakeStart("/bin/sleep", "1")
                        .program("/bin/busybox", AMD64)
                        .link("/bin/sleep", "/bin/busybox")))
                .isEqualTo(wrong("/bin/busybox"));
    }

    @Test
    void mayRunOnAWiderMachine() {
        assertThat(read(new FakeStart("/server").program("/server", I386), AMD64))
                .isEqualTo(RIGHT);
        assertThat(read(new FakeStart("/server").program("/server", ARM32V7), ARM64V8))
                .isEqualTo(RIGHT);
        assertThat(read(new FakeStart("/server").program("/server", ARM64V8), ARM32V7))
                .isEqualTo(new Reading.Wrong("/server", ARM64V8.elf()));
    }

    @Test
    void isTheInterpreterOfAScript() {
        assertThat(read(new FakeStart("/run.sh").program("/bin/bash", AMD64).script("/run.sh", "#! /bin/bash -e\nx\n")))
                .isEqualTo(wrong("/bin/bash"));
        assertThat(read(new FakeStart("/run.js")
                        .program("/usr/bin/env", S390X)
                        .program("/bin/node", AMD64)
                        .script("/run.js", "#!/usr/bin/env node\n")))
                .isEqualTo(wrong("/bin/node"));
    }

    @Test
    void isWhatAScriptEndsWith() {
        FakeStart start = shell("/entry.sh", "server", "--port", "80")
                .script("/entry.sh", "#!/bin/sh\n# a remark\nset -e\nexec \"$@\"\n")
                .program("/usr/bin/server", AMD64);

        assertThat(read(start)).isEqualTo(wrong("/usr/bin/server"));
    }

    @Test
    void isLeftOpenBehindAScriptThatDecides() {
        FakeStart start = shell("/entry.sh", "server")
                .script("/entry.sh", "#!/bin/sh\nif [ \"$1\" = x ]; then exec other; fi\nexec \"$@\"\n")
                .program("/usr/bin/server", AMD64);

        assertThat(read(start)).isEqualTo(RIGHT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sh -c|exec server --port 80",
                "sh -ec|cd /tmp && server",
                "/bin/sh /start",
                "busybox sh -c|server",
                "tini -- sh -c|exec server",
                "env A=1 sh /start",
                "/entry.sh server",
                "/foreignarch/qemu-s390x-static -0 server /usr/bin/server",
                "/foreignarch/qemu-s390x-static /bin/sh /start"
            })
    void isFoundBehindWhateverStartsIt(String command) {
        String[] words = command.contains("|")
                ? (command.substring(0, command.indexOf('|')).replace(' ', '|')
                                + command.substring(command.indexOf('|')))
                        .split("\\|")
                : command.split(" ");
        FakeStart start = shell(words)
                .program("/bin/busybox", S390X)
                .program("/usr/bin/tini", S390X)
                .program("/usr/bin/env", S390X)
                .script("/start", "exec /usr/bin/server\n")
                .script("/entry.sh", "#!/bin/sh\nexec tini -- \"$@\"\n")
                .program("/usr/bin/server", AMD64);

        assertThat(read(start)).isEqualTo(wrong("/usr/bin/server"));
    }

    @Test
    void isAbsentIfNoFileHasItsName() {
        assertThat(read(new FakeStart("/server"))).isEqualTo(ABSENT);
        assertThat(read(shell("sh", "-c", "/server"))).isEqualTo(ABSENT);
    }

    @Test
    void isAbsentWhereTheEngineDoesNotShowIt() {
        assertThat(read(new FakeStart("/forbidden/server"))).isEqualTo(ABSENT);
    }

    @Test
    void needNotEnd() {
        assertThat(read(shell("/a").script("/a", "#!/b\n").script("/b", "#!/a\n")))
                .isEqualTo(RIGHT);
    }

    @Test
    void isLeftToTheKernelIfItIsNoProgram() {
        assertThat(read(new FakeStart("/text").script("/text", "echo\n"))).isEqualTo(RIGHT);
        assertThat(read(new FakeStart("/text").script("/text", "#!\n"))).isEqualTo(RIGHT);
    }

    private static FakeStart shell(String... command) {
        return new FakeStart(command).program("/bin/sh", S390X);
    }

    private static Reading wrong(String path) {
        return new Reading.Wrong(path, AMD64.elf());
    }

    private static Reading read(FakeStart start) {
        return read(start, S390X);
    }

    private static Reading read(FakeStart start, Architecture architecture) {
        return new FirstProgram(start, architecture).read();
    }
}
