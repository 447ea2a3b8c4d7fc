package dev.syncline.writeback;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import dev.syncline.google.SheetsSession;
import dev.syncline.ingest.Progress;
import dev.syncline.ingest.Tally;
import dev.syncline.platform.DatabaseFailures;
import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;
import dev.syncline.run.Run;
import dev.syncline.run.RunScope;

/**
 * One run's way through the queue: what it has done, what it still may do, and what it leaves alone from now on. What an earlier
 * attempt of the run has done is done, and counts. For one thread at a time.
 */
final class Pass {
    /** A call that was sent may take so long to be carried out. */
    private static final Duration MARGIN = Duration.ofMinutes(1);

    private final RunScope scope;
    private final SheetsSession session;
    private final TabReader reader;
    private final Models models;
    private final LogEntries entries;
    private final Map<String, SpreadsheetTabs> tabs = new HashMap<>();
    private final Remarks remarks;
    private final Set<String> exceptModels = new HashSet<>();
    private final Map<String, SyncException> failures = new HashMap<>();
    private final int most;
    private final long endsNanos;
    private final Duration claimTimeout;
    private Tally counts;
    private boolean isOver;
    private long claimedNanos;
    private @Nullable SyncException calledTooOften;

    Pass(
            RunScope scope,
            SheetsSession session,
            TabReader reader,
            Models models,
            LogEntries entries,
            int most,
            Duration runFor,
            Duration claimTimeout) {
        this.scope = scope;
        this.session = session;
        this.reader = reader;
        this.models = models;
        this.entries = entries;
        this.remarks = new Remarks(scope.run().progress().warnings());
        this.most = most;
        this.endsNanos = System.nanoTime() + runFor.toNanos();
        this.claimTimeout = claimTimeout;
        this.counts = scope.run().progress().counts();
    }

    Run run() {
        return scope.run();
    }

    RunScope scope() {
        return scope;
    }

    SheetsSession session() {
        return session;
    }

    /** From now on the time of the next claim counts. */
    void claiming() {
        claimedNanos = System.nanoTime();
    }

    /**
     * For writing what was claimed last. Nothing is sent when others may be about to claim it, be this process as slow as it
     * may: what it would write then may be older than what they have written (S2-22).
     */
    SheetsSession claimSession() {
        Duration margin = claimTimeout.dividedBy(2);
        Duration safe = claimTimeout.minus(margin.compareTo(MARGIN) < 0 ? margin : MARGIN);
        return session.within(safe.minusNanos(System.nanoTime() - claimedNanos));
    }

    SpreadsheetTabs tabs(String spreadsheet) {
        return tabs.computeIfAbsent(spreadsheet, id -> reader.open(session, id));
    }

    /** What is written down of this run. */
    LogEntries entries() {
        return entries;
    }

    boolean isRehearsal() {
        return scope.mark().dryRun();
    }

    /** Token of this attempt on what it claims. */
    String owner() {
        return "%s/%d".formatted(run().id(), run().attempt());
    }

    // --- what it may do

    /** How many items it may still take. */
    int room() {
        return (int) Math.max(0, most - counts.read());
    }

    Set<String> exceptModels() {
        return Set.copyOf(exceptModels);
    }

    boolean isOver() {
        return isOver || room() == 0 || System.nanoTime() - endsNanos > 0;
    }

    void end() {
        isOver = true;
    }

    /** The tab cannot be written to: its items wait, and this run takes no more of them. */
    void block(Model model, TabState.Blocked why) {
        if (exceptModels.add(model.name())) {
            remarks.add(why.code(), why.detail(), List.of(model.name()));
        }
    }

    /** Changes that nobody tells of wait for a later run; those that are queued are written all the same. */
    void missed(Model model, Throwable why) {
        ErrorCode code = DatabaseFailures.isAway(why) ? ErrorCode.DATABASE_UNAVAILABLE : ErrorCode.INTERNAL_ERROR;
        remarks.add(
                code,
                "Changed records could not be looked for, only what is queued was written",
                List.of(model.name()));
    }

    /** Calls about a spreadsheet fail: what they mean for one item they would mean for the next. */
    void giveUp(String spreadsheet, SyncException failure) {
        if (failures.putIfAbsent(spreadsheet, failure) != null) {
            return;
        }
        List<String> names = models.all().stream()
                .filter(model -> model.spreadsheet().equals(Optional.of(spreadsheet)))
                .map(Model::name)
                .toList();
        exceptModels.addAll(names);
        remarks.add(failure.code(), failure.detail(), names);
        if (failure.code() == ErrorCode.SHEETS_RATE_LIMIT) {
            calledTooOften = failure;
            isOver = true;
        }
    }

    /** Why nothing more is asked about a spreadsheet. */
    Optional<SyncException> failure(String spreadsheet) {
        return Optional.ofNullable(failures.getOrDefault(spreadsheet, calledTooOften));
    }

    // --- what it has done

    void count(Tally more) {
        counts = counts.plus(more);
    }

    void count(Settlement settlement) {
        count(tally(settlement.outcome()));
        String place =
                QueueItem.liveFor(settlement.item().model(), settlement.item().recordId());
        settlement.remarks().forEach(remark -> remarks.add(remark.code(), place(place, remark.column())));
        settlement.cells().stream()
                .filter(cell -> cell.conflict() && settlement.outcome() instanceof ItemOutcome.Written)
                .forEach(cell -> remarks.add(ErrorCode.CELL_CONFLICT, place(place, cell.column())));
    }

    private static String place(String record, String column) {
        return record + ": " + column;
    }

    private static Tally tally(ItemOutcome outcome) {
        if (outcome instanceof ItemOutcome.Written written) {
            return written.appended() ? new Tally(1, 1, 0, 0, 0, 0, 0) : new Tally(1, 0, 1, 0, 0, 0, 0);
        }
        return outcome instanceof ItemOutcome.Skipped ? new Tally(1, 0, 0, 1, 0, 0, 0) : new Tally(1, 0, 0, 0, 1, 0, 0);
    }

    void remark(ErrorCode code, String place) {
        remarks.add(code, place);
    }

    /** As far as it has come. */
    Progress at(String stage) {
        return new Progress(stage, counts, 0, null, remarks.all());
    }
}
