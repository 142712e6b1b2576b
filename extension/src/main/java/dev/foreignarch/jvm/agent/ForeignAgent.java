package dev.foreignarch.jvm.agent;

import static org.apiguardian.api.API.Status.INTERNAL;

import dev.foreignarch.jvm.wire.Command;
import dev.foreignarch.jvm.wire.Event;
import java.io.DataInputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.apiguardian.api.API;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * The program of a foreign JVM. It obeys the commands on standard input, and ends with them: a local JVM that dies in
 * whatever way takes this one along.
 */
@API(status = INTERNAL, since = "0.1")
public final class ForeignAgent {

    /** How the names of this program's own threads begin. */
    static final String THREAD_PREFIX = "foreignarch-";

    private final EventChannel channel;
    private final BlockingQueue<Command.Run> runs = new LinkedBlockingQueue<>();

    private ForeignAgent(EventChannel channel) {
        this.channel = channel;
    }

    /**
     * Run the program.
     *
     * @param arguments none
     * @throws InterruptedException if somebody interrupts it
     */
    public static void main(String[] arguments) throws InterruptedException {
        DataInputStream commands = new DataInputStream(new FileInputStream(FileDescriptor.in));
        System.setIn(InputStream.nullInputStream());
        EventChannel channel = EventChannel.onStandardOutput();
        EventOutput.replaceSystemStreams(channel);
        ForeignAgent agent = new ForeignAgent(channel);
        start("commands", () -> agent.listen(commands));
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> channel.send(new Event.Exiting(ThreadDump.ofExit().orElse(""))), THREAD_PREFIX + "exit"));
        channel.send(Greeting.hello());
        agent.obey();
    }

    private static void start(String name, Runnable work) {
        Thread thread = new Thread(work, THREAD_PREFIX + name);
        thread.setDaemon(true);
        thread.start();
    }

    private void listen(DataInputStream commands) {
        try {
            while (true) {
                Command command = Command.decode(commands.readNBytes(commands.readInt()));
                if (command instanceof Command.Run run) {
                    runs.add(run);
                } else if (command instanceof Command.End) {
                    // Even then a JVM makes the archive that it was told to make.
                    Runtime.getRuntime().halt(0);
                } else {
                    channel.send(new Event.Threads(ThreadDump.text()));
                }
            }
        } catch (IOException | RuntimeException noMoreCommands) {
            // Neither shutdown hooks nor anything that a test left running may keep this JVM.
            Runtime.getRuntime().halt(0);
        }
    }

    private void obey() throws InterruptedException {
        try (LauncherSession session = LauncherFactory.openSession()) {
            TestRun testRun = new TestRun(session.getLauncher(), channel);
            while (true) {
                testRun.run(runs.take());
            }
        }
    }
}
