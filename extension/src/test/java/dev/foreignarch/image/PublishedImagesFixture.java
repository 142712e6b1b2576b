package dev.foreignarch.image;

import dev.foreignarch.engine.Engine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** What tests of images have in common: an engine, and images of their own that are gone afterwards. */
abstract class PublishedImagesFixture {

    final Engine engine = Engine.ofTestcontainers();
    final EngineImages here = new EngineImages(engine);
    final PublishedImages images = new PublishedImages(engine);

    @BeforeAll
    static void programsOfTheImagesRun() {
        PublishedImages.prepareTheirPrograms();
    }

    @AfterEach
    void removeWhatThisTestBrought() {
        images.remove();
    }
}
