package dev.foreignarch.jupiter;

import static org.junit.platform.commons.support.AnnotationSupport.findAnnotation;

import java.lang.reflect.AnnotatedElement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The model of the CPU that the user asks for. */
final class CpuModel {

    private CpuModel() {}

    /** Find the model for a test: that of its own annotation, or of the nearest class around it. */
    static Optional<String> of(ExtensionContext context) {
        List<AnnotatedElement> around = new ArrayList<>(context.getEnclosingTestClasses());
        context.getTestClass().ifPresent(around::add);
        context.getTestMethod().ifPresent(around::add);
        Collections.reverse(around);
        return around.stream()
                .flatMap(element -> findAnnotation(element, ForeignArch.class).stream())
                .findFirst()
                .map(ForeignArch::cpu)
                .map(String::strip)
                .filter(cpu -> !cpu.isEmpty());
    }
}
