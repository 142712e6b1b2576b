package dev.foreignarch.container;

import com.github.dockerjava.api.exception.DockerException;
import dev.foreignarch.engine.EngineException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The end of the container engine while a container was starting, which that container must not be blamed for. */
final class EngineLoss {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private EngineLoss() {}

    /** Return what is to be said, if the engine no longer answers. */
    static Optional<EngineException> during(BoundContainer bound, RuntimeException failure) {
        return silence(bound)
                .map(words -> new EngineException(
                        "The container engine has ended, or can't be reached any more, while "
                                + bound.creation()
                                        .map(created -> created.image().name())
                                        .orElse("a container")
                                + " was starting on " + bound.architecture() + " (" + words
                                + "). See whether it runs ('docker info'), start it again, and look into its own log for"
                                + " why it ended.",
                        failure));
    }

    private static Optional<String> silence(BoundContainer bound) {
        // The pool of all may be busy with what the failure is about.
        CompletableFuture<Void> answer = CompletableFuture.runAsync(
                () -> bound.container().getDockerClient().pingCmd().exec(), EngineLoss::inThreadOfItsOwn);
        try {
            answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return Optional.empty();
        } catch (ExecutionException refused) {
            if (refused.getCause() instanceof DockerException answered && answered.getHttpStatus() > 0) {
                // A proxy before the engine may forbid to ask so.
                return Optional.empty();
            }
            Throwable root = refused;
            while (root.getCause() != null) {
                root = root.getCause();
            }
            return Optional.of(EngineException.words(root));
        } catch (TimeoutException silent) {
            return Optional.of("no answer within " + PATIENCE.toSeconds() + " s");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static void inThreadOfItsOwn(Runnable work) {
        Thread thread = new Thread(work, "foreignarch-ping");
        thread.setDaemon(true);
        thread.start();
    }
}
