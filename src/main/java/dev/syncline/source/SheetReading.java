package dev.syncline.source;

import java.util.List;
import java.util.Optional;

import com.google.api.services.sheets.v4.model.ValueRange;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

import dev.syncline.google.SheetsSession;
import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;

/** One reading of one tab: its outline, how it shows its numbers, its cells; and again if somebody moved them meanwhile. */
final class SheetReading {
    private static final int READINGS = 3;

    private final SheetsSession session;
    private final SheetQueries queries;
    private final SheetAddress address;
    private final SheetLimits limits;

    SheetReading(SheetsSession session, SheetAddress address, SheetLimits limits) {
        this.session = session;
        this.queries = new SheetQueries(address.spreadsheet());
        this.address = address;
        this.limits = limits;
    }

    Uni<SheetTab> read() {
        return read(1);
    }

    private Uni<SheetTab> read(int number) {
        return session.call(queries.outline())
                .map(found -> SheetOutline.of(found, address.tab()))
                .chain(outline -> tab(outline, number))
                .chain(tab -> tab.isPresent() ? Uni.createFrom().item(tab.get()) : again(number));
    }

    private Uni<SheetTab> again(int number) {
        return number < READINGS
                ? read(number + 1)
                : Uni.createFrom()
                        .failure(new SyncException(
                                ErrorCode.SOURCE_CHANGED,
                                "Rows or columns of the tab were moved during each of " + READINGS + " readings"));
    }

    /** A range that was there a moment ago and is refused: somebody has made the tab smaller, or renamed it. */
    private Uni<Optional<SheetTab>> tab(SheetOutline outline, int number) {
        return tab(outline)
                .onFailure(failure -> number < READINGS && isRefused(failure))
                .recoverWithItem(Optional.empty());
    }

    private static boolean isRefused(Throwable failure) {
        return failure instanceof SyncException e && e.code() == ErrorCode.INVALID_SYNC_CONFIGURATION;
    }

    /** Empty if something was moved. */
    private Uni<Optional<SheetTab>> tab(SheetOutline outline) {
        return Uni.combine()
                .all()
                .unis(formats(outline), rows(outline))
                .usingConcurrencyOf(1)
                .with((formats, rows) ->
                        rows.filter(read -> formats.standUnder(header(read))).map(read -> tab(outline, formats, read)));
    }

    private SheetTab tab(SheetOutline outline, SheetFormats formats, List<List<@Nullable Object>> rows) {
        return new SheetTab(
                address.spreadsheet(),
                outline.title(),
                outline.zone(),
                rows,
                formats.dates(),
                session.calls(),
                session.retries());
    }

    private Uni<SheetFormats> formats(SheetOutline outline) {
        int last = Math.min(address.headerRow() + SheetFormats.SAMPLE, outline.rows());
        return address.headerRow() > outline.rows()
                ? Uni.createFrom().item(SheetFormats.none())
                : session.call(queries.formats(SheetRange.rows(outline.title(), address.headerRow(), last)))
                        .map(SheetFormats::of);
    }

    private Uni<Optional<List<List<@Nullable Object>>>> rows(SheetOutline outline) {
        return Uni.createFrom().deferred(() -> {
            SheetCells cells = new SheetCells(address.headerRow(), limits.maxRows());
            return outline.fits(limits.cellsAtOnce())
                    ? page(cells, 1, SheetRange.tab(outline.title())).map(Optional::of)
                    : pages(cells, outline);
        });
    }

    private Uni<Optional<List<List<@Nullable Object>>>> pages(SheetCells cells, SheetOutline outline) {
        int size = Math.max(1, limits.cellsAtOnce() / Math.max(1, outline.columns()));
        int count = (outline.rows() + size - 1) / size;
        return Multi.createFrom()
                .range(0, count)
                .map(page -> 1 + page * size)
                .onItem()
                .transformToUniAndConcatenate(first -> page(cells, first, range(outline, first, size)))
                .collect()
                .last()
                .chain(rows -> unlessMoved(outline, rows));
    }

    private static String range(SheetOutline outline, int first, int size) {
        return SheetRange.rows(outline.title(), first, Math.min(first + size - 1, outline.rows()));
    }

    private Uni<List<List<@Nullable Object>>> page(SheetCells cells, int first, String range) {
        return session.call(queries.values(range))
                .invoke(values -> cells.add(first, values.getValues()))
                .map(values -> cells.rows());
    }

    /** The pages are several moments; they are one if the rows are now where each of them was read. */
    private Uni<Optional<List<List<@Nullable Object>>>> unlessMoved(
            SheetOutline outline, List<List<@Nullable Object>> rows) {
        int header = Math.min(address.headerRow(), outline.rows());
        RowNames asRead = RowNames.of(rows, header);
        List<String> ranges = List.of(
                SheetRange.rows(outline.title(), header, header), SheetRange.column(outline.title(), asRead.column()));
        return session.call(queries.values(ranges))
                .map(found ->
                        asRead.equals(names(asRead, found.getValueRanges())) ? Optional.of(rows) : Optional.empty());
    }

    private static RowNames names(RowNames asRead, List<ValueRange> found) {
        return asRead.again(cells(found.get(0)), cells(found.get(1)));
    }

    private static List<List<@Nullable Object>> cells(ValueRange values) {
        SheetCells cells = new SheetCells(1, Integer.MAX_VALUE);
        cells.add(1, values.getValues());
        return cells.rows();
    }

    private List<@Nullable Object> header(List<List<@Nullable Object>> rows) {
        return address.headerRow() <= rows.size() ? rows.get(address.headerRow() - 1) : List.of();
    }
}
