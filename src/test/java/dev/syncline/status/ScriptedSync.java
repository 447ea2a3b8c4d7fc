package dev.syncline.status;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.LongStream;

import io.smallrye.mutiny.Multi;

import dev.syncline.ingest.Absence;
import dev.syncline.ingest.Progress;
import dev.syncline.ingest.RowCollection;
import dev.syncline.ingest.Tally;
import dev.syncline.platform.MongoDatabase;
import dev.syncline.run.RunScope;
import dev.syncline.run.SyncJob;

/** A sync whose next runs do what a test says. */
public final class ScriptedSync implements SyncJob {
    private final String sync;
    private final RowCollection rows;
    private volatile Function<RunScope, Multi<Progress>> script = scope -> succeeding();

    ScriptedSync(String sync, MongoDatabase database) {
        this.sync = sync;
        this.rows = new RowCollection(database.collection("scripted_rows"), 500);
    }

    public void does(Function<RunScope, Multi<Progress>> script) {
        this.script = script;
    }

    /** Runs of nine rows, read at once: four added, two updated, three unchanged. */
    public static Multi<Progress> succeeding() {
        Tally counts = new Tally(9, 4, 2, 3, 0, 0, 0);
        return Multi.createFrom().item(new Progress(Progress.FINISHED, counts, 900, 900L));
    }

    /** So many rows, one at a time, each at its time; all of them unchanged. */
    public static Multi<Progress> rowByRow(long count, Duration each) {
        Multi<Progress> steps = Multi.createFrom()
                .ticks()
                .every(each)
                .onOverflow()
                .drop()
                .select()
                .first(count)
                .map(tick -> unchanged("reading", tick + 1));
        Multi<Progress> end = Multi.createFrom().item(unchanged(Progress.FINISHED, count));
        return Multi.createBy().concatenating().streams(steps, end);
    }

    /** So many steps, as fast as they are asked for. */
    public static Multi<Progress> atOnce(long count) {
        List<Progress> steps = LongStream.rangeClosed(1, count)
                .mapToObj(n -> unchanged(n == count ? Progress.FINISHED : "reading", n))
                .toList();
        return Multi.createFrom().iterable(steps);
    }

    /** A source that never answers; the run ends when it is asked to stop. */
    public static Multi<Progress> hanging(RunScope scope) {
        return scope.stop().onItem().transformToMulti(stopped -> Multi.createFrom()
                .empty());
    }

    private static Progress unchanged(String stage, long count) {
        return new Progress(stage, new Tally(count, 0, 0, count, 0, 0, 0), count, null);
    }

    @Override
    public String sync() {
        return sync;
    }

    @Override
    public String title() {
        return "A sync for tests";
    }

    @Override
    public boolean enabled() {
        return true;
    }

    @Override
    public Optional<Duration> timeLimit() {
        return Optional.empty();
    }

    @Override
    public Multi<Progress> execute(RunScope scope) {
        return script.apply(scope);
    }

    @Override
    public Optional<SweepTarget> sweepTarget() {
        return Optional.of(new SweepTarget(rows, new Absence("status", "absent", "closed", Duration.ofDays(30))));
    }
}
