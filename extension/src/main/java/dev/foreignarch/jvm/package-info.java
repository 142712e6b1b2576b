/**
 * Tests that run inside a JVM of a foreign architecture: the engine behind {@link dev.foreignarch.jupiter.ForeignJvm}.
 *
 * <h2>Decisions</h2>
 *
 * <p><b>A test engine, not an interceptor.</b> An extension that intercepts each method would keep JUnit Jupiter's own
 * tree, but static and instance initializers, parameter resolvers and other extensions would run on both sides. An
 * engine of our own runs nothing here, carries tests of any engine, and can name the architecture on each row of a
 * report ({@code roundTrip[s390x]}), which a class template can't. JUnit Jupiter still discovers the classes here;
 * {@link dev.foreignarch.jvm.LocalExclusion} takes them away from it, but only if this engine has them.
 *
 * <p><b>Discovery is the local one.</b> The engines that would run a class here are asked to discover it, which
 * makes no instance of it, and their tree is mirrored once per architecture. So whoever filters sees the tests: tags,
 * Surefire's {@code -Dtest=Class#method}, unique IDs. Only what is dynamic for JUnit too (invocations of templates,
 * dynamic tests) is registered while it runs.
 *
 * <p><b>Suites ask engines anew</b>, this one among them, under an ID of their own. What a suite has is filtered with
 * everything else, so a member is taken away from the engine that would run it here only where this engine has it in
 * that suite ({@link dev.foreignarch.jvm.DiscoveredBy}). JUnit 4's suites don't ask engines: their members are found by
 * asking JUnit 4's.
 *
 * <p><b>What nobody of ours runs is refused.</b> Engines that know none of our annotations would run a class once, here,
 * and call it passed. The filter sees what they found, and puts a failure in its place.
 *
 * <p><b>The real Launcher there.</b> {@link dev.foreignarch.jvm.agent.ForeignAgent} runs it, and a listener sends each
 * event. In the foreign JVM the class is still a template, whose only invocation is that of the JVM's architecture;
 * template and invocation are folded into the one node of the architecture here.
 *
 * <p><b>Standard input and output are the transport.</b> They exist wherever a container does, on remote engines too,
 * without ports or mounts, and their end tells each side of the other's death: a local JVM that is killed takes the
 * foreign ones along, and the engine removes the containers. Test output does not disturb: {@code System.out} sends
 * events, and what native code or the JVM itself prints is told from frames (see
 * {@link dev.foreignarch.jvm.wire.FrameWriter}).
 *
 * <p><b>Throwables travel twice</b>, serialized and in words. Reading is filtered to throwables, enums, records and
 * plain values; where it fails, a stand-in speaks like the original, and an
 * {@code AssertionFailedError} stays one, with expected and actual value in words.
 *
 * <p><b>The class path travels by content.</b> Jars stay on the engine in one volume for all projects and
 * architectures, by their hash; class directories travel for each JVM, as directories, since tests look into them. Where
 * the word size is 32 bits, directories and {@code /tmp} are on a tmpfs: a 32-bit libc can't list those of a 64-bit
 * host's file system. The JVM lists a directory before the first test, and is refused if it doesn't see its files.
 *
 * <p><b>One JVM for each architecture</b>, image, arguments and files, kept in the store of the launcher session, so
 * that it serves repetitions of failed tests too. All are started when the first class starts, not at discovery: an IDE
 * that only looks for tests must not start containers.
 *
 * <p><b>A death belongs to the test that was running.</b> The test fails with the reason (exit with the stack that asked
 * for it, crash, emulator, memory, hang with a thread dump) and the last words; the report of a crash becomes a
 * published file. The other tests of the class run in the next JVM. A crash in compiled code is tried once more without
 * the compiler, and the failure tells both outcomes.
 *
 * <h2>Limits</h2>
 *
 * <ul>
 *   <li>Classes run one after the other, and a class's architectures too.
 *   <li>{@code IterationSelector}s select the whole template.
 *   <li>After a death, what was left of a parameterized or dynamic test is lost, and reported so.
 * </ul>
 */
@NullMarked
package dev.foreignarch.jvm;

import org.jspecify.annotations.NullMarked;
