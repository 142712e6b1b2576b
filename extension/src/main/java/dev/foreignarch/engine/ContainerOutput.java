package dev.foreignarch.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a program in a container has printed so far, as the engine's connection to it shows. */
final class ContainerOutput extends ResultCallback.Adapter<Frame> {

    private final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();

    private volatile boolean ended;
    private boolean connected;
    private @Nullable Throwable broken;

    @Override
    public void onStart(Closeable stream) {
        super.onStart(stream);
        synchronized (this) {
            connected = true;
            notifyAll();
        }
    }

    /**
     * Wait until the engine passes on what is printed.
     *
     * @throws EngineException if it does not within the limit, or refuses
     */
    synchronized void awaitConnected(Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!connected && !ended) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                throw new EngineException(EngineException.notAttached(limit), null);
            }
            wait(left);
        }
        insistOnConnection();
    }

    /** Tell an end of the program from an end of the connection to it. */
    synchronized void insistOnConnection() {
        Throwable reason = broken;
        if (reason != null) {
            throw new EngineException("the connection to a container broke: " + EngineException.words(reason), reason);
        }
    }

    /**
     * Wait until the program has printed what is expected, or ended.
     *
     * @return false if the time is up
     */
    synchronized boolean awaitPrintedOrEnded(Predicate<String> complete, Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!ended && !complete.test(text())) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    /** Return whether nothing more will come: the program has ended, or the connection to it. */
    boolean hasEnded() {
        return ended;
    }

    /** Return the standard output. */
    byte[] bytes() {
        return stdout.toByteArray();
    }

    /** Return the standard output as text. */
    String text() {
        return stdout.toString(UTF_8);
    }

    /** Return the standard error. */
    byte[] errorBytes() {
        return stderr.toByteArray();
    }

    /** Return the standard error as text. */
    String errorText() {
        return stderr.toString(UTF_8);
    }

    @Override
    public synchronized void onNext(Frame frame) {
        (frame.getStreamType() == StreamType.STDERR ? stderr : stdout).writeBytes(frame.getPayload());
        notifyAll();
    }

    @Override
    public void onComplete() {
        end();
        super.onComplete();
    }

    @Override
    public void onError(Throwable reason) {
        synchronized (this) {
            broken = reason;
        }
        end();
        super.onError(reason);
    }

    private synchronized void end() {
        ended = true;
        notifyAll();
    }
}
