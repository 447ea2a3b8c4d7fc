package dev.syncline.writeback;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import com.google.api.services.sheets.v4.model.BatchGetValuesResponse;
import com.google.api.services.sheets.v4.model.ValueRange;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

import dev.syncline.google.SheetsSession;
import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;
import dev.syncline.writeback.TabReading.Place;
import dev.syncline.writeback.TabState.Blocked;

/** The tabs of one spreadsheet, as one run reads them, again and again. One reading after the other. */
final class SpreadsheetTabs {
    /** People may move columns or rename tabs between two calls; not for ever. */
    private static final int TRIES = 3;

    private final SheetsSession session;
    private final TabQueries queries;
    private final int maxRows;

    private volatile @Nullable TabOutline outline;
    private final Map<Model, Header> headers = new HashMap<>();

    SpreadsheetTabs(SheetsSession session, String spreadsheet, int maxRows) {
        this.session = session;
        this.queries = new TabQueries(spreadsheet);
        this.maxRows = maxRows;
    }

    /**
     * The tabs of several models, all at the same moment: three calls for the first time, then one. Fails with what calls fail
     * with: SHEET_NOT_FOUND, SHEETS_AUTH_REVOKED, SHEETS_RATE_LIMIT, SOURCE_*; SOURCE_CHANGED if people work on the tabs so
     * busily that three readings in a row were in vain.
     */
    Uni<Map<Model, TabState>> read(Collection<Model> models) {
        List<Model> asked = List.copyOf(models);
        return Uni.createFrom().deferred(() -> read(asked, 1));
    }

    private Uni<Map<Model, TabState>> read(List<Model> models, int number) {
        return outline()
                .chain(found -> headers(models, found))
                .chain(() -> cells(models))
                .onFailure(failure -> number < TRIES && isRefused(failure))
                .recoverWithUni(() -> afresh(models, number))
                .chain(states -> states.isEmpty() && !models.isEmpty() ? again(models, number) : item(states));
    }

    /** A range that was there a moment ago and is refused: somebody has made a tab smaller, or renamed it. */
    private static boolean isRefused(Throwable failure) {
        return failure instanceof SyncException e && e.code() == ErrorCode.INVALID_SYNC_CONFIGURATION;
    }

    private Uni<Map<Model, TabState>> afresh(List<Model> models, int number) {
        outline = null;
        headers.clear();
        return read(models, number + 1);
    }

    private Uni<Map<Model, TabState>> again(List<Model> models, int number) {
        return number < TRIES
                ? read(models, number + 1)
                : Uni.createFrom()
                        .failure(new SyncException(
                                ErrorCode.SOURCE_CHANGED,
                                "Columns of the tabs were moved during each of " + TRIES + " readings"));
    }

    private Uni<TabOutline> outline() {
        TabOutline known = outline;
        return known != null
                ? Uni.createFrom().item(known)
                : session.call(queries.outline()).map(TabOutline::of).invoke(found -> outline = found);
    }

    /** Of those that nobody has read yet. */
    private Uni<Void> headers(List<Model> models, TabOutline found) {
        List<Model> unread = models.stream()
                .filter(model -> !headers.containsKey(model) && hasHeader(model, found))
                .toList();
        List<String> ranges =
                unread.stream().map(model -> headerRange(model, found)).toList();
        return unread.isEmpty()
                ? Uni.createFrom().voidItem()
                : session.call(queries.columns(ranges))
                        .invoke(answer -> takeHeaders(unread, answer))
                        .replaceWithVoid();
    }

    private static boolean hasHeader(Model model, TabOutline found) {
        return found.find(model.tab())
                .filter(tab -> tab.rows() >= model.headerRow())
                .isPresent();
    }

    private static String headerRange(Model model, TabOutline found) {
        return TabQueries.row(found.find(model.tab()).orElseThrow().title(), model.headerRow());
    }

    private void takeHeaders(List<Model> models, BatchGetValuesResponse answer) {
        List<ValueRange> rows = ranges(answer, models.size());
        for (int i = 0; i < models.size(); i++) {
            headers.put(models.get(i), header(rows.get(i)));
        }
    }

    private static Header header(ValueRange row) {
        return Header.of(columns(row).stream().map(SpreadsheetTabs::first).toList());
    }

    private static Object first(List<Object> column) {
        return column.isEmpty() ? "" : column.get(0);
    }

