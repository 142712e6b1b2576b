package dev.foreignarch.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real browser without a window, which {@code ./run host up browser} installs.
 *
 * @param program its program
 * @param folder for what it needs and what it makes
 */
record Browser(Path program, Path folder) {

    private static final String ANSWER = "<pre id=\"answer\">";

    static Browser in(Path folder) {
        Path program = Stream.of("chromium", "google-chrome", "chromium-browser")
                .flatMap(name -> Stream.of(System.getenv("PATH").split(":")).map(path -> Path.of(path, name)))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError("No Chromium is installed: ./run host up browser"));
        return new Browser(program, folder);
    }

    /**
     * Show a page in a frame of a width, run a script in it, and return what the script gives.
     *
     * @param script an expression; {@code page} is the document
     */
    String ask(String html, int width, String script) throws IOException, InterruptedException {
        String frame = "<!doctype html><meta charset='utf-8'><iframe style='border:0' width='" + width
                + "' height='900' srcdoc=\"" + html.replace("&", "&amp;").replace("\"", "&quot;")
                + "\"></iframe>" + ANSWER + "</pre><script>onload = () => { const page ="
                + " document.querySelector('iframe').contentDocument;"
                + " document.getElementById('answer').textContent = (" + script + "); }</script>";
        String dom = run(write(frame), List.of("--dump-dom"));
        int start = dom.lastIndexOf(ANSWER) + ANSWER.length();
        return dom.substring(start, dom.indexOf("</pre>", start));
    }

    /** Make a picture of a page. */
    void paint(String html, int width, int height, boolean dark, Path picture)
            throws IOException, InterruptedException {
        run(
                write(html),
                List.of(
                        "--window-size=" + width + "," + height,
                        "--screenshot=" + picture.toAbsolutePath(),
                        dark ? "--force-dark-mode" : "--hide-scrollbars"));
    }

    private Path write(String html) throws IOException {
        return Files.writeString(folder.resolve("page.html"), html);
    }

    private String run(Path page, List<String> options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                program.toString(),
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--user-data-dir=" + folder.resolve("profile"),
                "--virtual-time-budget=3000"));
        command.addAll(options);
        command.add(page.toUri().toString());
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(folder.resolve("errors").toFile())
                .start();
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError("The browser didn't end: " + Files.readString(folder.resolve("errors")));
        }
        return Files.readString(output, UTF_8);
    }
}
