package dev.foreignarch.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.exception.NotFoundException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Images come and go in all JVMs and threads at once, and many of them have the same files. */
@Tag("engine")
class ScratchImageTests {

    private static final int ROUNDS = 100;

    private final Engine engine = Engine.ofTestcontainers();

    @Test
    void images_of_the_same_files_are_different_images() {
        try (LoadedImage one = load();
                LoadedImage other = load()) {
            assertThat(id(one)).isNotEqualTo(id(other));
        }
    }

    @Test
    void an_image_stays_while_another_one_of_the_same_files_goes() {
        List<CompletableFuture<Void>> both =
                List.of(CompletableFuture.runAsync(this::comeAndGo), CompletableFuture.runAsync(this::comeAndGo));

        both.forEach(one -> assertThat(one).succeedsWithin(Duration.ofMinutes(2)));
    }

    @Test
    void an_image_that_is_kept_may_be_wanted_by_many_at_once() {
        for (int round = 0; round < 10; round++) {
            ScratchImage image = image("foreignarch.local/kept:" + UUID.randomUUID());
            List<CompletableFuture<Void>> all = Stream.generate(() -> CompletableFuture.runAsync(() -> keep(image)))
                    .limit(4)
                    .toList();

            all.forEach(one -> assertThat(one).succeedsWithin(Duration.ofMinutes(1)));
            engine.client().removeImageCmd(image.name()).exec();
        }
    }

    @Test
    @Tag("each-engine")
    @Tag("each-store")
    void an_image_is_kept_and_known_again() {
        ScratchImage image = image("foreignarch.local/kept:" + UUID.randomUUID());
        String id = engine.keep(image);

        assertThat(new KeptImage(engine.client(), image).id()).contains(id);
        assertThat(engine.keep(image)).isEqualTo(id);

        engine.client().removeImageCmd(image.name()).exec();
    }

    @Test
    @Tag("each-engine")
    @Tag("each-store")
    void an_image_of_other_files_is_not_taken_for_the_one_whose_name_it_has() {
        ScratchImage image = image("foreignarch.local/kept:" + UUID.randomUUID());
        ScratchImage planted =
                new ScratchImage(image.name(), image.platform(), Map.of("/file", new byte[] {2}), image.labels());
        ScratchImage labelled =
                new ScratchImage(image.name(), image.platform(), image.files(), Map.of("of", "somebody else"));
        for (ScratchImage other : List.of(planted, labelled)) {
            try (LoadedImage present = engine.load(other)) {
                String id = id(present);

                assertThat(new KeptImage(engine.client(), image).id()).isEmpty();
                String kept = engine.keep(image);
                assertThat(kept).isNotEqualTo(id);
                assertThat(new KeptImage(engine.client(), image).id()).contains(kept);
                remove(id);
            }
        }
    }

    private void remove(String id) {
        try {
            engine.client().removeImageCmd(id).exec();
        } catch (NotFoundException goneWithItsName) {
            // An engine with containerd's store forgets an image that has no name.
        }
    }

    private void keep(ScratchImage image) {
        engine.keep(image);
        try (RunningContainer container = engine.create(ContainerSpec.of(image.name(), List.of("/file")))) {
            assertThat(container.id()).isNotEmpty();
        }
    }

    /** An image that is lost can't be removed from either, but a container needs it. */
    private void comeAndGo() {
        for (int round = 0; round < ROUNDS; round++) {
            try (LoadedImage image = load();
                    RunningContainer container = engine.create(ContainerSpec.of(image.name(), List.of("/file")))) {
                assertThat(container.id()).isNotEmpty();
            }
        }
    }

    private LoadedImage load() {
        return engine.load(image("foreignarch.local/scratch:" + UUID.randomUUID()));
    }

    private ScratchImage image(String name) {
        return new ScratchImage(
                name, engine.facts().architecture().platform(), Map.of("/file", new byte[] {1}), Map.of());
    }

    private String id(LoadedImage image) {
        return engine.client().inspectImageCmd(image.name()).exec().getId();
    }
}
