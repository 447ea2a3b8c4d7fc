package dev.syncline.writeback;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.google.api.services.sheets.v4.model.BatchUpdateSpreadsheetRequest;
import com.google.api.services.sheets.v4.model.BatchUpdateSpreadsheetResponse;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

import dev.syncline.google.SheetsSession;
import dev.syncline.google.WriteRefused;
import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;
import dev.syncline.writeback.RowResult.Moved;
import dev.syncline.writeback.RowResult.Rejected;
import dev.syncline.writeback.RowResult.Unknown;
import dev.syncline.writeback.RowResult.Unsent;
import dev.syncline.writeback.RowResult.Written;

/** One write of several rows: in as few calls as Google takes, each checked by its own answer (ADR 18). */
final class Writing {
    /** So many rows refused one after the other, each alone and for the same reason, speak for the rest of their tab. */
    private static final int ENOUGH_REFUSALS = 3;

    private static final String ANSWER_FIELDS =
            "updatedSpreadsheet.sheets(properties.sheetId,data(startRow,startColumn,rowData.values.userEnteredValue))";

    /** A person has taken rows, columns or the tab away since they were read. */
    private static final Pattern NOT_THERE = Pattern.compile(
            "exceeds grid limits|is after last (row|column)|beyond the last requested|No grid with id"
                    + "|Unable to parse range",
            Pattern.CASE_INSENSITIVE);

    private final SheetsSession session;
    private final String spreadsheet;
    private final TabReader reader;
    private final long bytesAtOnce;

    private final Map<String, RowResult> results = new HashMap<>();
    private final Map<Lot, Integer> refusals = new HashMap<>();
    private @Nullable SyncException failed;

    /** Rows that Google refuses together, if it does so for the reason. */
    private record Lot(int gid, boolean areAppends, ErrorCode code) {}

    Writing(SheetsSession session, String spreadsheet, TabReader reader, long bytesAtOnce) {
        this.session = session;
        this.spreadsheet = spreadsheet;
        this.reader = reader;
        this.bytesAtOnce = bytesAtOnce;
    }

    Uni<Map<String, RowResult>> write(List<RowChange> changes) {
        return each(WriteCall.split(distinct(changes), bytesAtOnce)).replaceWith(results);
    }

    private Uni<Void> each(List<List<RowChange>> parts) {
        return Multi.createFrom()
                .iterable(parts)
                .onItem()
                .transformToUniAndConcatenate(this::send)
                .collect()
                .last()
                .replaceWithVoid();
    }

    /** Two changes of one row, or of one key, cannot be told apart in the answer; and what already stands there needs no call. */
    private List<RowChange> distinct(List<RowChange> changes) {
        Set<String> seen = new HashSet<>();
        List<RowChange> distinct = new ArrayList<>();
        for (RowChange change : changes) {
            RowChange needed = WriteCall.needed(change);
            Integer row = needed.row();
            if (needed.cells().isEmpty() && row != null) {
                results.put(change.ticket(), new Written(row));
            } else if (seen.add(change.tab().gid() + " " + change.key().strip())) {
                distinct.add(needed);
            } else {
                results.put(change.ticket(), new Moved("Another record with the same key is written at this moment"));
            }
        }
        return distinct;
    }

