package dev.foreignarch;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.apiguardian.api.API;
import org.junit.jupiter.api.Test;

/** Holds the one direction of imports between the rooms. */
class RoomsTests {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.foreignarch");

    @Test
    void imports_go_one_way() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("arch")
                .definedBy("dev.foreignarch.arch")
                .layer("settings")
                .definedBy("dev.foreignarch.settings")
                .layer("engine")
                .definedBy("dev.foreignarch.engine")
                .layer("emulation")
                .definedBy("dev.foreignarch.emulation")
                .layer("image")
                .definedBy("dev.foreignarch.image")
                .layer("container")
                .definedBy("dev.foreignarch.container")
                .layer("doctor")
                .definedBy("dev.foreignarch.doctor")
                .layer("program")
                .definedBy("dev.foreignarch.program")
                .layer("jvm")
                .definedBy("dev.foreignarch.jvm..")
                .layer("jupiter")
                .definedBy("dev.foreignarch.jupiter")
                .whereLayer("arch")
                .mayNotAccessAnyLayer()
                .whereLayer("settings")
                .mayOnlyAccessLayers("arch")
                .whereLayer("engine")
                .mayOnlyAccessLayers("arch")
                .whereLayer("emulation")
                .mayOnlyAccessLayers("arch", "settings", "engine")
                .whereLayer("image")
                .mayOnlyAccessLayers("arch", "engine")
                .whereLayer("doctor")
                .mayOnlyAccessLayers("arch", "engine", "emulation")
                .whereLayer("container")
                .mayOnlyAccessLayers("arch", "engine", "emulation", "image")
                .whereLayer("program")
                .mayOnlyAccessLayers("arch", "settings", "engine", "emulation", "image")
                .layer("report")
                .definedBy("dev.foreignarch.report")
                .whereLayer("report")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("report")
                .mayOnlyAccessLayers("arch", "settings", "jupiter")
                .whereLayer("jvm")
                .mayNotBeAccessedByAnyLayer()
                .check(CLASSES);
    }

    @Test
    void junit_stays_upstairs() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.foreignarch.arch",
                        "dev.foreignarch.settings",
                        "dev.foreignarch.engine",
                        "dev.foreignarch.emulation",
                        "dev.foreignarch.image",
                        "dev.foreignarch.doctor",
                        "dev.foreignarch.container",
                        "dev.foreignarch.program")
                .should()
                .dependOnClassesThat(resideInAPackage("org.junit.."))
                .check(CLASSES);
    }

    @Test
    void public_types_tell_their_status() {
        classes()
                .that()
                .arePublic()
                .and()
                .areTopLevelClasses()
                .should()
                .beAnnotatedWith(API.class)
                .check(CLASSES);
    }
}