    /** Nothing if a header is not any more what it was. */
    private Uni<Map<Model, TabState>> cells(List<Model> models) {
        TabOutline found = Objects.requireNonNull(outline);
        Map<Model, TabState> states = new LinkedHashMap<>();
        List<ColumnsAsked> asked = new ArrayList<>();
        for (Model model : models) {
            Blocked blocked = blocked(model, found);
            if (blocked == null) {
                asked.add(new ColumnsAsked(model, found.find(model.tab()).orElseThrow(), headers.get(model), maxRows));
            } else {
                states.put(model, blocked);
                // A person may mend it before the next reading.
                headers.remove(model);
            }
        }
        if (asked.isEmpty()) {
            return item(states);
        }
        List<String> ranges =
                asked.stream().flatMap(each -> each.ranges().stream()).toList();
        return session.call(queries.columns(ranges)).map(answer -> states(states, asked, answer));
    }

    private @Nullable Blocked blocked(Model model, TabOutline found) {
        if (found.find(model.tab()).isEmpty()) {
            return new Blocked(
                    ErrorCode.TAB_MISSING, "The spreadsheet has no tab '" + model.tab() + "'; it has " + found.named());
        }
        Header header = headers.get(model);
        if (header == null) {
            return new Blocked(
                    ErrorCode.HEADER_MISMATCH, "The tab '" + model.tab() + "' has no row " + model.headerRow());
        }
        String problems = header.problems(model);
        return problems.isEmpty()
                ? null
                : new Blocked(
                        ErrorCode.HEADER_MISMATCH,
                        "Labels in row " + model.headerRow() + " of the tab '" + model.tab() + "': " + problems);
    }

    private Map<Model, TabState> states(
            Map<Model, TabState> blocked, List<ColumnsAsked> asked, BatchGetValuesResponse answer) {
        Map<Model, TabState> states = new LinkedHashMap<>(blocked);
        List<ValueRange> ranges = ranges(
                answer, asked.stream().mapToInt(each -> each.ranges().size()).sum());
        int from = 0;
        boolean isAsBefore = true;
        for (ColumnsAsked each : asked) {
            int to = from + each.ranges().size();
            List<List<List<Object>>> found = ranges.subList(from, to).stream()
                    .map(SpreadsheetTabs::columns)
                    .toList();
            isAsBefore &= each.isAsBefore(found);
            headers.put(each.model(), each.header(found));
            states.put(each.model(), each.state(found));
            from = to;
        }
        return isAsBefore ? states : Map.of();
    }

    /** As many as were asked for; which is which nobody could tell otherwise. */
    private static List<ValueRange> ranges(BatchGetValuesResponse answer, int count) {
        List<ValueRange> ranges = answer.getValueRanges() == null ? List.of() : answer.getValueRanges();
        if (ranges.size() != count) {
            throw new SyncException(
                    ErrorCode.SOURCE_FAILED,
                    "Google Sheets answered with " + ranges.size() + " ranges where " + count + " were asked for");
        }
        return ranges;
    }

    private static List<List<Object>> columns(ValueRange range) {
        return range.getValues() == null ? List.of() : range.getValues();
    }

    private static Uni<Map<Model, TabState>> item(Map<Model, TabState> states) {
        return Uni.createFrom().item(states);
    }

    /**
     * The same reading, in which a text of those rows that begins with {@code =} is no longer taken for a formula. Makes calls
     * only if the tab has such cells. Where a row has moved meanwhile, or is gone, a text stays taken for one.
     *
     * @param rows from 1
     */
    Uni<TabReading> exact(TabReading reading, Collection<Integer> rows) {
        return Uni.createFrom()
                .item(() -> DoubtfulCells.in(reading, rows))
                .chain(doubtful -> doubtful.isEmpty() ? Uni.createFrom().item(reading) : settled(doubtful));
    }

    /** Part by part: all of them would make an address that is too long. */
    private Uni<TabReading> settled(DoubtfulCells doubtful) {
        return Multi.createFrom()
                .iterable(doubtful.parts())
                .onItem()
                .transformToUniAndConcatenate(this::certain)
                .collect()
                .in(HashMap<Place, CellValue>::new, Map::putAll)
                .map(doubtful.reading()::with);
    }

    private Uni<Map<Place, CellValue>> certain(DoubtfulCells part) {
        return session.call(queries.cells(part.ranges()))
                .map(answer -> part.certain(new CellsThere(answer)))
                .onFailure(SpreadsheetTabs::isRefused)
                .recoverWithItem(Map.of());
    }
}
