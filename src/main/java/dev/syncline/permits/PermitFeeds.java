package dev.syncline.permits;

import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.unchecked.Unchecked;
import io.smallrye.mutiny.unchecked.UncheckedSupplier;
import org.jboss.logging.Logger;

import dev.syncline.run.RunScope;
import dev.syncline.source.FeedFetcher;
import dev.syncline.source.FeedLimits;
import dev.syncline.source.FeedLocation;
import dev.syncline.source.FeedSettings;
import dev.syncline.source.FetchLimits;
import dev.syncline.source.HttpSettings;
import dev.syncline.source.ImportDirectory;
import dev.syncline.source.JsonFeed;
import dev.syncline.source.RowSource;

/** Feeds of permits: where they may come from, and how they come to lie at hand for the length of an attempt. */
@ApplicationScoped
class PermitFeeds {
    private static final Logger LOG = Logger.getLogger(PermitFeeds.class);
    private static final Duration TELL_EVERY = Duration.ofMillis(500);

    private final PermitsConfig config;
    private final ImportDirectory imports;
    private final FeedFetcher fetcher;
    private final FetchLimits fetchLimits;
    private final FeedLimits feedLimits;

    PermitFeeds(PermitsConfig config, HttpSettings http, FeedSettings feed, FeedFetcher fetcher) {
        this.config = config;
        this.imports = new ImportDirectory(config.importDirectory(), "syncline.permits.import-directory");
        this.fetcher = fetcher;
        this.fetchLimits = FetchLimits.of(http);
        this.feedLimits = FeedLimits.of(feed);
    }

    /** Where an attempt's feed is by now. */
    sealed interface Arrival {
        /** On its way. */
        record Fetching(long bytes) implements Arrival {}

        /** All of it is here. */
        record Here(Path file, FeedLimits limits, boolean spooled) implements Arrival {
            RowSource rows() {
                return columns -> JsonFeed.open(file, limits, columns);
            }

            /** Removes what was only fetched for this attempt. */
            Uni<Void> discard() {
                return spooled ? deleted(file) : Uni.createFrom().voidItem();
            }
        }

        /** Nothing comes after the feed. */
        record End() implements Arrival {}
    }

    /** Whether a caller may name this feed; opens nothing. Gives it back as it is to be kept in the run. */
    Uni<String> check(String feed) {
        FeedLocation location = FeedLocation.parse(feed);
        if (location instanceof FeedLocation.ImportedFile file) {
            return imports.resolve(file.path().toString()).replaceWith(feed);
        }
        fetcher.requireAllowed(((FeedLocation.RemoteFeed) location).uri());
        return Uni.createFrom().item(feed);
    }

    /** Gets the feed to hand. Ends without it when the attempt is to stop; cancelling ends a download at once. */
    Multi<Arrival> get(String feed, RunScope scope) {
        FeedLocation location = FeedLocation.parse(feed);
        return location instanceof FeedLocation.RemoteFeed remote
                ? fetch(remote.uri(), scope)
                : imports.resolve(feed)
                        .<Arrival>map(file -> new Arrival.Here(file, feedLimits, false))
                        .toMulti();
    }

    private Multi<Arrival> fetch(URI uri, RunScope scope) {
        AtomicLong bytes = new AtomicLong();
        Multi<Arrival> ticks = Multi.createFrom()
                .ticks()
                .every(TELL_EVERY)
                .onOverflow()
                .drop()
                .map(tick -> new Arrival.Fetching(bytes.get()));
        Multi<Arrival> feed = Uni.combine()
                .any()
                .<Arrival>of(download(uri, scope, bytes), scope.stop().replaceWith(new Arrival.End()))
                .toMulti();
        return Multi.createBy()
                .merging()
                .streams(ticks, feed)
                .onItem()
                .transformToMultiAndConcatenate(PermitFeeds::withItsEnd)
                .select()
                .first(arrival -> !(arrival instanceof Arrival.End));
    }

    /** Behind the merge, for a tick that waits there would come after the feed. */
    private static Multi<Arrival> withItsEnd(Arrival arrival) {
        return arrival instanceof Arrival.Here
                ? Multi.createFrom().items(arrival, new Arrival.End())
                : Multi.createFrom().item(arrival);
    }

    private Uni<Arrival> download(URI uri, RunScope scope, AtomicLong bytes) {
        return spoolFile(scope)
                .chain(file -> fetcher.fetch(uri, file, fetchLimits, bytes::set))
                .map(fetched -> new Arrival.Here(fetched.path(), feedLimits, true));
    }

    /** A file to itself for each attempt: two processes may share a spool. What an earlier one left behind goes. */
    private Uni<Path> spoolFile(RunScope scope) {
        return onWorker(() -> {
            Path spool = Files.createDirectories(config.spoolDirectory());
            try (DirectoryStream<Path> earlier =
                    Files.newDirectoryStream(spool, scope.run().id() + "-*")) {
                for (Path file : earlier) {
                    Files.delete(file);
                }
            }
            return spool.resolve(
                    "%s-%d.json".formatted(scope.run().id(), scope.run().attempt()));
        });
    }

    private static Uni<Void> deleted(Path file) {
        return onWorker(() -> Files.deleteIfExists(file))
                .onFailure()
                .invoke(failure -> LOG.warnf("a spooled feed stays behind, file=%s (%s)", file.getFileName(), failure))
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }

    private static <T> Uni<T> onWorker(UncheckedSupplier<T> step) {
        return Uni.createFrom().item(Unchecked.supplier(step)).runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }
}
