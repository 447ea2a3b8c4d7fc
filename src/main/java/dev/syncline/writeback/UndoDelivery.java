package dev.syncline.writeback;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

import dev.syncline.platform.ErrorCode;
import dev.syncline.writeback.ItemOutcome.Failed;

/** Takes a few rows of one spreadsheet back to what they were: read, compare, write down, write, note. */
@ApplicationScoped
class UndoDelivery {
    private final Tabs tabs;
    private final SheetWriter writer;
    private final WriteLog log;
    private final UndoEnds ends;
    private final Clock clock;

    UndoDelivery(Tabs tabs, SheetWriter writer, WriteLog log, UndoEnds ends, Clock clock) {
        this.tabs = tabs;
        this.writer = writer;
        this.log = log;
        this.ends = ends;
        this.clock = clock;
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
        List<UndoEnd> ended = new ArrayList<>();
        List<Restoring> restoring = new ArrayList<>();
        for (RowUndo row : rows) {
            UndoPlan plan = plan(row, readings.get(row.model()));
            if (plan instanceof UndoPlan.Restore restore) {
                restoring.add(new Restoring(row, restore));
            } else {
                ended.add(end(row, plan));
            }
        }
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
        LogEntries entries = new LogEntries(pass.run(), clock);
        Failed why = ItemFailures.of(Delivery.stopped());
        return log.write(restoring.stream()
                .map(each -> entries.ended(UndoEnd.failed(each.undo(), why)))
                .toList());
    }

    private Uni<Void> begin(Pass pass, List<Restoring> restoring) {
        LogEntries entries = new LogEntries(pass.run(), clock);
        return log.write(restoring.stream()
                .map(each -> entries.begun(each.undo(), each.plan()))
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
