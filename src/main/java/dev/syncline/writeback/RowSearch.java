package dev.syncline.writeback;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

import dev.syncline.google.SheetsSession;
import dev.syncline.writeback.RowResult.Moved;
import dev.syncline.writeback.RowResult.Written;
import dev.syncline.writeback.TabState.Readable;

/** Looks for new rows by their keys when the answer to the write did not show them: a row's number is never guessed (S2-27). */
record RowSearch(SheetsSession session, String spreadsheet, TabReader reader) {

    /** Gives the results by ticket. */
    Uni<Map<String, RowResult>> find(List<RowChange> lost) {
        if (lost.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        List<Model> models =
                lost.stream().map(change -> change.tab().model()).distinct().toList();
        return reader.open(session, spreadsheet).read(models).map(states -> results(lost, states));
    }

    private static Map<String, RowResult> results(List<RowChange> lost, Map<Model, TabState> states) {
        Map<String, RowResult> results = new HashMap<>();
        for (RowChange change : lost) {
            results.put(change.ticket(), result(change, states.get(change.tab().model())));
        }
        return results;
    }

    private static RowResult result(RowChange change, @Nullable TabState state) {
        List<Integer> rows =
                state instanceof Readable readable ? readable.reading().rowsOf(change.key()) : List.of();
        return rows.size() == 1 ? new Written(rows.get(0)) : new Moved("Its new row cannot be found in the tab");
    }
}
