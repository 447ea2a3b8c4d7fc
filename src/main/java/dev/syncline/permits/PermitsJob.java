package dev.syncline.permits;

import java.time.Duration;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Multi;

import dev.syncline.ingest.Absence;
import dev.syncline.ingest.IngestPipeline;
import dev.syncline.ingest.IngestRequest;
import dev.syncline.ingest.Progress;
import dev.syncline.ingest.Tally;
import dev.syncline.permits.PermitFeeds.Arrival;
import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;
import dev.syncline.run.RunScope;
import dev.syncline.run.Schedule;
import dev.syncline.run.SyncJob;
import dev.syncline.source.RowSource;

/** The permits sync: get the feed, bring {@code permits} in step with it. */
@ApplicationScoped
class PermitsJob implements SyncJob {
    static final String SYNC = "permits";
    /** Input of a run: the feed that it reads. */
    static final String FEED = "feed";

    private static final String STATUS = "status";
    private static final String PENDING_CLOSED = "Pending Closed";
    static final String CLOSED = "Closed";

    /** Told before the first record is read, so that also a run that cannot read any names its file. */
    private static final Progress ARRIVED = new Progress("checking", Tally.NONE, 0, null);

    private final PermitsConfig config;
    private final PermitFeeds feeds;
    private final FeedNews news;
    private final PermitStore store;
    private final IngestPipeline pipeline;
    private final PermitMapper mapper = new PermitMapper();
    private final Optional<Schedule> schedule;

    PermitsJob(PermitsConfig config, PermitFeeds feeds, FeedNews news, PermitStore store, IngestPipeline pipeline) {
        this.config = config;
        this.feeds = feeds;
        this.news = news;
        this.store = store;
        this.pipeline = pipeline;
        this.schedule = config.source().flatMap(feed -> Schedule.of(config.schedule()));
    }

    @Override
    public String sync() {
        return SYNC;
    }

    @Override
    public String title() {
        return "Building permits, from the city's open-data feed";
    }

    @Override
    public boolean enabled() {
        return config.enabled();
    }

    /** Without a feed there is nothing to run, and no reason to fail each morning. */
    @Override
    public Optional<Schedule> schedule() {
        return schedule;
    }

    @Override
    public Optional<String> quality() {
        return Optional.of(QualityResource.PATH);
    }

    @Override
    public Optional<Duration> timeLimit() {
        return Optional.of(config.timeLimit());
    }

    @Override
    public Optional<Duration> slowAfter() {
        return Optional.of(config.slowAfter());
    }

    @Override
    public Optional<SweepTarget> sweepTarget() {
        return Optional.of(new SweepTarget(store.rows(), absence()));
    }

    @Override
    public Multi<Progress> execute(RunScope scope) {
        return feeds.get(feed(scope), scope)
                .onItem()
                .transformToMultiAndConcatenate(arrival -> bring(scope, arrival))
                .onTermination()
                .call(() -> feeds.release(scope));
    }

    private Multi<Progress> bring(RunScope scope, Arrival arrival) {
        if (arrival instanceof Arrival.Here here) {
            return Multi.createBy()
                    .concatenating()
                    .streams(Multi.createFrom().item(ARRIVED), pipeline.ingest(request(scope, here.rows())))
                    .map(progress -> news.read(scope, here.mark(), progress));
        }
        if (arrival instanceof Arrival.Unchanged unchanged) {
            return Multi.createFrom().item(news.unchanged(scope, unchanged.mark()));
        }
        return arrival instanceof Arrival.Fetching fetching
                ? Multi.createFrom().item(fetching(fetching))
                : Multi.createFrom().empty();
    }

    private static Progress fetching(Arrival.Fetching now) {
        return new Progress("fetching", Tally.NONE, now.bytes(), null).withSource(now.mark());
    }

    private String feed(RunScope scope) {
        return Optional.ofNullable(scope.run().input().get(FEED))
                .or(config::source)
                .orElseThrow(() -> new SyncException(
                        ErrorCode.SOURCE_NOT_CONFIGURED, "set syncline.permits.source to a file or an address"));
    }

    private IngestRequest request(RunScope scope, RowSource source) {
        return new IngestRequest(
                scope.mark(),
                source,
                mapper,
                store.rows(),
                absence(),
                config.ingest(),
                scope.baseline().orElse(null),
                scope::stopRequested);
    }

    private Absence absence() {
        return new Absence(STATUS, PENDING_CLOSED, CLOSED, config.closeAfter());
    }
}
