package dev.foreignarch.container;

import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.images.RemoteDockerImage;
import org.testcontainers.utility.ImageNameSubstitutor;

/** An image that Testcontainers builds when a container first asks for it, with something done before and after. */
final class BuiltImage implements Future<String> {

    /** What Testcontainers shows in place of a name that will be known only when the image is built. */
    private static final String NOT_BUILT_YET = "imageName=<resolving>";

    private final RemoteDockerImage image;
    private final UnaryOperator<Supplier<String>> around;

    private BuiltImage(RemoteDockerImage image, UnaryOperator<Supplier<String>> around) {
        this.image = image;
        this.around = around;
    }

    /**
     * Let something be done around the build of a container's image, if it has one that is not built yet.
     *
     * @param around makes of what builds the image, and returns its name, what does more
     */
    static Optional<BuiltImage> of(GenericContainer<?> container, UnaryOperator<Supplier<String>> around) {
        RemoteDockerImage image = container.getImage();
        return image.toString().contains(NOT_BUILT_YET)
                ? Optional.of(new BuiltImage(
                        // The name is substituted once, by the container's own image, which is made of this.
                        image.withImagePullPolicy(name -> false).withImageNameSubstitutor(ImageNameSubstitutor.noop()),
                        around))
                : Optional.empty();
    }

    @Override
    public synchronized String get() {
        return image.isDone() ? image.get() : around.apply(image::get).get();
    }

    @Override
    public String get(long timeout, TimeUnit unit) {
        return get();
    }

    @Override
    public boolean isDone() {
        return image.isDone();
    }

    @Override
    public boolean cancel(boolean mayInterrupt) {
        return false;
    }

    @Override
    public boolean isCancelled() {
        return false;
    }
}
