package dev.syncline.writeback;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;
import dev.syncline.writeback.BatchPlanner.Planned;
import dev.syncline.writeback.Candidates.Found;

/**
 * Brings one batch of items to their sheets: look the records up, read the tabs, compare, write down what is about to be
 * written, write, end the items. Each spreadsheet by itself, so that one that fails holds up no other's items.
 */
@ApplicationScoped
class Delivery {
    private final Candidates candidates;
    private final Tabs tabs;
    private final KnownRows known;
    private final SheetWriter writer;
    private final WriteLog log;
    private final Settlements settlements;
    private final QueueStore queue;
    private final WriteBackConfig config;

    Delivery(
            Candidates candidates,
            Tabs tabs,
            KnownRows known,
            SheetWriter writer,
            WriteLog log,
            Settlements settlements,
            QueueStore queue,
            WriteBackConfig config) {
        this.candidates = candidates;
        this.tabs = tabs;
        this.known = known;
        this.writer = writer;
        this.log = log;
        this.settlements = settlements;
        this.queue = queue;
        this.config = config;
    }

    /** Every item has ended afterwards or was given back, also if it fails. */
    Uni<Void> deliver(Pass pass, List<QueueItem> items) {
        Claim claim = new Claim(items);
        return Uni.createFrom()
                .deferred(() -> candidates.of(items))
                .chain(found -> deliver(pass, claim, found))
                .chain(() -> giveBack(pass, claim.takeOpen()))
                .onFailure()
                .call(() -> giveBack(pass, claim.takeOpen()).onFailure().recoverWithNull());
    }

    private Uni<Void> deliver(Pass pass, Claim claim, Found found) {
        Map<String, List<Candidate>> bySpreadsheet = found.candidates().stream()
                .collect(Collectors.groupingBy(
                        candidate -> candidate.model().spreadsheet().orElseThrow(),
                        LinkedHashMap::new,
                        Collectors.toList()));
        return end(pass, claim, found.settled())
                .onItem()
                .transformToMulti(x -> Multi.createFrom().iterable(bySpreadsheet.entrySet()))
                .onItem()
                .transformToUniAndConcatenate(each -> deliver(pass, claim, each.getKey(), each.getValue()))
                .onItem()
                .ignoreAsUni();
    }

    private Uni<Void> deliver(Pass pass, Claim claim, String spreadsheet, List<Candidate> rows) {
        return tabs.look(pass, spreadsheet, keys(rows)).chain(look -> {
            if (look instanceof Tabs.Look.Failed failed) {
                return failed.failure().code().retryable()
                        ? putOff(pass, claim, rows, failed.failure())
                        : end(pass, claim, failed(rows, failed.failure()));
            }
            return look instanceof Tabs.Look.Seen seen
                    ? write(pass, claim, spreadsheet, rows, seen)
                    : Uni.createFrom().voidItem();
        });
    }

    /** Google has got nothing of them, so the attempt does not count. The run takes no more of their spreadsheet, and says why. */
    private Uni<Void> putOff(Pass pass, Claim claim, List<Candidate> rows, SyncException why) {
        List<QueueItem> items = rows.stream().map(Candidate::item).toList();
        return pass.isRehearsal() || isTooOften(why) || items.isEmpty()
                ? Uni.createFrom().voidItem()
                : queue.postpone(items).invoke(() -> claim.gaveBack(items));
    }

    /** Then the run takes no more of any, and the items are given back as they were. */
    private static boolean isTooOften(SyncException failure) {
        return failure.code() == ErrorCode.SHEETS_RATE_LIMIT;
    }

    private static Map<Model, List<String>> keys(List<Candidate> rows) {
        return rows.stream()
                .collect(Collectors.groupingBy(
                        Candidate::model,
                        LinkedHashMap::new,
                        Collectors.mapping(candidate -> candidate.values().key(), Collectors.toList())));
    }

    private static List<Settlement> failed(List<Candidate> rows, SyncException failure) {
        return rows.stream()
                .map(candidate -> Settlement.failed(candidate, ItemFailures.of(failure)))
                .toList();
    }

    // --- write

    private Uni<Void> write(Pass pass, Claim claim, String spreadsheet, List<Candidate> rows, Tabs.Look.Seen seen) {
        List<Candidate> writable = rows.stream()
                .filter(candidate -> seen.readings().containsKey(candidate.model()))
                .toList();
        return known.of(writable)
                .map(found ->
                        new BatchPlanner(new RowPlanner(config.conflicts()), seen.readings(), found).plan(writable))
                .chain(planned -> end(pass, claim, settled(planned)).replaceWith(writes(planned)))
                .chain(writes -> write(pass, claim, spreadsheet, writes));
    }

