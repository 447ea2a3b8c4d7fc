package dev.syncline.dev;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

import dev.syncline.permits.PermitsConfig;
import dev.syncline.platform.Ids;
import dev.syncline.run.Mode;
import dev.syncline.run.Run;
import dev.syncline.run.RunCoordinator;
import dev.syncline.run.RunStore;
import dev.syncline.run.StartRequest;
import dev.syncline.run.Trigger;

/**
 * Feeds to try the permits sync with, and its first run, so that whoever opens the page of a fresh clone has something to
 * see. Where the developer has set a feed of their own, or the database holds runs already, nothing is started.
 */
@ApplicationScoped
@IfBuildProfile("dev")
class SampleImports {
    private static final Logger LOG = Logger.getLogger(SampleImports.class);
    private static final String PERMITS = "permits";
    private static final int BEFORE_ALL_OTHERS = 0;
    private static final int AFTER_ALL_OTHERS = 5_000;

    static final String FIRST = "sample.json";
    static final String CHANGED = "sample-2.json";
    static final String SHRUNK = "sample-3.json";

    private static final SampleFeed FEED = SampleFeed.first(20260105, 6_000);
    private static final Map<String, SampleFeed> FEEDS =
            Map.of(FIRST, FEED, CHANGED, FEED.later(0.06, 0.03, 150), SHRUNK, FEED.later(0.02, 0.14, 20));

    private final Path directory;
    private final PermitsConfig permits;
    private final RunStore runs;
    private final RunCoordinator coordinator;
    private final Ids ids;

    SampleImports(
            @ConfigProperty(name = "syncline.dev.samples") Path directory,
            PermitsConfig permits,
            RunStore runs,
            RunCoordinator coordinator,
            Ids ids) {
        this.directory = directory.toAbsolutePath().normalize();
        this.permits = permits;
        this.runs = runs;
        this.coordinator = coordinator;
        this.ids = ids;
    }

    Path directory() {
        return directory;
    }

    void write(@Observes @Priority(BEFORE_ALL_OTHERS) StartupEvent event) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        FEEDS.forEach((name, feed) -> feed.writeTo(directory.resolve(name)));
    }

    void start(@Observes @Priority(AFTER_ALL_OTHERS) StartupEvent event) {
        if (permits.source().filter(FIRST::equals).isEmpty()) {
            return;
        }
        runs.newestOf(PERMITS, 1)
                .chain(this::startTheFirst)
                .subscribe()
                .with(x -> {}, failure -> LOG.warn("the first run could not be started", failure));
    }

    private Uni<?> startTheFirst(List<Run> earlier) {
        boolean ownDirectory = permits.importDirectory()
                .filter(own -> own.toAbsolutePath().normalize().equals(directory))
                .isPresent();
        if (!earlier.isEmpty() || !ownDirectory) {
            return Uni.createFrom().voidItem();
        }
        Trigger trigger = new Trigger(Trigger.Kind.scheduled, "startup", ids.next(), null);
        return coordinator.start(new StartRequest(PERMITS, trigger, Mode.live, "a sample to begin with", Map.of()));
    }
}
