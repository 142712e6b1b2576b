package dev.foreignarch.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The {@link LocalRegistry}, at another port, for those only who know a password. */
public final class PasswordRegistry implements AutoCloseable {

    private static final String CREDENTIALS = Base64.getEncoder().encodeToString("ada:lovelace".getBytes(UTF_8));

    private final HttpClient http = HttpClient.newHttpClient();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    /** Start one. */
    public PasswordRegistry() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    /** Return host and port. */
    public String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** Return what {@code ~/.docker/config.json} holds after {@code docker login}. */
    public String login() {
        return "{\"auths\": {\"" + address() + "\": {\"auth\": \"" + CREDENTIALS + "\"}}}";
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!("Basic " + CREDENTIALS).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"test\"");
                exchange.sendResponseHeaders(401, -1);
                return;
            }
            HttpRequest.Builder request = HttpRequest.newBuilder(
                            URI.create("http://" + LocalRegistry.ADDRESS + exchange.getRequestURI()))
                    .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.noBody());
            exchange.getRequestHeaders()
                    .getOrDefault("Accept", List.of())
                    .forEach(accepted -> request.header("Accept", accepted));
            HttpResponse<byte[]> response = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            for (String header :
                    new String[] {"Content-Type", "Docker-Content-Digest", "Docker-Distribution-Api-Version"}) {
                response.headers()
                        .firstValue(header)
                        .ifPresent(value -> exchange.getResponseHeaders().add(header, value));
            }
            boolean head = exchange.getRequestMethod().equals("HEAD");
            response.headers()
                    .firstValue("Content-Length")
                    .filter(length -> head)
                    .ifPresent(length -> exchange.getResponseHeaders().add("Content-Length", length));
            exchange.sendResponseHeaders(response.statusCode(), head ? -1 : response.body().length);
            if (!head) {
                exchange.getResponseBody().write(response.body());
            }
        } catch (InterruptedException interrupted) {
            throw new IOException(interrupted);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdown();
    }
}
