package dev.syncline.dev.sheets;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.jspecify.annotations.Nullable;

/** A tab of a spreadsheet, to be filled and changed as a person would. Rows count from 1. */
public final class StandInTab {
    private final StandInSpreadsheet spreadsheet;
    private final int id;

    StandInTab(StandInSpreadsheet spreadsheet, int id) {
        this.spreadsheet = spreadsheet;
        this.id = id;
    }

    /**
     * Replaces all content. A cell is a text as it stands, a formula if it begins with {@code =}, a number, a boolean, a {@code
     * LocalDate} or {@code LocalDateTime}, which is shown as such, or null. The grid grows to hold it.
     */
    @CanIgnoreReturnValue
    public StandInTab fill(List<? extends List<?>> rows) {
        return edit(sheet -> {
            Grid grid = sheet.grid();
            int height = grid.rows();
            int width = grid.columns();
            grid.resize(0, 0);
            grid.resize(height, width);
            put(grid, rows);
        });
    }

    private static void put(Grid grid, List<? extends List<?>> rows) {
        for (int row = 0; row < rows.size(); row++) {
            List<?> cells = rows.get(row);
            for (int column = 0; column < cells.size(); column++) {
                if (cells.get(column) != null) {
                    grid.put(row, column, Cell.of(cells.get(column)));
                }
            }
        }
    }

    /** One cell, as in {@link #fill}; its format stays. */
    @CanIgnoreReturnValue
    public StandInTab set(String a1, @Nullable Object value) {
        return edit(sheet -> {
            Area area = area(sheet, a1);
            Cell before = sheet.grid().get(area.top(), area.left());
            sheet.grid().put(area.top(), area.left(), before.holding(Cell.of(value)));
        });
    }

    /** As somebody types it: {@code 12%} is a number in a format. */
    @CanIgnoreReturnValue
    public StandInTab type(String a1, String text) {
        return edit(sheet -> {
            Area area = area(sheet, a1);
            Cell before = sheet.grid().get(area.top(), area.left());
            sheet.grid().put(area.top(), area.left(), before.holding(UserEntry.parse(text, before.format())));
        });
    }

    /** Gives all cells of a range a format for numbers, by the API's names: {@code DATE} and {@code yyyy-mm-dd}. */
    @CanIgnoreReturnValue
    public StandInTab format(String range, String type, String pattern) {
        NumberFormat format = new NumberFormat(NumberFormat.Type.valueOf(type), pattern);
        return edit(sheet -> {
            Area area = area(sheet, range);
            for (int row = area.top();
                    row < Math.min(area.bottom(), sheet.grid().keptRows());
                    row++) {
                for (int column = area.left(); column < area.right(); column++) {
                    Cell cell = sheet.grid().get(row, column);
                    sheet.grid().put(row, column, cell.formatted(format));
                }
            }
        });
    }

    /** What a cell comes to: {@code String}, {@code Double}, {@code Boolean}, null; an error is its text. */
    public @Nullable Object get(String a1) {
        Content content = content(a1);
        return content.value() instanceof CellError error ? error.text() : content.value();
    }

    /** What a cell shows. */
    public String shown(String a1) {
        Content content = content(a1);
        return Shown.text(content.value(), content.format());
    }

    private record Content(@Nullable Object value, @Nullable NumberFormat format) {}

    private Content content(String a1) {
        return spreadsheet.read(book -> {
            Sheet sheet = sheet(book);
            Area area = area(sheet, a1);
            Cell cell = sheet.grid().get(area.top(), area.left());
            return new Content(new Calculation(book).value(sheet, area.top(), area.left(), cell), cell.format());
        });
    }

    /** Puts a blank row there; what was in it and below moves down. */
    @CanIgnoreReturnValue
    public StandInTab insertRow(int row) {
        spreadsheet.edit(book -> book.insert(sheet(book), true, row - 1, 1));
        return this;
    }

    @CanIgnoreReturnValue
    public StandInTab deleteRow(int row) {
        spreadsheet.edit(book -> book.delete(sheet(book), true, row - 1, row));
        return this;
    }

    /** How large the grid is, blank cells included; what does not fit is gone. */
    @CanIgnoreReturnValue
    public StandInTab resize(int rows, int columns) {
        return edit(sheet -> sheet.grid().resize(rows, columns));
    }

    @CanIgnoreReturnValue
    public StandInTab rename(String title) {
        return edit(sheet -> sheet.rename(title));
    }

    /** Whether writes are refused, as in a protected tab. */
    @CanIgnoreReturnValue
    public StandInTab protect(boolean on) {
        return edit(sheet -> sheet.protect(on));
    }

    /** The same for some of the cells; they stay protected where they are when rows come and go. */
    @CanIgnoreReturnValue
    public StandInTab protect(String range, boolean on) {
        return edit(sheet -> sheet.protect(area(sheet, range), on));
    }

    /** All cells as they were entered, with their formats: equal to another one if nothing has changed in between. */
    public List<List<Object>> snapshot() {
        return spreadsheet.read(book -> {
            Grid grid = sheet(book).grid();
            List<List<Object>> rows = new ArrayList<>();
            for (int row = 0; row < grid.keptRows(); row++) {
                rows.add(List.copyOf(grid.row(row)));
            }
            return rows;
        });
    }

    /** What was entered into a cell: a formula with its {@code =}, {@code String}, {@code Double}, {@code Boolean}, null. */
    public @Nullable Object entered(String a1) {
        return spreadsheet.read(book -> {
            Sheet sheet = sheet(book);
            Area area = area(sheet, a1);
            Object entered = sheet.grid().get(area.top(), area.left()).entered();
            return entered instanceof Formula formula ? formula.text() : entered;
        });
    }

    /** Sorts the rows from one on by a column, as a person does. */
    @CanIgnoreReturnValue
    public StandInTab sort(int firstRow, String column) {
        spreadsheet.edit(book -> {
            Sheet sheet = sheet(book);
            var range = Json.MAPPER.createObjectNode();
            range.put("sheetId", id)
                    .put("startRowIndex", firstRow - 1)
                    .put("endRowIndex", sheet.grid().keptRows());
            var request = Json.MAPPER.createObjectNode();
            request.set("range", range);
            request.putArray("sortSpecs").addObject().put("dimensionIndex", A1.column(column));
            new CellRequests(book).sort(request);
        });
        return this;
    }

    /** Takes the tab away, as a person does. */
    public void delete() {
        spreadsheet.edit(book -> book.sheets().remove(sheet(book)));
    }

    private StandInTab edit(Consumer<Sheet> change) {
        spreadsheet.edit(book -> change.accept(sheet(book)));
        return this;
    }

    private Sheet sheet(Workbook book) {
        return book.find(id).orElseThrow(() -> new IllegalStateException("the tab has been deleted"));
    }

    private static Area area(Sheet sheet, String a1) {
        A1Range range = A1Range.parse(a1);
        if (range.tab() != null && !range.tab().equalsIgnoreCase(sheet.title())) {
            throw new IllegalArgumentException(a1 + " is not in the tab " + sheet.title());
        }
        return range.in(sheet.title(), sheet.grid());
    }
}
