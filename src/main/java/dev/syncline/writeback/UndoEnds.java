package dev.syncline.writeback;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import org.bson.Document;

import dev.syncline.ingest.Tally;
import dev.syncline.platform.ErrorCode;
import dev.syncline.writeback.WrittenRow.WrittenCell;

/** Notes what became of rows that were to be taken back: for the records, for later comparisons, and for people. */
@ApplicationScoped
class UndoEnds {
    private final RecordReader records;
    private final WrittenRows written;
    private final WriteLog log;
    private final WriteBackRejections rejections;
    private final Clock clock;

    UndoEnds(RecordReader records, WrittenRows written, WriteLog log, WriteBackRejections rejections, Clock clock) {
        this.records = records;
        this.written = written;
        this.log = log;
        this.rejections = rejections;
        this.clock = clock;
    }

    /** Notes the ends and counts them; a rehearsal counts them alone. */
    Uni<Void> end(Pass pass, List<UndoEnd> ends) {
        Uni<Void> noted =
                pass.isRehearsal() || ends.isEmpty() ? Uni.createFrom().voidItem() : note(pass, ends);
        return noted.invoke(() -> ends.forEach(end -> count(pass, end)));
    }

    private Uni<Void> note(Pass pass, List<UndoEnd> ends) {
        List<UndoEnd> restored = ends.stream().filter(UndoEnd::isRestored).toList();
        return noteRows(restored)
                .chain(() -> noteCells(pass, restored))
                .chain(() -> log.write(ends.stream().map(pass.entries()::ended).toList()))
                .chain(() -> rejections.addUndone(pass.scope().mark(), ends));
    }

    // --- the records: one whose row was cleared has none any more, one whose row was appended again has

    private Uni<Void> noteRows(List<UndoEnd> restored) {
        Map<Model, List<UndoEnd>> news = new LinkedHashMap<>();
        for (UndoEnd end : restored) {
            UndoPlan.Restore plan = end.plan().orElseThrow();
            if (plan.clearsRow() || plan.change().isAppend()) {
                news.computeIfAbsent(end.undo().model(), x -> new ArrayList<>()).add(end);
            }
        }
        return Multi.createFrom()
                .iterable(news.entrySet())
                .onItem()
                .transformToUniAndConcatenate(each -> noteRows(each.getKey(), each.getValue()))
                .onItem()
                .ignoreAsUni();
    }

    private Uni<Void> noteRows(Model model, List<UndoEnd> ends) {
        List<String> ids = ends.stream().map(end -> end.undo().recordId()).toList();
        return records.read(model, ids).chain(found -> records.noteRows(model, rows(ends, found)));
    }

    private static Map<Object, Integer> rows(List<UndoEnd> ends, Map<String, Document> found) {
        Map<Object, Integer> rows = new HashMap<>();
        for (UndoEnd end : ends) {
            Document source = found.get(end.undo().recordId());
            if (source != null) {
                rows.put(source.get("_id"), end.plan().orElseThrow().clearsRow() ? null : end.row());
            }
        }
        return rows;
    }

    // --- what we last wrote

    private Uni<Void> noteCells(Pass pass, List<UndoEnd> restored) {
        List<String> cleared = restored.stream()
                .filter(end -> end.plan().orElseThrow().clearsRow())
                .map(end -> end.undo().place())
                .toList();
        List<UndoEnd> kept = restored.stream()
                .filter(end -> !end.plan().orElseThrow().clearsRow())
                .toList();
        return written.forget(cleared)
                .chain(() -> written.read(
                        kept.stream().map(end -> end.undo().place()).toList()))
                .chain(known -> written.save(kept.stream()
                        .map(end -> row(
                                pass,
                                end,
                                Optional.ofNullable(known.get(end.undo().place()))))
                        .toList()));
    }

    private WrittenRow row(Pass pass, UndoEnd end, Optional<WrittenRow> known) {
        UndoPlan.Restore plan = end.plan().orElseThrow();
        Map<String, CellValue> cells = new LinkedHashMap<>();
        known.filter(row -> row.isIn(end.undo().model()))
                .ifPresent(row -> row.cells().forEach(cell -> cells.put(cell.column(), cell.value())));
        plan.change().cells().forEach((column, value) -> cells.put(column.name(), value));
        int row = end.row() == null ? 0 : end.row();
        return new WrittenRow(
                end.undo().place(),
                end.undo().model().spreadsheet().orElse(null),
                key(end.undo(), plan),
                row,
                cells.entrySet().stream()
                        .map(cell -> new WrittenCell(cell.getKey(), cell.getValue()))
                        .toList(),
                clock.instant(),
                pass.run().id());
    }

    /** By which it is found from now on. */
    private static String key(RowUndo undo, UndoPlan.Restore plan) {
        CellValue restored = plan.change().cells().get(undo.model().key());
        return restored == null ? undo.key() : Keys.text(restored);
    }

    // --- the counts

    private static void count(Pass pass, UndoEnd end) {
        pass.count(tally(end));
        end.left()
                .forEach(label ->
                        pass.remark(ErrorCode.CELL_CHANGED_SINCE, end.undo().place() + ": " + label));
    }

    private static Tally tally(UndoEnd end) {
        if (end.failed().isPresent()) {
            return new Tally(1, 0, 0, 0, 1, 0, 0);
        }
        return end.isRestored() ? new Tally(1, 0, 1, 0, 0, 0, 0) : new Tally(1, 0, 0, 1, 0, 0, 0);
    }
}
