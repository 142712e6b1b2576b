package dev.foreignarch.jvm.launch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Optional;

/**
 * Tells where to attach a debugger, as soon as a JVM says that it waits for one: an emulated JVM needs a while until it
 * does.
 */
final class DebuggerWait implements JvmLauncher.Output {

    private static final String LISTENING = "Listening for transport";

    private final JvmLauncher.Output output;
    private String last = "";
    private boolean listening;
    private Optional<String> invitation = Optional.empty();

    /**
     * Watch what a JVM prints.
     *
     * @param output takes all of it
     */
    DebuggerWait(JvmLauncher.Output output) {
        this.output = output;
    }

    /** Print an invitation when the JVM waits, which may be now. */
    synchronized void invite(String text) {
        invitation = Optional.of(text);
        printIfReady();
    }

    @Override
    public void stdout(byte[] bytes) {
        look(new String(bytes, ISO_8859_1));
        output.stdout(bytes);
    }

    private synchronized void look(String printed) {
        if (!listening) {
            String text = last + printed;
            listening = text.contains(LISTENING);
            last = text.substring(Math.max(0, text.length() - LISTENING.length()));
            printIfReady();
        }
    }

    private void printIfReady() {
        if (listening) {
            invitation.ifPresent(System.out::println);
            invitation = Optional.empty();
        }
    }

    @Override
    public void stderr(byte[] bytes) {
        output.stderr(bytes);
    }

    @Override
    public void end() {
        output.end();
    }
}
