package dev.foreignarch.report;

import java.util.Optional;

/**
 * The run that this JVM's tests belong to: one call of Surefire, one test task of Gradle, or one session of a launcher.
 * A build is one run or several.
 *
 * @param starter the process that started it, such as Maven's or a daemon
 * @param name what tells it from other runs of the starter
 * @param extent which of the starter's runs are one build
 */
record RunIdentity(ProcessIdentity starter, String name, Extent extent) {

    /** How far a build goes. */
    enum Extent {
        /** All that a process starts: Maven's lives for one build. */
        ALL,

        /** What a daemon starts, until it starts something again: that is another build. */
        UNTIL_REPEATED,

        /** Nothing else: what an IDE starts, or who runs tests by himself. */
        ALONE
    }

    /**
     * Return the run of this JVM.
     *
     * @param session name of the launcher session, which is a run where nobody knows more
     */
    static RunIdentity ofThisJvm(String session) {
        ProcessIdentity self = ProcessIdentity.thisJvm();
        if (BuildTool.runsHere()) {
            return new RunIdentity(self, "in-process", Extent.ALL);
        }
        Optional<ProcessHandle> parent = ProcessIdentity.parentJvm();
        if (parent.isEmpty()) {
            return new RunIdentity(self, session, Extent.ALONE);
        }
        ProcessIdentity starter = ProcessIdentity.of(parent.get());
        String jvm = "jvm-" + self;
        Optional<String> mark = SurefireFork.here()
                .map(fork -> fork.mark(jvm))
                .or(() -> GradleWorker.here().map(worker -> worker.mark(jvm)));
        if (BuildTool.runsIn(parent.get())) {
            return new RunIdentity(starter, mark.orElse(jvm), Extent.ALL);
        }
        return mark.map(name -> new RunIdentity(starter, name, Extent.UNTIL_REPEATED))
                .orElseGet(() -> new RunIdentity(self, session, Extent.ALONE));
    }
}
