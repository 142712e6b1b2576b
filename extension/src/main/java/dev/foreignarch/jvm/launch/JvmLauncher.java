package dev.foreignarch.jvm.launch;

import static org.apiguardian.api.API.Status.INTERNAL;

import org.apiguardian.api.API;

/** Starts JVMs that run {@link dev.foreignarch.jvm.agent.ForeignAgent}. */
@API(status = INTERNAL, since = "0.1")
public interface JvmLauncher extends AutoCloseable {

    /**
     * Start a JVM.
     *
     * @param spec the JVM
     * @param output takes what it prints, from other threads than this one's, and never two at once
     * @return the JVM
     * @throws JvmStartException if it can't be started; the message says why, and what to do
     */
    StartedJvm start(JvmSpec spec, Output output);

    /** Release what was kept for all JVMs. They are not ended by this. */
    @Override
    void close();

    /** Takes what a JVM prints. */
    interface Output {
        /**
         * Take what was printed to standard output.
         *
         * @param bytes what was printed
         */
        void stdout(byte[] bytes);

        /**
         * Take what was printed to standard error.
         *
         * @param bytes what was printed
         */
        void stderr(byte[] bytes);

        /** Take note that nothing more will come. */
        void end();
    }
}
