package dev.syncline.writeback;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

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
    private final WrittenRows written;
    private final SheetWriter writer;
    private final WriteLog log;
    private final Settlements settlements;
    private final QueueStore queue;
    private final WriteBackConfig config;
    private final Clock clock;

    Delivery(
            Candidates candidates,
            Tabs tabs,
            WrittenRows written,
            SheetWriter writer,
            WriteLog log,
            Settlements settlements,
            QueueStore queue,
            WriteBackConfig config,
            Clock clock) {
        this.candidates = candidates;
        this.tabs = tabs;
        this.written = written;
        this.writer = writer;
        this.log = log;
        this.settlements = settlements;
        this.queue = queue;
        this.config = config;
        this.clock = clock;
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
                return end(pass, claim, failed(rows, failed.failure()));
            }
            return look instanceof Tabs.Look.Seen seen
                    ? write(pass, claim, spreadsheet, rows, seen)
                    : Uni.createFrom().voidItem();
        });
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
        return written.read(writable.stream().map(Candidate::place).toList())
                .map(known ->
                        new BatchPlanner(new RowPlanner(config.conflicts()), seen.readings(), known).plan(writable))
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
                : begin(pass, writes)
                        .chain(() -> writer.write(pass.session(), spreadsheet, changes(writes)))
                        .map(results -> written(writes, results))
                        .onFailure(SheetFailures::isOfCalls)
                        .recoverWithItem(failure -> unknown(pass, spreadsheet, writes, (SyncException) failure))
                        .chain(ended -> end(pass, claim, ended));
    }

    /** Before the sheet is touched: whatever happens then, it is known what may have been changed. */
    private Uni<Void> begin(Pass pass, List<Write> writes) {
        LogEntries entries = new LogEntries(pass.run(), clock);
        return log.write(writes.stream()
                .map(write -> entries.begun(write.candidate(), write.plan()))
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

    private static List<Settlement> unknown(Pass pass, String spreadsheet, List<Write> writes, SyncException failure) {
        pass.giveUp(spreadsheet, failure);
        return writes.stream()
                .map(write -> Settlement.unknown(write.candidate(), write.plan(), failure))
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
