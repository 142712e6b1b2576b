package dev.foreignarch.jvm.launch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** When a debugger is invited. */
@ResourceLock(Resources.SYSTEM_OUT)
class DebuggerWaitTests implements JvmLauncher.Output {

    private final ByteArrayOutputStream passedOn = new ByteArrayOutputStream();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final DebuggerWait wait = new DebuggerWait(this);
    private final PrintStream before = System.out;

    @BeforeEach
    void listen() {
        System.setOut(new PrintStream(printed, true, UTF_8));
    }

    @AfterEach
    void restore() {
        System.setOut(before);
    }

    @Test
    void notBeforeTheJvmListens() {
        wait.invite("attach");
        wait.stdout("Picked up something\nListening for tra".getBytes(UTF_8));
        assertThat(printed.toString(UTF_8)).isEmpty();

        wait.stdout("nsport dt_socket at address: 5005\n".getBytes(UTF_8));
        wait.stdout("Listening for transport dt_socket at address: 5005\n".getBytes(UTF_8));

        assertThat(printed.toString(UTF_8)).isEqualToNormalizingNewlines("attach\n");
    }

    @Test
    void atOnceIfItListensAlready() {
        wait.stdout("Listening for transport dt_socket at address: 5005\n".getBytes(UTF_8));
        assertThat(printed.toString(UTF_8)).isEmpty();

        wait.invite("attach");

        assertThat(printed.toString(UTF_8)).isEqualToNormalizingNewlines("attach\n");
    }

    @Test
    void allThatIsPrintedIsPassedOn() {
        wait.stdout("a".getBytes(UTF_8));
        wait.stderr("b".getBytes(UTF_8));
        wait.end();

        assertThat(passedOn.toString(UTF_8)).isEqualTo("a!b.");
    }

    @Override
    public void stdout(byte[] bytes) {
        passedOn.writeBytes(bytes);
    }

    @Override
    public void stderr(byte[] bytes) {
        passedOn.write('!');
        passedOn.writeBytes(bytes);
    }

    @Override
    public void end() {
        passedOn.write('.');
    }
}
