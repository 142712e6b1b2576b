package dev.foreignarch.doctor;

import dev.foreignarch.engine.Engine;
import dev.foreignarch.engine.EngineException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Looks for the engine, but not for ever: Testcontainers waits for minutes for one that takes a connection and says
 * nothing.
 *
 * @param engines finds the engine
 * @param patience how long that, and the engine's first answers, may take
 */
record EngineSearch(Supplier<Engine> engines, Duration patience) {

    /**
     * Return the engine, which has answered.
     *
     * @throws EngineException if there is none, or it is silent
     */
    Engine find() {
        CompletableFuture<Engine> answer = new CompletableFuture<>();
        Thread asking = new Thread(() -> ask(answer), "foreignarch-search");
        asking.setDaemon(true);
        asking.start();
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof EngineException told
                    ? told
                    : new EngineException("The container engine can't be asked: " + failed.getCause(), failed);
        } catch (TimeoutException silence) {
            throw new EngineException(
                    "The container engine has not answered within " + patience.toSeconds() + " s. Something takes"
                            + " connections at its address, and then says nothing, or nobody is there to refuse them. See"
                            + " whether 'docker info' answers; if it does not, restart the engine, or correct DOCKER_HOST.",
                    silence);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new EngineException("The search for a container engine was interrupted.", interrupted);
        }
    }

    /** What the engine says of itself is remembered, and asked for later. */
    private void ask(CompletableFuture<Engine> answer) {
        try {
            Engine engine = engines.get();
            engine.facts();
            answer.complete(engine);
        } catch (RuntimeException | Error failure) {
            answer.completeExceptionally(failure);
        }
    }
}
