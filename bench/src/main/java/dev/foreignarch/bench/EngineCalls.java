package dev.foreignarch.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Stands between a client and the engine, and counts what the client asks for. */
final class EngineCalls implements AutoCloseable {

    private static final Pattern REQUEST = Pattern.compile("^(GET|POST|PUT|DELETE|HEAD) (/\\S*) HTTP/1\\.1\r\n");

    private final Path engine;
    private final ServerSocketChannel server;
    private final Map<String, Integer> calls = new ConcurrentSkipListMap<>();

    EngineCalls(Path engine) throws IOException {
        this.engine = engine;
        this.server = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        inBackground(this::serve);
    }

    /** Return where clients find the engine. */
    String address() throws IOException {
        return "tcp://127.0.0.1:" + ((InetSocketAddress) server.getLocalAddress()).getPort();
    }

    /** Return how often each kind of call was made, and forget it. */
    Map<String, Integer> taken() {
        Map<String, Integer> taken = new ConcurrentSkipListMap<>(calls);
        calls.clear();
        return taken;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void serve() throws IOException {
        while (server.isOpen()) {
            SocketChannel client = server.accept();
            SocketChannel upstream = SocketChannel.open(StandardProtocolFamily.UNIX);
            upstream.connect(UnixDomainSocketAddress.of(engine));
            inBackground(() -> copy(client, upstream, true));
            inBackground(() -> copy(upstream, client, false));
        }
    }

    /** A request begins with what is read after a pause: the client waits for each answer. */
    private void copy(SocketChannel from, SocketChannel to, boolean requests) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
        try (from;
                to) {
            while (from.read(buffer) >= 0) {
                buffer.flip();
                if (requests) {
                    count(ISO_8859_1.decode(buffer.duplicate()).toString());
                }
                writeAll(buffer, to);
                buffer.clear();
            }
        }
    }

    private static void writeAll(ByteBuffer buffer, ByteChannel to) throws IOException {
        while (buffer.hasRemaining()) {
            to.write(buffer);
        }
    }

    private void count(String read) {
        Matcher request = REQUEST.matcher(read);
        if (request.find()) {
            String path = request.group(2)
                    .replaceFirst("^/v[0-9.]+", "")
                    .replaceFirst("\\?.*", "")
                    .replaceFirst("^/(containers|exec)/(?!create|json)[^/]+", "/$1/…")
                    .replaceFirst("^/images/.*/json$", "/images/…/json")
                    .replaceFirst("^/images/.*helper.*", "/images/…");
            calls.merge(request.group(1) + " " + path, 1, Integer::sum);
        }
    }

    private interface Task {
        void run() throws IOException;
    }

    private static void inBackground(Task task) {
        Thread thread = new Thread(() -> {
            try {
                task.run();
            } catch (IOException closed) {
                // One side has closed the connection: that is how it ends.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }
}
