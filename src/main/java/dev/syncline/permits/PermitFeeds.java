package dev.syncline.permits;

import java.net.URI;
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
import org.jspecify.annotations.Nullable;

import dev.syncline.ingest.SourceMark;
import dev.syncline.run.RunScope;
import dev.syncline.source.FeedFetcher;
import dev.syncline.source.FeedLimits;
import dev.syncline.source.FeedLocation;
import dev.syncline.source.FeedSettings;
import dev.syncline.source.FetchLimits;
import dev.syncline.source.FetchedFeed;
import dev.syncline.source.HttpSettings;
import dev.syncline.source.ImportDirectory;
import dev.syncline.source.JsonFeed;
import dev.syncline.source.RowSource;
import dev.syncline.source.Snapshots;
import dev.syncline.source.Validators;

/** Feeds of permits: where they may come from, and how they come to lie at hand for the length of an attempt. */
@ApplicationScoped
class PermitFeeds {
    private static final Logger LOG = Logger.getLogger(PermitFeeds.class);
    private static final Duration TELL_EVERY = Duration.ofMillis(500);

    private final ImportDirectory imports;
    private final FeedFetcher fetcher;
    private final FeedNews news;
    private final Snapshots snapshots;
    private final FetchLimits fetchLimits;
    private final FeedLimits feedLimits;

    PermitFeeds(PermitsConfig config, HttpSettings http, FeedSettings feed, FeedFetcher fetcher, FeedNews news) {
        this.imports = new ImportDirectory(config.importDirectory(), "syncline.permits.import-directory");
        this.fetcher = fetcher;
        this.news = news;
        this.snapshots = new Snapshots(config.spoolDirectory(), PermitsJob.SYNC, config.snapshotsKept());
        this.fetchLimits = FetchLimits.of(http);
        this.feedLimits = FeedLimits.of(feed);
    }

    /** Where an attempt's feed is by now. */
    sealed interface Arrival {
        /** On its way. */
        record Fetching(SourceMark mark, long bytes) implements Arrival {}

        /** All of it is here. */
        record Here(SourceMark mark, Path file, FeedLimits limits) implements Arrival {
            RowSource rows() {
                return columns -> JsonFeed.open(file, limits, columns);
            }
        }

        /** The source has nothing else than what the last run read. */
        record Unchanged(SourceMark mark) implements Arrival {}

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
        SourceMark asking = news.asking(feed);
        return FeedLocation.parse(feed) instanceof FeedLocation.RemoteFeed remote
                ? fetch(remote.uri(), asking, scope)
                : imports.resolve(feed)
                        .<Arrival>map(file -> new Arrival.Here(asking, file, feedLimits))
                        .toMulti();
    }

    /** What was fetched for an attempt goes when it is over, unless it is to be kept. Never fails. */
    Uni<Void> release(RunScope scope) {
        return onWorker(() -> {
                    snapshots.end(scope.run().id(), scope.run().attempt());
                    return (Void) null;
                })
                .onFailure()
                .invoke(failure -> LOG.warnf("downloads stay behind (%s)", failure))
                .onFailure()
                .recoverWithNull();
    }

    private Multi<Arrival> fetch(URI uri, SourceMark asking, RunScope scope) {
        AtomicLong bytes = new AtomicLong();
        Multi<Arrival> ticks = Multi.createFrom()
                .ticks()
                .every(TELL_EVERY)
                .onOverflow()
                .drop()
                .map(tick -> new Arrival.Fetching(asking, bytes.get()));
        Multi<Arrival> feed = Uni.combine()
                .any()
                .<Arrival>of(download(uri, asking, scope, bytes), scope.stop().replaceWith(new Arrival.End()))
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
        return arrival instanceof Arrival.Fetching
                ? Multi.createFrom().item(arrival)
                : Multi.createFrom().items(arrival, new Arrival.End());
    }

    private Uni<Arrival> download(URI uri, SourceMark asking, RunScope scope, AtomicLong bytes) {
        @Nullable Validators known = news.known(scope, asking);
        return onWorker(() -> snapshots.begin(scope.run().id(), scope.run().attempt(), asking.checkedAt()))
                .chain(file -> fetcher.fetchIfChanged(uri, file, fetchLimits, known, bytes::set))
                .chain(fetched -> fetched.map(feed -> arrived(asking, feed))
                        .orElseGet(() -> Uni.createFrom().item(new Arrival.Unchanged(asking))));
    }

    private Uni<Arrival> arrived(SourceMark asking, FetchedFeed feed) {
        return onWorker(() -> snapshots.complete(feed.path()))
                .map(file ->
                        new Arrival.Here(asking.spooled(file, feed.validators(), snapshots.keep()), file, feedLimits));
    }

    private static <T> Uni<T> onWorker(UncheckedSupplier<T> step) {
        return Uni.createFrom().item(Unchecked.supplier(step)).runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }
}
