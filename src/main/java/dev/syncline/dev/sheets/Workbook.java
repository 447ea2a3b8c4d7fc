package dev.syncline.dev.sheets;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.google.errorprone.annotations.CanIgnoreReturnValue;

/** The content of a spreadsheet. A batch of changes is made on a copy, which takes its place when all went well. */
final class Workbook {
    static final int ROWS = 1_000;
    static final int COLUMNS = 26;
    private static final long MAX_CELLS = 10_000_000;

    private final String title;
    private final ZoneId zone;
    private final List<Sheet> sheets;
    private long maxCells = MAX_CELLS;

    Workbook(String title, ZoneId zone) {
        this(title, zone, new ArrayList<>());
    }

    private Workbook(String title, ZoneId zone, List<Sheet> sheets) {
        this.title = title;
        this.zone = zone;
        this.sheets = sheets;
    }

    Workbook copy() {
        Workbook copy = new Workbook(
                title, zone, new ArrayList<>(sheets.stream().map(Sheet::copy).toList()));
        copy.maxCells = maxCells;
        return copy;
    }

    void limit(long cells) {
        maxCells = cells;
    }

    String title() {
        return title;
    }

    ZoneId zone() {
        return zone;
    }

    /** In their order; to be changed by whoever holds the workbook. */
    List<Sheet> sheets() {
        return sheets;
    }

    Optional<Sheet> find(String name) {
        return sheets.stream()
                .filter(sheet -> sheet.title().equalsIgnoreCase(name))
                .findFirst();
    }

    Optional<Sheet> find(int id) {
        return sheets.stream().filter(sheet -> sheet.id() == id).findFirst();
    }

    /** The tab of a range. */
    Sheet of(A1Range range) {
        return Optional.ofNullable(range.tab())
                .map(this::find)
                .orElseGet(() -> sheets.stream().findFirst())
                .orElseThrow(() -> A1Range.unparseable(range.text()));
    }

    /** The cells of a range, as far as there are any. */
    Place place(A1Range range) {
        Sheet sheet = of(range);
        return new Place(sheet, range.in(sheet.title(), sheet.grid()));
    }

    /** The first tab has the id 0, as in a spreadsheet that a person made. */
    int freeId(String name) {
        int id = sheets.isEmpty() ? 0 : (name.hashCode() & Integer.MAX_VALUE) | 1;
        while (find(id).isPresent()) {
            id++;
        }
        return id;
    }

    Sheet add(int id, String name, int index) {
        if (find(name).isPresent()) {
            throw ApiException.invalid(
                    "A sheet with the name \"%s\" already exists. Please enter another name.".formatted(name));
        }
        Sheet sheet = new Sheet(id, name, new Grid(ROWS, COLUMNS));
        sheets.add(Math.min(index, sheets.size()), sheet);
        return sheet;
    }

    /** Formulas that name it go with it. */
    void rename(Sheet sheet, String newTitle) {
        if (find(newTitle).filter(other -> other != sheet).isPresent()) {
            throw ApiException.invalid(
                    "A sheet with the name \"%s\" already exists. Please enter another name.".formatted(newTitle));
        }
        String before = sheet.title();
        sheet.rename(newTitle);
        for (Sheet each : sheets) {
            each.grid().rewrite(formula -> renamed(formula, before, newTitle));
        }
    }

    private static Formula renamed(Formula formula, String before, String after) {
        return formula.referring(reference -> Optional.of(reference.renamed(before, after)));
    }

    Sheet findOrAppend(String name) {
        return find(name).orElseGet(() -> append(name));
    }

    @CanIgnoreReturnValue
    Sheet append(String name) {
        return add(freeId(name), name, sheets.size());
    }

    void insert(Sheet sheet, boolean ofRows, int at, int count) {
        if (ofRows) {
            sheet.grid().insertRows(at, count);
        } else {
            sheet.grid().insertColumns(at, count);
        }
        checkSize();
        rewrite(sheet, new Shift(ofRows, at, count));
    }

    void delete(Sheet sheet, boolean ofRows, int from, int to) {
        if (ofRows) {
            sheet.grid().deleteRows(from, to);
        } else {
            sheet.grid().deleteColumns(from, to);
        }
        rewrite(sheet, new Shift(ofRows, from, from - to));
    }

    private void rewrite(Sheet changed, Shift shift) {
        for (Sheet sheet : sheets) {
            sheet.grid().rewrite(formula -> changed.shifted(formula, sheet, shift));
        }
    }

    void checkSize() {
        long cells = sheets.stream().mapToLong(sheet -> sheet.grid().size()).sum();
        if (cells > maxCells) {
            throw ApiException.invalid(
                    "This action would increase the number of cells in the workbook above the limit of %d cells."
                            .formatted(maxCells));
        }
    }
}
