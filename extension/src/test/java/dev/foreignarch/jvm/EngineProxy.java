package dev.foreignarch.jvm;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** A way to an engine that can be cut off, go silent, or refuse. */
public final class EngineProxy implements AutoCloseable {

    private final URI engine;
    private final ServerSocketChannel server;
    private final Set<SocketChannel> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicInteger left = new AtomicInteger();
    private volatile String fatalWords = "";
    private volatile String forbiddenWords = "";
    private volatile String refusal = "";
    private volatile boolean silent;

    /** Make a way to the machine's engine. */
    EngineProxy() throws IOException {
        this(URI.create(System.getenv().getOrDefault("DOCKER_HOST", "unix:///var/run/docker.sock")));
    }

    /** Make a way to the engine with this socket. */
    public EngineProxy(URI engine) throws IOException {
        this.engine = engine;
        server = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        start(this::accept);
    }

    /** Return the address in Docker's notation. */
    public String address() throws IOException {
        return "tcp://127.0.0.1:" + ((InetSocketAddress) server.getLocalAddress()).getPort();
    }

    /** Let nothing through, in either direction, without a word. */
    void beSilent() {
        silent = true;
    }

    /** Be silent as soon as so many requests have these words, and don't let the last of them through. */
    void beSilentAt(String words, int times) {
        fatalWords = words;
        left.set(times);
    }

    /** Refuse requests that have these words, in others. */
    public void forbid(String words, String reason) {
        refusal = reason;
        forbiddenWords = words;
    }

    private boolean isForbidden(ByteBuffer request) {
        return !forbiddenWords.isEmpty()
                && StandardCharsets.ISO_8859_1
                        .decode(request.duplicate())
                        .toString()
                        .contains(forbiddenWords);
    }

    private ByteBuffer forbidden() {
        String body = "{\"message\":\"" + refusal + "\"}";
        return StandardCharsets.ISO_8859_1.encode("HTTP/1.1 403 Forbidden\r\nContent-Type: application/json\r\n"
                + "Connection: close\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
    }

    private boolean isFatal(ByteBuffer request) {
        return !fatalWords.isEmpty()
                && StandardCharsets.ISO_8859_1
                        .decode(request.duplicate())
                        .toString()
                        .contains(fatalWords)
                && left.decrementAndGet() <= 0;
    }

    /** Return whether nothing gets through anymore. */
    boolean isSilent() {
        return silent;
    }

    /** Cut all connections, and accept no more. */
    void cut() throws IOException {
        server.close();
        for (SocketChannel socket : sockets) {
            socket.close();
        }
    }

    @Override
    public void close() throws IOException {
        cut();
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel near = server.accept();
                SocketChannel far = SocketChannel.open(UnixDomainSocketAddress.of(engine.getPath()));
                sockets.add(near);
                sockets.add(far);
                start(() -> copy(near, far));
                start(() -> copy(far, near));
            }
        } catch (IOException closed) {
            // That was the last one.
        }
    }

    private void copy(SocketChannel from, SocketChannel to) {
        ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
        try (from;
                to) {
            while (from.read(buffer) >= 0) {
                buffer.flip();
                if (isForbidden(buffer)) {
                    from.write(forbidden());
                    return;
                }
                silent |= isFatal(buffer);
                while (silent) {
                    LockSupport.parkNanos(10_000_000);
                }
                while (buffer.hasRemaining()) {
                    to.write(buffer);
                }
                buffer.clear();
            }
        } catch (IOException closed) {
            // One end's end is the other's.
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "engine-proxy");
        thread.setDaemon(true);
        thread.start();
    }
}
