package dev.foreignarch.jupiter;

import com.github.dockerjava.api.command.CreateContainerCmd;
import dev.foreignarch.container.CreationWatch;
import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.ThreadPoolExecutor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.InvocationInterceptor.Invocation;

/**
 * The tests and classes that run in this JVM, by their threads. Testcontainers knows of containers, not of tests, so this is
 * how a container that it creates finds the test that it belongs to; JUnit's store is out of its reach.
 */
final class RunningUses {

    private static final String JUNIT = "org.junit.platform.engine.";
    private static final String JUNIT_NODE = "org.junit.platform.engine.support.hierarchical.NodeTestTask";
    private static final String KOTLIN_POOL = "kotlinx.coroutines.scheduling.";

    private static final Set<CellUse> OPEN = ConcurrentHashMap.newKeySet();
    private static final ThreadLocal<Deque<Visit>> VISITS = ThreadLocal.withInitial(ArrayDeque::new);
    private static final InheritableThreadLocal<@Nullable WeakReference<CellUse>> STARTER =
            new InheritableThreadLocal<>();

    static {
        CreationWatch.add(RunningUses::creating);
    }

    private RunningUses() {}

    /**
     * A thread that runs a test or class.
     *
     * @param use what it runs
     * @param depth how many of JUnit's nodes are on its stack
     */
    private record Visit(CellUse use, long depth) {}

    /**
     * Whom a container belongs to.
     *
     * @param uses tests or classes, of which one is the right one
     * @param certain whether there is no doubt
     */
    private record Owners(List<CellUse> uses, boolean certain) {
        static final Owners NONE = new Owners(List.of(), false);
    }

    /** Note that this thread runs a test or class, until that is closed. */
    static void open(CellUse use) {
        OPEN.add(use);
        enter(use);
    }

    /** Note that a test or class is over. */
    static void close(CellUse use) {
        OPEN.remove(use);
        VISITS.get().removeIf(visit -> visit.use() == use);
        inherit();
    }

    /** Run what belongs to a test or class, whatever the thread runs otherwise. */
    static <T> T inside(CellUse use, Invocation<T> invocation) throws Throwable {
        Visit visit = enter(use);
        try {
            return invocation.proceed();
        } finally {
            VISITS.get().remove(visit);
            inherit();
        }
    }

    private static Visit enter(CellUse use) {
        Visit visit = new Visit(use, use.isConcurrent() ? depth() : 0);
        VISITS.get().push(visit);
        inherit();
        return visit;
    }

    /** Threads that this one starts belong to what it runs. */
    private static void inherit() {
        Visit top = VISITS.get().peek();
        STARTER.set(top == null ? null : new WeakReference<>(top.use()));
    }

    private static void creating(CreateContainerCmd create) {
        if (OPEN.isEmpty() || CreatedContainer.isHelper(create)) {
            return;
        }
        Owners owners = owners();
        CreatedContainer created = new CreatedContainer(String.valueOf(create.getImage()), create, owners.certain());
        for (CellUse use : owners.uses()) {
            use.add(created);
            if (owners.certain()) {
                use.bindIfAll(create);
            }
        }
    }

    private static Owners owners() {
        Visit visit = VISITS.get().peek();
        if (visit != null) {
            // While a thread waits for tests that run at the same time, JUnit may let it run any other one.
            return !visit.use().isConcurrent() || visit.depth() == depth()
                    ? new Owners(List.of(visit.use()), true)
                    : Owners.NONE;
        }
        if (runs(JUNIT)) {
            // A test without an architecture.
            return Owners.NONE;
        }
        Optional<CellUse> starter = Optional.ofNullable(STARTER.get()).map(WeakReference::get);
        if (starter.filter(OPEN::contains).isPresent() && !isPooled()) {
            return new Owners(List.of(starter.get()), true);
        }
        List<CellUse> innermost = OPEN.stream()
                .filter(use -> OPEN.stream().noneMatch(other -> other.isInside(use)))
                .toList();
        return new Owners(innermost, innermost.size() == 1 && !innermost.get(0).isConcurrent());
    }

    /** A thread of a pool works for anybody, not only for the test in which the pool happened to make it. */
    private static boolean isPooled() {
        return Thread.currentThread() instanceof ForkJoinWorkerThread
                || runs(ThreadPoolExecutor.class.getName())
                || runs(KOTLIN_POOL);
    }

    private static boolean runs(String prefix) {
        return StackWalker.getInstance()
                .walk(frames -> frames.anyMatch(frame -> frame.getClassName().startsWith(prefix)));
    }

    private static long depth() {
        return StackWalker.getInstance()
                .walk(frames -> frames.filter(frame -> frame.getClassName().equals(JUNIT_NODE)
                                && frame.getMethodName().equals("execute"))
                        .count());
    }
}
