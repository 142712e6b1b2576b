package dev.foreignarch.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A registry that answers whoever asks for an image in the same way. */
public final class RefusingRegistry implements AutoCloseable {

    private final int status;
    private final byte[] body;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    /**
     * Start one.
     *
     * @param status status of its answers
     * @param code code of the error, as the registry's API names it
     * @param message the error in words
     */
    public RefusingRegistry(int status, String code, String message) throws IOException {
        this.status = status;
        this.body = ("{\"errors\": [{\"code\": \"" + code + "\", \"message\": \"" + message + "\"}]}").getBytes(UTF_8);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v2/", this::answer);
        // Engines try TLS first, and keep a thread busy with it.
        server.setExecutor(threads);
        server.start();
    }

    /** Return host and port. */
    public String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            boolean greeting = exchange.getRequestURI().getPath().equals("/v2/");
            boolean head = exchange.getRequestMethod().equals("HEAD");
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(greeting ? 200 : status, greeting || head ? -1 : body.length);
            if (!greeting && !head) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdown();
    }
}
