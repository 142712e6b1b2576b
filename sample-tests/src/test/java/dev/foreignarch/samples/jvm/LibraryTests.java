package dev.foreignarch.samples.jvm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.alibaba.fastjson2.JSON;
import com.github.luben.zstd.Zstd;
import com.sun.jna.NativeLibrary;
import dev.foreignarch.arch.Architecture;
import dev.foreignarch.jupiter.DisabledOnForeignArch;
import dev.foreignarch.jupiter.ForeignArch;
import dev.foreignarch.jupiter.ForeignJvm;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpRequestDecoder;
import java.nio.ByteOrder;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.UUID;
import net.jpountz.lz4.LZ4Factory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.xerial.snappy.Snappy;

/**
 * Well-known libraries as they are on Maven Central, in JVMs of four architectures.
 *
 * <p>All of these tests pass on amd64. Where one is left out, the library really fails; {@link KnownFailuresTests} sees
 * to it that it still does.
 */
@Tag("foreign-jvm")
@ForeignArch({"arm64v8", "arm32v7", "ppc64le", "s390x"})
@ForeignJvm(arguments = "--add-opens=java.base/java.nio=ALL-UNNAMED")
public class LibraryTests {

    private static final byte[] TEXT = "a text that repeats, a text that repeats, a text that repeats".getBytes(UTF_8);

    @Test
    void theJvmIsOfTheArchitecture(Architecture architecture) {
        assertEquals(architecture.javaName(), System.getProperty("os.arch"));
        assertEquals(architecture.byteOrder(), ByteOrder.nativeOrder());
    }

    @Test
    void zstd() {
        assertArrayEquals(TEXT, Zstd.decompress(Zstd.compress(TEXT), TEXT.length));
    }

    @Test
    @DisabledOnForeignArch(
            value = "arm32v7",
            reason = "its library for armv7 is made for processors without floating point:"
                    + " 'cannot open shared object file'")
    void snappy() throws Exception {
        assertArrayEquals(TEXT, Snappy.uncompress(Snappy.compress(TEXT)));
    }

    @Test
    @DisabledOnForeignArch(
            value = "s390x",
            reason = "it has no library: 'No native library found for os.name=Linux, os.arch=s390x'")
    void sqlite() throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
                ResultSet answer = connection.createStatement().executeQuery("select 6 * 7")) {
            assertEquals(42, answer.getInt(1));
        }
    }

    @Test
    void jna() {
        assertEquals('A', NativeLibrary.getInstance("c").getFunction("toupper").invokeInt(new Object[] {(int) 'a'}));
    }

    @Test
    void lz4() {
        LZ4Factory factory = LZ4Factory.fastestInstance();
        byte[] compressed = factory.fastCompressor().compress(TEXT);

        assertArrayEquals(TEXT, factory.fastDecompressor().decompress(compressed, TEXT.length));
    }

    @Test
    @DisabledOnForeignArch(
            value = "s390x",
            reason = "it writes pairs of letters as little-endian numbers (fastjson2 #2051):"
                    + " 'expected: <\"00000000-0000-0001-0000-000000000002\"> but was: '")
    @DisabledOnForeignArch(
            value = "arm32v7",
            reason = "it ends the JVM by writing to an odd address: 'SIGBUS (0x7)', in 'Unsafe_PutLong'")
    void fastjson() {
        assertEquals("\"00000000-0000-0001-0000-000000000002\"", JSON.toJSONString(new UUID(1, 2)));
    }

    @Test
    @DisabledOnForeignArch(
            value = "s390x",
            reason = "the body of a request gets lost (netty #6128, fixed in 4.1.7): 'expected: <hello> but was: <>'")
    void netty() {
        EmbeddedChannel channel = new EmbeddedChannel(new HttpRequestDecoder(), new HttpObjectAggregator(1000));
        channel.writeInbound(
                Unpooled.copiedBuffer("POST / HTTP/1.1\r\nHost: here\r\nContent-Length: 5\r\n\r\nhello", UTF_8));
        FullHttpRequest request = channel.readInbound();

        assertEquals("hello", request.content().toString(UTF_8));
    }
}
