package dev.foreignarch.jvm.launch;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CopyArchiveFromContainerCmd;
import com.github.dockerjava.api.command.CopyArchiveToContainerCmd;
import com.github.dockerjava.api.exception.NotFoundException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several JVMs that start at once share the jars on the engine. */
class JarVolumeTests {

    private static final int JVMS = 8;
    private static final String LIST = "foreignarch/jars/list";

    @TempDir
    private Path directory;

    /** What was copied to the engine, and what the list there says. */
    private final List<String> copied = Collections.synchronizedList(new ArrayList<>());

    private volatile byte[] list = {};

    @Test
    void eachJarTravelsOnce() throws Exception {
        String place = CarriedClassPath.JARS + "/1234/a.jar";
        List<CarriedClassPath.Carried> jars =
                List.of(new CarriedClassPath.Carried(Files.writeString(directory.resolve("a.jar"), "a jar"), place));
        ExecutorService threads = Executors.newFixedThreadPool(JVMS);
        try {
            Callable<Boolean> fill = () -> {
                new JarVolume(engine()).fill("container", jars);
                return true;
            };
            for (Future<Boolean> filled : threads.invokeAll(Collections.nCopies(JVMS, fill))) {
                assertThat(filled.get()).isTrue();
            }
        } finally {
            threads.shutdown();
        }

        assertThat(copied).containsExactly(place.substring(1), LIST);
        assertThat(list).asString().isEqualTo(place);
    }

    private DockerClient engine() {
        return proxy(DockerClient.class, (self, method, arguments) -> switch (method.getName()) {
            case "copyArchiveToContainerCmd" -> proxy(CopyArchiveToContainerCmd.class, this::receive);
            case "copyArchiveFromContainerCmd" -> proxy(CopyArchiveFromContainerCmd.class, this::send);
            default -> throw new UnsupportedOperationException(method.getName());
        });
    }

    private Object receive(Object self, Method method, Object[] arguments) throws IOException {
        if (method.getName().equals("withTarInputStream")) {
            try (TarArchiveInputStream tar = new TarArchiveInputStream((InputStream) arguments[0])) {
                for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                    copied.add(entry.getName());
                    if (entry.getName().equals(LIST)) {
                        list = tar.readAllBytes();
                    }
                }
            }
        }
        return method.getName().equals("exec") ? null : self;
    }

    private Object send(Object self, Method method, Object[] arguments) throws IOException {
        if (list.length == 0) {
            throw new NotFoundException("no list");
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            TarArchiveEntry entry = new TarArchiveEntry("list");
            entry.setSize(list.length);
            tar.putArchiveEntry(entry);
            tar.write(list);
            tar.closeArchiveEntry();
        }
        return new ByteArrayInputStream(bytes.toByteArray());
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
