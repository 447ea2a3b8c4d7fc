package dev.syncline;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.arc.properties.IfBuildProperty;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.MultiEmitter;

import dev.syncline.ingest.Progress;
import dev.syncline.ingest.SourceMark;
import dev.syncline.ingest.Tally;
import dev.syncline.run.Run;
import dev.syncline.run.RunScope;
import dev.syncline.run.SyncJob;

import static org.awaitility.Awaitility.await;

/** A second sync, whose runs go exactly as far as a test says; for the test profiles that ask for it. */
@ApplicationScoped
@IfBuildProperty(name = SteeredSync.SETTING, stringValue = "true")
public class SteeredSync implements SyncJob {
    public static final String SETTING = "syncline.test.steered";
    public static final String ID = "steered";
    public static final long BYTES = 4_000;

    private final AtomicReference<MultiEmitter<? super Progress>> underWay = new AtomicReference<>();

    @Override
    public String sync() {
        return ID;
    }

    @Override
    public String title() {
        return "A sync <b>that a test steers</b>";
    }

    @Override
    public String startLabel() {
        return "Refresh now";
    }

    @Override
    public Map<String, String> input() {
        return Map.of(Run.ANONYMIZED, "true");
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
        return Multi.createFrom().emitter(run -> {
            underWay.set(run.onTermination(() -> underWay.compareAndSet(run, null)));
            scope.stop().subscribe().with(stop -> run.complete());
        });
    }

    /** The run that is under way has added so many rows, and read as many bytes of its {@link #BYTES}. */
    public void added(long rows) {
        run().emit(new Progress("writing", tally(rows), rows, BYTES));
    }

    public void finish(long rows) {
        MultiEmitter<? super Progress> run = run();
        run.emit(new Progress(Progress.FINISHED, tally(rows), BYTES, BYTES, List.of()));
        run.complete();
    }

    /** Its source says that nothing has changed. */
    public void finishUnchanged() {
        MultiEmitter<? super Progress> run = run();
        SourceMark asking = SourceMark.asking("feed.json", "1", Instant.now());
        run.emit(new Progress(Progress.FINISHED, Tally.NONE, 0, null)
                .withSource(asking.stillAs(asking.read(Instant.now()))));
        run.complete();
    }

    public void fail(Exception failure) {
        run().fail(failure);
    }

    /** A run is shown as running a moment before its work begins. */
    private MultiEmitter<? super Progress> run() {
        return await().until(underWay::get, Objects::nonNull);
    }

    private static Tally tally(long rows) {
        return new Tally(rows, rows, 0, 0, 0, 0, 0);
    }
}
