package dev.foreignarch.doctor;

import static dev.foreignarch.arch.Architecture.AMD64;
import static dev.foreignarch.arch.Architecture.ARM32V7;
import static dev.foreignarch.arch.Architecture.ARM64V8;
import static dev.foreignarch.arch.Architecture.LOONG64;
import static dev.foreignarch.arch.Architecture.PPC64LE;
import static dev.foreignarch.arch.Architecture.S390X;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.emulation.Diagnosis;
import dev.foreignarch.emulation.RegisteredHandler;
import dev.foreignarch.emulation.Verdict;
import dev.foreignarch.engine.EngineFacts;
import dev.foreignarch.engine.ImageStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReportTests {

    private static final EngineFacts FACTS =
            new EngineFacts("Docker", "26.1.5", AMD64, "6.18.44", ImageStore.CLASSIC, true, 2, 4L << 30);

    private final Report report = new Report(
            FACTS.toString(),
            Optional.of("tcp://192.0.2.1:2376"),
            FACTS,
            List.of(
                    new Verdict.Native(AMD64),
                    new Verdict.Emulated(ARM32V7, "/foreignarch/qemu-arm-static", Optional.of("7.2.22")),
                    new Verdict.Emulated(ARM64V8, "/run/rosetta/rosetta", Optional.empty()),
                    new Verdict.Explicit(PPC64LE, "/usr/bin/qemu-ppc64le-static of this machine"),
                    unavailable(S390X),
                    unavailable(LOONG64)),
            Map.of(
                    ARM32V7, new RegisteredHandler("qemu-arm", "/foreignarch/qemu-arm-static", "POCF", true),
                    ARM64V8, new RegisteredHandler("rosetta", "/run/rosetta/rosetta", "", false)),
            true);

    @Test
    void reads_well_in_80_columns() {
        assertThat(report.text()).isEqualTo("""
                engine       Docker 26.1.5 (rootless) on amd64, Linux 6.18.44
                address      tcp://192.0.2.1:2376
                image store  classic
                rootless     yes

                amd64        native
                arm32v7      emulated by qemu-arm (POCF), QEMU 7.2.22
                arm64v8      emulated by rosetta (no flags)
                ppc64le      explicit emulation by /usr/bin/qemu-ppc64le-static of this machine
                s390x        does not run
                loong64      does not run

                This engine's user namespace has got a table of emulators of its own, as
                foreignarch.registration=namespace gives it one. What is registered lasts only
                as long as a test run of ForeignArch needs it, and the engine sees no emulator
                of its host until it is restarted.

                s390x, loong64: a "reason" that takes more than a line, since there is so much
                to say about it.
                  seen: this
                  do:   that
                """);
    }

    @Test
    void tells_how_handlers_would_last() {
        EngineFacts rootful =
                new EngineFacts("Docker", "26.1.5", AMD64, "6.18.44", ImageStore.CLASSIC, false, 2, 4L << 30);

        assertThat(new Report(rootful.toString(), Optional.empty(), rootful, List.of(), Map.of(), true).text())
                .endsWith("""
                        rootless     no


                        The engine's host has not mounted binfmt_misc, the kernel's table of emulators.
                        What is registered lasts only as long as a test run of ForeignArch needs it. To
                        make it last: sudo mount -t binfmt_misc binfmt_misc /proc/sys/fs/binfmt_misc
                        """);
    }

    @Test
    void tells_machines_the_same() {
        assertThat(report.json()).isEqualTo("""
                {"engine":"Docker","address":"tcp://192.0.2.1:2376","version":"26.1.5","host":"amd64","kernel":"6.18.44","imageStore":"classic",\
                "rootless":true,"handlersLast":false,"architectures":[\
                {"name":"amd64","platform":"linux/amd64","runs":"native"},\
                {"name":"arm32v7","platform":"linux/arm/v7","runs":"emulated",\
                "interpreter":"/foreignarch/qemu-arm-static","version":"7.2.22","handler":"qemu-arm","flags":"POCF",\
                "registeredByForeignArch":true},\
                {"name":"arm64v8","platform":"linux/arm64","runs":"emulated",\
                "interpreter":"/run/rosetta/rosetta","handler":"rosetta","flags":"",\
                "registeredByForeignArch":false},\
                {"name":"ppc64le","platform":"linux/ppc64le","runs":"explicit",\
                "emulator":"/usr/bin/qemu-ppc64le-static of this machine"},\
                {"name":"s390x","platform":"linux/s390x","runs":"no",\
                "cause":"a \\"reason\\" that takes more than a line, since there is so much to say about it.",\
                "evidence":["this","engine: some"],"remedy":"that"},\
                {"name":"loong64","platform":"linux/loong64","runs":"no",\
                "cause":"a \\"reason\\" that takes more than a line, since there is so much to say about it.",\
                "evidence":["this","engine: some"],"remedy":"that"}]}
                """);
    }

    private static Verdict unavailable(Architecture architecture) {
        return new Verdict.Unavailable(
                architecture,
                new Diagnosis(
                        architecture,
                        "a \"reason\" that takes more than a line, since there is so much to say about it.",
                        List.of("this", "engine: some"),
                        "that"));
    }
}
