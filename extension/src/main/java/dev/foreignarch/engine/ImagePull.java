package dev.foreignarch.engine;

import static org.apiguardian.api.API.Status.INTERNAL;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.PullImageCmd;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.PullResponseItem;
import com.github.dockerjava.api.model.ResponseItem;
import dev.foreignarch.arch.Platform;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Pulls an image.
 *
 * <p>The client library judges a pull by the last message of its stream, which is a mere warning where a registry has
 * the image of one platform only. This one looks for errors.
 */
@API(status = INTERNAL, since = "0.1")
public final class ImagePull {

    private static final Duration SILENCE = Duration.ofSeconds(60);

    private ImagePull() {}

    /**
     * Pull an image.
     *
     * @param engine the engine
     * @param name name and tag, or digest, of the image
     * @param platform the platform; the engine's own if absent
     * @throws EngineException if the engine can't pull it; the message is the engine's
     */
    public static void pull(Engine engine, String name, Optional<Platform> platform) {
        PullImageCmd pull = engine.client().pullImageCmd(name);
        platform.ifPresent(wanted -> pull.withPlatform(wanted.toString()));
        try (Progress progress = pull.exec(new Progress())) {
            progress.awaitEnd();
        } catch (DockerException refused) {
            throw new EngineException(EngineException.words(refused), refused);
        } catch (IOException exception) {
            throw new EngineException("the connection to the engine broke during a pull", exception);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new EngineException("the pull was interrupted", interrupted);
        }
    }

    private static final class Progress extends ResultCallback.Adapter<PullResponseItem> {

        /** The superclass' own wait with a limit ends the pull when the limit is reached. */
        private final CountDownLatch ended = new CountDownLatch(1);

        private volatile Instant lastSign = Instant.now();
        private volatile @Nullable String error;

        /** Docker gives an error twice, with and without details. Podman gives it once, without. */
        @Override
        @SuppressWarnings("deprecation") // The text of the error is deprecated in favor of its details.
        public void onNext(PullResponseItem item) {
            lastSign = Instant.now();
            ResponseItem.ErrorDetail detail = item.getErrorDetail();
            if (detail != null && detail.getMessage() != null) {
                error = detail.getMessage();
            } else if (item.getError() != null) {
                error = item.getError();
            } else if (detail != null) {
                error = "an error without words";
            }
        }

        /** The caller tells of the error; the client's own way is a stack trace in the log. */
        @Override
        public void onError(Throwable refusal) {
            error = refusal.getMessage() == null ? refusal.toString() : EngineException.words(refusal);
            onComplete();
        }

        @Override
        public void onComplete() {
            ended.countDown();
            super.onComplete();
        }

        void awaitEnd() throws InterruptedException {
            while (!ended.await(1, TimeUnit.SECONDS)) {
                if (lastSign.plus(SILENCE).isBefore(Instant.now())) {
                    throw new EngineException("the registry sent nothing for " + SILENCE.toSeconds() + " s", null);
                }
            }
            String words = error;
            if (words != null) {
                throw new EngineException(words, null);
            }
        }
    }
}
