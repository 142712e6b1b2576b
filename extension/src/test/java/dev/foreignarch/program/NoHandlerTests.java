package dev.foreignarch.program;

import static dev.foreignarch.arch.Architecture.ARM32V5;
import static dev.foreignarch.arch.Architecture.ARM32V7;
import static dev.foreignarch.arch.Architecture.S390X;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.emulation.Emulation;
import dev.foreignarch.emulation.EmulationSettings;
import dev.foreignarch.emulation.Registration;
import dev.foreignarch.emulation.Verdict;
import dev.foreignarch.engine.PrivateEngine;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Programs run where the kernel's table has no handler, and nobody may register one: forbidden, or refused. */
@Tag("engine")
class NoHandlerTests {

    @RegisterExtension
    @Order(1)
    static final PrivateEngine EMPTY = PrivateEngine.with();

    /** It may write to the table of its machine as little as its user may. */
    @RegisterExtension
    @Order(2)
    static final PrivateEngine ROOTLESS = PrivateEngine.inside(EMPTY, "--rootless");

    /** It refuses privileged containers, and its host has no table mounted: nothing can be registered. */
    @RegisterExtension
    static final PrivateEngine REFUSING = PrivateEngine.with("--docker20", "--no-binfmt-mount");

    private static final List<Architecture> ARCHITECTURES = List.of(ARM32V7, S390X);

    @TempDir
    static Path directory;

    @BeforeAll
    static void install() throws Exception {
        try (Emulation lender = Emulation.onDefaultEngine(EmulationSettings.DEFAULT)) {
            for (Architecture architecture : ARCHITECTURES) {
                Busybox.install(lender.engine(), architecture, directory);
            }
        }
    }

    @Test
    void where_registration_is_forbidden_the_emulator_is_put_before_the_program() {
        String before = EMPTY.sh("ls /proc/sys/fs/binfmt_misc");

        assertRuns(EMPTY, new EmulationSettings(Registration.NEVER, Optional.empty()));

        assertThat(EMPTY.sh("ls /proc/sys/fs/binfmt_misc")).isEqualTo(before).doesNotContain("qemu");
    }

    @Test
    void where_the_engine_refuses_privileges_too() {
        assertRuns(REFUSING, EmulationSettings.DEFAULT);
    }

    @Test
    void where_the_engine_is_rootless() {
        assertRuns(ROOTLESS, EmulationSettings.DEFAULT);
    }

    @Test
    void the_first_run_after_the_emulator_was_copied_in_finds_it() throws Exception {
        Path file;
        try (Emulation lender = Emulation.onDefaultEngine(EmulationSettings.DEFAULT)) {
            file = Busybox.install(lender.engine(), ARM32V5, directory);
        }
        try (Emulation emulation =
                Emulation.on(EMPTY.engine(), new EmulationSettings(Registration.NEVER, Optional.empty()))) {
            for (int round = 0; round < 10; round++) {
                try (Programs programs = Programs.on(emulation, ProgramSettings.DEFAULT);
                        Program program = programs.open(ProgramSpec.of(file.toString()), ARM32V5)) {
                    assertThat(program.run("echo", "here").orThrow().stdout()).isEqualTo("here\n");
                }
            }
        }
    }

    @Test
    void a_foreign_child_is_explained() {
        try (Emulation emulation =
                        Emulation.on(EMPTY.engine(), new EmulationSettings(Registration.NEVER, Optional.empty()));
                Programs programs = Programs.on(emulation, ProgramSettings.DEFAULT);
                Program program = programs.open(
                        ProgramSpec.of(directory.resolve("busybox-s390x").toString()), S390X)) {
            ProgramResult result = program.run("sh", "-c", program.location() + " true");

            assertThat(result.exitCode()).isEqualTo(126);
            assertThat(result.notes())
                    .containsExactly(
                            "busybox-s390x has tried to start another program for s390x. Explicit emulation runs"
                                    + " one program and none that it starts: those need a handler in the kernel's table. Let"
                                    + " ForeignArch register one (foreignarch.registration=auto, and emulation = AUTOMATIC), or"
                                    + " register one yourself: docker run --privileged --rm tonistiigi/binfmt:qemu-v10.2.3@sha256:400a4873b838d1b89194d982c45e5fb3cda4593fbfd7e08a02e76b03b21166f0 --install s390x");
        }
    }

    private static void assertRuns(PrivateEngine host, EmulationSettings settings) {
        try (Emulation emulation = Emulation.on(host.engine(), settings);
                Programs programs = Programs.on(emulation, ProgramSettings.DEFAULT)) {
            Map<Architecture, Verdict> verdicts = programs.prepare(ARCHITECTURES);
            assertThat(verdicts.values()).hasOnlyElementsOfType(Verdict.Explicit.class);
            for (Architecture architecture : ARCHITECTURES) {
                String path = directory.resolve("busybox-" + architecture).toString();
                try (Program program = programs.open(ProgramSpec.of(path), architecture)) {
                    assertThat(program.run("uname", "-m").orThrow().stdout().strip())
                            .isEqualTo(architecture.machineName());
                    assertThat(program.summary()).startsWith("explicit emulation by");
                }
            }
        }
    }
}
