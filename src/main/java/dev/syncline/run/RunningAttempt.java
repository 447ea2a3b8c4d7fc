package dev.syncline.run;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

import dev.syncline.ingest.Baseline;
import dev.syncline.ingest.Progress;
import dev.syncline.ingest.SourceMark;
import dev.syncline.ingest.Tally;
import dev.syncline.ingest.Warning;

/** An attempt while this process makes it: the run as last saved, how far the work is, and whether it shall stop. */
final class RunningAttempt implements RunScope {
    /** Why an attempt stops before its work is done. */
    enum Stop {
        CANCELLED,
        TIMED_OUT,
        SHUTTING_DOWN,
        LEASE_LOST
    }

    private final Run begun;
    private final Past past;
    private final Duration lease;
    private final long beganNanos;
    private final AtomicReference<@Nullable Stop> stop = new AtomicReference<>();
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();

    private volatile Run saved;
    private volatile Progress progress;
    private volatile long savedNanos;
    private volatile long stopNanos;
    private volatile boolean lost;

    /** @param savedNanos when the write that began the attempt was sent, by {@link System#nanoTime()} */
    RunningAttempt(Run begun, Past past, Duration lease, long savedNanos) {
        this.begun = begun;
        this.saved = begun;
        this.progress = begun.progress();
        this.past = past;
        this.lease = lease;
        this.beganNanos = System.nanoTime();
        this.savedNanos = savedNanos;
    }

    @Override
    public Run run() {
        return begun;
    }

    @Override
    public Optional<Baseline> baseline() {
        return past.baseline();
    }

    @Override
    public Optional<SourceMark> lastSource() {
        return past.source();
    }

    @Override
    public boolean settled() {
        return begun.attempt() == 1 && past.settled();
    }

    /** Also true when nothing could be saved for a lease's time: then another process may have the run (C0-05). */
    @Override
    public boolean stopRequested() {
        if (since(savedNanos).compareTo(lease) > 0) {
            lose();
        }
        return stop.get() != null;
    }

    @Override
    public Uni<Void> stop() {
        return Uni.createFrom().completionStage(() -> stopped.copy());
    }

    /** The first reason counts. */
    void stop(Stop reason) {
        if (stop.compareAndSet(null, reason)) {
            stopNanos = System.nanoTime();
            stopped.complete(null);
        }
    }

    Optional<Stop> stopReason() {
        return Optional.ofNullable(stop.get());
    }

    /** Another process has the run, or may have it by now. */
    void lose() {
        lost = true;
        stop(Stop.LEASE_LOST);
    }

    /** Whether the run is still this process's to write for, as far as it can know. */
    boolean holdsLease() {
        return !lost && since(savedNanos).compareTo(lease) <= 0;
    }

    boolean overdue(Duration grace) {
        return stop.get() != null && since(stopNanos).compareTo(grace) > 0;
    }

    /** Until this attempt has counts of its own, those of the one before stand (S1-06). */
    void reached(Progress now) {
        boolean nothingYet = now.counts().equals(Tally.NONE);
        progress = nothingYet ? now.withCounts(begun.progress().counts()) : now;
    }

    /** @param writes so many of this attempt's, which its counts still name */
    void tookBack(long writes) {
        if (writes > 0) {
            remark(new Warning("ROLLED_BACK", "what was written was taken back (%d)".formatted(writes), List.of()));
        }
    }

    void remark(Warning warning) {
        progress = progress.withWarnings(List.of(warning));
    }

    Progress progress() {
        return progress;
    }

    /** The work is done, whatever stop may have been requested since. */
    boolean complete() {
        return progress.finished();
    }

    Run saved() {
        return saved;
    }

    /** @param sentNanos when the write was sent: the lease counts from there */
    void saved(Run run, long sentNanos) {
        saved = run;
        savedNanos = sentNanos;
    }

    boolean toBeSaved(Duration renewInterval) {
        return progress != saved.progress() || since(savedNanos).compareTo(renewInterval) > 0;
    }

    Duration took() {
        return since(beganNanos);
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }
}