    private Uni<Void> send(List<RowChange> changes) {
        List<RowChange> rest = changes.stream().filter(this::isHopeful).toList();
        if (rest.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        if (failed != null) {
            fail(rest, new Unsent(failed));
            return Uni.createFrom().voidItem();
        }
        WriteCall call = new WriteCall(rest);
        return batchUpdate(session, spreadsheet, call.request())
                .chain(answer -> check(call, new CellsThere(answer.getUpdatedSpreadsheet())))
                .onFailure(WriteRefused.class)
                .recoverWithUni(refused -> afterRefusal(rest, (WriteRefused) refused))
                .onFailure(SheetFailures::isOfCalls)
                .recoverWithItem(failure -> afterFailure(rest, (SyncException) failure));
    }

    private @Nullable Void afterFailure(List<RowChange> changes, SyncException failure) {
        failed = failure;
        fail(changes, SheetFailures.isDoubtful(failure.code()) ? new Unknown(failure) : new Unsent(failure));
        return null;
    }

    private void fail(List<RowChange> changes, RowResult result) {
        changes.forEach(change -> results.put(change.ticket(), result));
    }

    static Uni<BatchUpdateSpreadsheetResponse> batchUpdate(
            SheetsSession session, String spreadsheet, BatchUpdateSpreadsheetRequest request) {
        return session.write(sheets ->
                        sheets.spreadsheets().batchUpdate(spreadsheet, request).setFields(ANSWER_FIELDS))
                .invoke(Writing::requireSpreadsheet);
    }

    /** Without it nobody knows where the rows went, so they are read again. */
    private static void requireSpreadsheet(BatchUpdateSpreadsheetResponse answer) {
        if (answer.getUpdatedSpreadsheet() == null) {
            throw new SyncException(ErrorCode.SOURCE_FAILED, "Google Sheets did not show what it has written");
        }
    }

    private Uni<Void> check(WriteCall call, CellsThere there) {
        WriteCheck check = WriteCheck.of(call.changes(), there);
        results.putAll(check.results());
        return Uni.createFrom()
                .deferred(() -> new PutBack(session.withTime(PutBack.TIME), spreadsheet, reader).all(check.damages()))
                .chain(() -> new RowSearch(session, spreadsheet, reader).find(check.lost()))
                .onFailure(SheetFailures::isOfCalls)
                .recoverWithItem(failure -> unseen(check.lost(), (SyncException) failure))
                .invoke(results::putAll)
                .replaceWithVoid();
    }

    /** They were written, and nobody could look where. */
    private Map<String, RowResult> unseen(List<RowChange> lost, SyncException failure) {
        failed = failure;
        return lost.stream().collect(Collectors.toMap(RowChange::ticket, change -> new Unknown(failure)));
    }

    /** Halved, until what Google does not take is alone (S2-33). */
    private Uni<Void> afterRefusal(List<RowChange> changes, WriteRefused refused) {
        if (changes.size() == 1) {
            refuse(changes.get(0), refused);
            return Uni.createFrom().voidItem();
        }
        return each(halves(changes, refused.code()));
    }

    /** A full spreadsheet takes no further row, but every change of one that it has. */
    private static List<List<RowChange>> halves(List<RowChange> changes, ErrorCode code) {
        List<RowChange> appends = changes.stream().filter(RowChange::isAppend).toList();
        List<RowChange> updates =
                changes.stream().filter(change -> !change.isAppend()).toList();
        boolean areMixed = !appends.isEmpty() && !updates.isEmpty();
        if (code == ErrorCode.SHEET_FULL && areMixed) {
            return List.of(updates, appends);
        }
        int half = changes.size() / 2;
        return List.of(changes.subList(0, half), changes.subList(half, changes.size()));
    }

    private void refuse(RowChange change, WriteRefused refused) {
        if (NOT_THERE.matcher(refused.detail()).find()) {
            results.put(change.ticket(), new Moved("The row was taken away a moment before"));
            return;
        }
        results.put(change.ticket(), new Rejected(refused.code(), refused.detail()));
        refusals.merge(lot(change, refused.code()), 1, Integer::sum);
    }

    /** A row that Google does not take for what stands in it says nothing of others; a protected tab does, and a full sheet. */
    private boolean isHopeful(RowChange change) {
        for (ErrorCode code : List.of(ErrorCode.RANGE_PROTECTED, ErrorCode.SHEET_FULL)) {
            if (refusals.getOrDefault(lot(change, code), 0) >= ENOUGH_REFUSALS) {
                results.put(change.ticket(), new Rejected(code, "Like other rows of its tab a moment before"));
                return false;
            }
        }
        return true;
    }

    private static Lot lot(RowChange change, ErrorCode code) {
        return new Lot(change.tab().gid(), change.isAppend(), code);
    }
}
