package dev.foreignarch.report;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Sources that become classes at test time. */
final class CompiledClasses {

    private CompiledClasses() {}

    /** The class path of this JVM's tests; Surefire may hide it in a manifest. */
    static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    /** Compile sources, by the names of their classes, into a folder. */
    static void compile(Map<String, String> sources, Path folder) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> faults = new DiagnosticCollector<>();
        List<JavaFileObject> units = new ArrayList<>();
        sources.forEach((name, source) -> units.add(
                new SimpleJavaFileObject(
                        URI.create("string:///" + name.replace('.', '/') + ".java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean lenient) {
                        return source;
                    }
                }));
        try (StandardJavaFileManager files = compiler.getStandardFileManager(faults, null, null)) {
            List<String> options = List.of(
                    "-d",
                    folder.toString(),
                    "-cp",
                    classPath() + File.pathSeparator + folder,
                    "-proc:none",
                    "-nowarn",
                    "-parameters");
            if (!compiler.getTask(null, files, faults, options, null, units).call()) {
                throw new AssertionError(faults.getDiagnostics());
            }
        }
    }
}
