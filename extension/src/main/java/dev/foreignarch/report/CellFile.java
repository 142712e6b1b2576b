package dev.foreignarch.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.foreignarch.arch.Architecture;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The results of one JVM, in the order of their arrival: a file that only grows, so that a JVM that is killed leaves
 * what it knew.
 *
 * @param path where the file is, or will be
 */
record CellFile(Path path) {

    private static final int VERSION = 2;

    /** Make the file, if there is none. */
    void create() throws IOException {
        Files.write(path, new byte[0], StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** Append one result, all of it or (if the JVM is killed) a part that {@link #read} leaves out. */
    void append(CellResult cell) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream data = new DataOutputStream(bytes);
        write(data, cell);
        ByteArrayOutputStream framed = new ByteArrayOutputStream();
        DataOutputStream frame = new DataOutputStream(framed);
        frame.writeInt(bytes.size());
        bytes.writeTo(frame);
        Uninterrupted.call(
                () -> Files.write(path, framed.toByteArray(), StandardOpenOption.CREATE, StandardOpenOption.APPEND));
    }

    /** Read all results; those of another version of ForeignArch are none. */
    List<CellResult> read() throws IOException {
        List<CellResult> cells = new ArrayList<>();
        try (DataInputStream file = new DataInputStream(new ByteArrayInputStream(Files.readAllBytes(path)))) {
            while (file.available() >= Integer.BYTES) {
                byte[] frame = file.readNBytes(file.readInt());
                DataInputStream data = new DataInputStream(new ByteArrayInputStream(frame));
                if (data.readInt() == VERSION) {
                    cells.add(read(data));
                }
            }
        } catch (EOFException cutShort) {
            // The JVM was killed while it wrote.
        }
        return cells;
    }

    private static void write(DataOutputStream data, CellResult cell) throws IOException {
        data.writeInt(VERSION);
        text(data, cell.module());
        write(data, cell.address());
        text(data, cell.verdict());
        text(data, cell.outcome().name());
        data.writeLong(cell.duration().toNanos());
        text(data, cell.reason());
        texts(data, cell.facts());
        texts(data, cell.marks());
        data.writeInt(cell.attachments().size());
        for (Attachment attachment : cell.attachments()) {
            text(data, attachment.path());
            text(data, attachment.end());
        }
    }

    private static void write(DataOutputStream data, CellAddress address) throws IOException {
        text(data, address.id());
        text(data, address.row());
        text(data, address.type());
        text(data, address.test());
        data.writeBoolean(address.whole());
        text(data, address.architecture().dockerName());
    }

    private static CellAddress address(DataInputStream data) throws IOException {
        return new CellAddress(
                text(data), text(data), text(data), text(data), data.readBoolean(), Architecture.of(text(data)));
    }

    private static CellResult read(DataInputStream data) throws IOException {
        return new CellResult(
                text(data),
                address(data),
                text(data),
                Outcome.valueOf(text(data)),
                Duration.ofNanos(data.readLong()),
                text(data),
                list(data, () -> text(data)),
                list(data, () -> text(data)),
                list(data, () -> new Attachment(text(data), text(data))));
    }

    private static <T> List<T> list(DataInputStream data, Reading<T> element) throws IOException {
        int size = data.readInt();
        List<T> list = new ArrayList<>();
        for (int index = 0; index < size; index++) {
            list.add(element.read());
        }
        return list;
    }

    private interface Reading<T> {
        T read() throws IOException;
    }

    private static void texts(DataOutputStream data, List<String> texts) throws IOException {
        data.writeInt(texts.size());
        for (String text : texts) {
            text(data, text);
        }
    }

    private static void text(DataOutputStream data, String text) throws IOException {
        byte[] bytes = text.getBytes(UTF_8);
        data.writeInt(bytes.length);
        data.write(bytes);
    }

    private static String text(DataInputStream data) throws IOException {
        int length = data.readInt();
        byte[] bytes = data.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException();
        }
        return new String(bytes, UTF_8);
    }
}
