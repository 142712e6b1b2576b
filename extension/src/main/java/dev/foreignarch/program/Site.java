package dev.foreignarch.program;

import dev.foreignarch.arch.Architecture;
import dev.foreignarch.emulation.Verdict;
import java.util.Collection;
import java.util.Map;

/** What runs programs: a container engine, or the JVM's own machine. */
interface Site extends AutoCloseable {

    /** Return where the libraries of a dynamic program would come from. */
    Libraries libraries(ProgramSpec spec);

    /** Find out how a program can be started. */
    Launch launch(ProgramSpec spec, Architecture architecture);

    /** Return what is known of architectures, with the emulators that programs can have besides the kernel's handlers. */
    Map<Architecture, Verdict> prepare(Collection<Architecture> architectures);

    @Override
    void close();
}
