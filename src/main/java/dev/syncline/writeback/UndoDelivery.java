package dev.syncline.writeback;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;
import dev.syncline.writeback.ItemOutcome.Failed;

/** Takes a few rows of one spreadsheet back to what they were: read, compare, write down, write, note. */
@ApplicationScoped
class UndoDelivery {
    private final Tabs tabs;
    private final SheetWriter writer;
    private final WriteLog log;
    private final UndoEnds ends;

    UndoDelivery(Tabs tabs, SheetWriter writer, WriteLog log, UndoEnds ends) {
        this.tabs = tabs;
        this.writer = writer;
        this.log = log;
        this.ends = ends;
    }

    Uni<Void> deliver(Pass pass, String spreadsheet, List<RowUndo> rows) {
        return tabs.look(pass, spreadsheet, keys(rows)).chain(look -> {
            if (look instanceof Tabs.Look.Failed failed) {
                return ends.end(pass, failed(rows, ItemFailures.of(failed.failure())));
            }
            return look instanceof Tabs.Look.Seen seen
                    ? deliver(pass, spreadsheet, rows, seen.readings())
                    : Uni.createFrom().voidItem();
        });
    }

    private static Map<Model, List<String>> keys(List<RowUndo> rows) {
        return rows.stream()
                .collect(Collectors.groupingBy(
                        RowUndo::model, LinkedHashMap::new, Collectors.mapping(RowUndo::key, Collectors.toList())));
    }

    private static List<UndoEnd> failed(List<RowUndo> rows, Failed why) {
        return rows.stream().map(row -> UndoEnd.failed(row, why)).toList();
    }

    /** A row and how it is restored. */
    private record Restoring(RowUndo undo, UndoPlan.Restore plan) {}

    private Uni<Void> deliver(Pass pass, String spreadsheet, List<RowUndo> rows, Map<Model, TabReading> readings) {
        Map<RowUndo, UndoPlan> plans = new LinkedHashMap<>();
        rows.forEach(row -> plans.put(row, plan(row, readings.get(row.model()))));
        return sparing(pass, spreadsheet, plans).chain(spared -> carryOut(pass, spreadsheet, spared));
    }

    /** Before a row loses its key all of it is looked at. */
    private static Uni<Map<RowUndo, UndoPlan>> sparing(Pass pass, String spreadsheet, Map<RowUndo, UndoPlan> plans) {
        List<RowChange> clearing = plans.values().stream()
                .filter(plan -> plan instanceof UndoPlan.Restore restore && restore.clearsRow())
                .map(plan -> ((UndoPlan.Restore) plan).change())
                .toList();
        return clearing.isEmpty()
                ? Uni.createFrom().item(plans)
                : pass.tabs(spreadsheet)
                        .whole(clearing)
                        .map(there -> sparing(plans, there))
                        .onFailure(SheetFailures::isOfCalls)
                        .recoverWithItem(failure -> refused(plans, (SyncException) failure));
    }

    private static Map<RowUndo, UndoPlan> sparing(Map<RowUndo, UndoPlan> plans, CellsThere there) {
        Map<RowUndo, UndoPlan> spared = new LinkedHashMap<>();
        plans.forEach((row, plan) -> spared.put(row, UndoPlanner.sparing(plan, there)));
        return spared;
    }

    private static Map<RowUndo, UndoPlan> refused(Map<RowUndo, UndoPlan> plans, SyncException failure) {
        Map<RowUndo, UndoPlan> refused = new LinkedHashMap<>();
        plans.keySet().forEach(row -> refused.put(row, new UndoPlan.Refuse(failure.code(), failure.detail())));
        return refused;
    }

    private Uni<Void> carryOut(Pass pass, String spreadsheet, Map<RowUndo, UndoPlan> plans) {
        List<UndoEnd> ended = new ArrayList<>();
        List<Restoring> restoring = new ArrayList<>();
        plans.forEach((row, plan) -> {
            if (plan instanceof UndoPlan.Restore restore) {
                restoring.add(new Restoring(row, restore));
            } else {
                ended.add(end(row, plan));
            }
        });
        return ends.end(pass, ended).chain(() -> write(pass, spreadsheet, restoring));
    }

    private static UndoPlan plan(RowUndo row, @Nullable TabReading reading) {
        return reading == null
                ? new UndoPlan.Refuse(
                        ErrorCode.HEADER_MISMATCH, "the tab cannot be written to; the run's warnings say why")
                : UndoPlanner.plan(row, reading);
    }

    private static UndoEnd end(RowUndo row, UndoPlan plan) {
        if (plan instanceof UndoPlan.Refuse refuse) {
            return UndoEnd.failed(row, ItemFailures.lasting(refuse.code(), refuse.detail()));
        }
        return UndoEnd.left(row, ((UndoPlan.Leave) plan).left());
    }

    private Uni<Void> write(Pass pass, String spreadsheet, List<Restoring> restoring) {
        if (restoring.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return pass.isRehearsal()
                ? ends.end(pass, rehearsed(restoring))
                : begin(pass, restoring).chain(() -> send(pass, spreadsheet, restoring));
    }

    /** A run that is to stop may have lost its lease, and others may write already. */
    private Uni<Void> send(Pass pass, String spreadsheet, List<Restoring> restoring) {
        return pass.scope().stopRequested()
                ? tellUnsent(pass, restoring)
                : writer.write(pass.session(), spreadsheet, changes(restoring))
                        .invoke(results -> SheetFailures.of(results.values())
                                .ifPresent(failure -> pass.giveUp(spreadsheet, failure)))
                        .chain(results -> ends.end(pass, written(restoring, results)));
    }

    private Uni<Void> tellUnsent(Pass pass, List<Restoring> restoring) {
        Failed why = ItemFailures.of(Delivery.stopped());
        return log.write(restoring.stream()
                .map(each -> pass.entries().ended(UndoEnd.failed(each.undo(), why)))
                .toList());
    }

    private Uni<Void> begin(Pass pass, List<Restoring> restoring) {
        return log.write(restoring.stream()
                .map(each -> pass.entries().begun(each.undo(), each.plan()))
                .toList());
    }

    private static List<RowChange> changes(List<Restoring> restoring) {
        return restoring.stream().map(each -> each.plan().change()).toList();
    }

    private static List<UndoEnd> written(List<Restoring> restoring, Map<String, RowResult> results) {
        return restoring.stream()
                .map(each -> UndoEnd.of(
                        each.undo(), each.plan(), results.get(each.undo().place())))
                .toList();
    }

    private static List<UndoEnd> rehearsed(List<Restoring> restoring) {
        return restoring.stream()
                .map(each -> UndoEnd.of(each.undo(), each.plan(), new RowResult.Written(0)))
                .toList();
    }
}
