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

/** A way to the machine's engine that can be cut off, or go silent. */
final class EngineProxy implements AutoCloseable {

    private final ServerSocketChannel server;
    private final Set<SocketChannel> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicInteger left = new AtomicInteger();
    private volatile String fatalWords = "";
    private volatile boolean silent;

    EngineProxy() throws IOException {
        server = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        start(this::accept);
    }

    /** Return the address in Docker's notation. */
    String address() throws IOException {
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
                SocketChannel far = SocketChannel.open(UnixDomainSocketAddress.of(
                        URI.create(System.getenv().getOrDefault("DOCKER_HOST", "unix:///var/run/docker.sock"))
                                .getPath()));
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
