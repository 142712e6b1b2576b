package dev.foreignarch.image;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A registry that answers whoever asks for an image in the same way. Engines try TLS first: like Go's servers, and unlike
 * Java's, it tells them at once that it speaks HTTP.
 */
public final class RefusingRegistry implements AutoCloseable {

    private static final int TLS_HANDSHAKE = 0x16;

    private final int status;
    private final String type;
    private final byte[] body;
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool();

    /**
     * Start one.
     *
     * @param status status of its answers
     * @param body their body, JSON as the registry's API has it, or what a proxy says
     */
    public RefusingRegistry(int status, String body) throws IOException {
        this.status = status;
        this.type = body.startsWith("{") ? "application/json" : "text/html";
        this.body = body.getBytes(UTF_8);
        threads.execute(this::accept);
    }

    /** Return host and port. */
    public String address() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket connection = server.accept();
                threads.execute(() -> answer(connection));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void answer(Socket connection) {
        try (connection) {
            PushbackInputStream input = new PushbackInputStream(connection.getInputStream());
            int first = input.read();
            if (first == TLS_HANDSHAKE) {
                send(connection.getOutputStream(), 400, new byte[0], true);
            } else if (first >= 0) {
                input.unread(first);
                BufferedReader request = new BufferedReader(new InputStreamReader(input, US_ASCII));
                String line = request.readLine();
                for (String header = line; header != null && !header.isEmpty(); header = request.readLine()) {
                    // Whatever it is: the answer is the same.
                }
                boolean greeting = line.contains(" /v2/ ");
                send(
                        connection.getOutputStream(),
                        greeting ? 200 : status,
                        greeting ? new byte[0] : body,
                        !line.startsWith("HEAD "));
            }
        } catch (IOException gone) {
            // The engine has closed the connection: it has what it needs.
        }
    }

    private void send(OutputStream output, int code, byte[] content, boolean withBody) throws IOException {
        output.write(("HTTP/1.1 " + code + " Answer\r\nContent-Type: " + type + "\r\nContent-Length: " + content.length
                        + "\r\nConnection: close\r\n\r\n")
                .getBytes(US_ASCII));
        if (withBody) {
            output.write(content);
        }
        output.flush();
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdown();
    }
}