    /** A candidate whose row is to be written. */
    private record Write(Candidate candidate, RowPlan.Write plan) {}

    private static List<Settlement> settled(List<Planned> planned) {
        List<Settlement> settled = new ArrayList<>();
        for (Planned each : planned) {
            if (each.plan() instanceof RowPlan.Keep keep) {
                settled.add(Settlement.kept(each.candidate(), keep));
            }
            if (each.plan() instanceof RowPlan.Refuse refuse) {
                settled.add(Settlement.failed(each.candidate(), ItemFailures.lasting(refuse.code(), refuse.detail())));
            }
            if (each.plan() instanceof RowPlan.Faulty faulty) {
                settled.add(Settlement.failed(each.candidate(), faulty.failed()));
            }
        }
        return settled;
    }

    private static List<Write> writes(List<Planned> planned) {
        return planned.stream()
                .filter(each -> each.plan() instanceof RowPlan.Write)
                .map(each -> new Write(each.candidate(), (RowPlan.Write) each.plan()))
                .toList();
    }

    private Uni<Void> write(Pass pass, Claim claim, String spreadsheet, List<Write> writes) {
        if (writes.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return pass.isRehearsal()
                ? end(pass, claim, rehearsed(writes))
                : begin(pass, writes).chain(() -> send(pass, claim, spreadsheet, writes));
    }

    /** A run that is to stop may have lost its lease, and others may write already. */
    private Uni<Void> send(Pass pass, Claim claim, String spreadsheet, List<Write> writes) {
        if (pass.scope().stopRequested()) {
            return tellUnsent(pass, writes, stopped());
        }
        return writer.write(pass.claimSession(), spreadsheet, changes(writes))
                .chain(results -> sent(pass, claim, spreadsheet, writes, results));
    }

    static SyncException stopped() {
        return new SyncException(ErrorCode.INTERRUPTED, "the run was told to stop before anything of it was sent");
    }

    private Uni<Void> sent(
            Pass pass, Claim claim, String spreadsheet, List<Write> writes, Map<String, RowResult> results) {
        Optional<SyncException> failure = SheetFailures.of(results.values());
        failure.ifPresent(why -> pass.giveUp(spreadsheet, why));
        Map<Boolean, List<Write>> byWait =
                writes.stream().collect(Collectors.partitioningBy(write -> mayWait(result(write, results))));
        Uni<Void> ended = end(pass, claim, written(byWait.get(false), results));
        List<Write> waiting = byWait.get(true);
        return failure.isEmpty() || waiting.isEmpty()
                ? ended
                : ended.chain(() -> tellUnsent(pass, waiting, failure.get()))
                        .chain(() -> putOff(pass, claim, candidates(waiting), failure.get()));
    }

    private static @Nullable RowResult result(Write write, Map<String, RowResult> results) {
        return results.get(write.plan().change().ticket());
    }

    private static boolean mayWait(@Nullable RowResult result) {
        return result instanceof RowResult.Unsent unsent && unsent.mayWait();
    }

    private static List<Candidate> candidates(List<Write> writes) {
        return writes.stream().map(Write::candidate).toList();
    }

    private Uni<Void> tellUnsent(Pass pass, List<Write> writes, SyncException why) {
        return log.write(writes.stream()
                .map(write -> pass.entries().unsent(write.candidate(), write.plan(), why))
                .toList());
    }

    /** Before the sheet is touched: whatever happens then, it is known what may have been changed. */
    private Uni<Void> begin(Pass pass, List<Write> writes) {
        return log.write(writes.stream()
                .map(write -> pass.entries().begun(write.candidate(), write.plan()))
                .toList());
    }

    private static List<RowChange> changes(List<Write> writes) {
        return writes.stream().map(write -> write.plan().change()).toList();
    }

    private static List<Settlement> written(List<Write> writes, Map<String, RowResult> results) {
        return writes.stream()
                .map(write -> Settlement.of(
                        write.candidate(),
                        write.plan(),
                        results.get(write.plan().change().ticket())))
                .toList();
    }

    private static List<Settlement> rehearsed(List<Write> writes) {
        return writes.stream()
                .map(write -> Settlement.rehearsed(write.candidate(), write.plan()))
                .toList();
    }

    // --- end

    private Uni<Void> end(Pass pass, Claim claim, List<Settlement> ended) {
        return settlements.settle(pass, ended).invoke(() -> claim.ended(ended));
    }

    private Uni<Void> giveBack(Pass pass, List<QueueItem> left) {
        return pass.isRehearsal() || left.isEmpty() ? Uni.createFrom().voidItem() : queue.release(left);
    }
}
