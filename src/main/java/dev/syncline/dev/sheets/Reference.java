package dev.syncline.dev.sheets;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Cells that a formula names: {@code B2}, {@code $B2:C}, {@code 'A tab'!A:A}.
 *
 * @param tab the tab's name; null for the formula's own
 * @param to null for a single cell
 */
record Reference(
        @Nullable String tab, Corner from, @Nullable Corner to) {
    static final String CELL = "\\$?[A-Za-z]{1,3}\\$?\\d+";
    static final String CELLS = "(?:" + CELL + "(?::" + CELL + "|:\\$?[A-Za-z]{1,3})?"
            + "|\\$?[A-Za-z]{1,3}:\\$?[A-Za-z]{1,3}|\\$?\\d+:\\$?\\d+)";
    static final String TAB = "(?:'(?:[^']|'')+'|[\\p{L}_][\\p{L}\\p{N}_.]*)!";

    private static final Pattern PARTS =
            Pattern.compile("(?:(" + TAB.substring(0, TAB.length() - 1) + ")!)?([^:]+)(?::(.+))?");
    private static final Pattern CORNER = Pattern.compile("(\\$?)([A-Za-z]*)(\\$?)(\\d*)");

    /** What is fixed has a {@code $} in front and stays when the formula is moved. */
    record Corner(
            boolean fixedColumn,
            @Nullable Integer column,
            boolean fixedRow,
            @Nullable Integer row) {
        static Corner parse(String text) {
            Matcher parts = CORNER.matcher(text);
            if (!parts.matches()) {
                throw new IllegalStateException(text);
            }
            boolean hasColumn = !parts.group(2).isEmpty();
            boolean isDollarOfRow = !hasColumn && !parts.group(1).isEmpty();
            return new Corner(
                    hasColumn && !parts.group(1).isEmpty(),
                    hasColumn ? Integer.valueOf(A1.column(parts.group(2))) : null,
                    isDollarOfRow || !parts.group(3).isEmpty(),
                    parts.group(4).isEmpty() ? null : Integer.valueOf(Integer.parseInt(parts.group(4)) - 1));
        }

        Corner with(@Nullable Integer newRow, @Nullable Integer newColumn) {
            return new Corner(fixedColumn, newColumn, fixedRow, newRow);
        }

        String text() {
            String letters = column == null ? "" : (fixedColumn ? "$" : "") + A1.letters(column);
            return letters + (row == null ? "" : (fixedRow ? "$" : "") + (row + 1));
        }
    }

    static Reference parse(String text) {
        Matcher parts = PARTS.matcher(text);
        if (!parts.matches()) {
            throw new IllegalStateException(text);
        }
        String tab = parts.group(1) == null ? null : A1.unquoted(parts.group(1));
        Corner to = parts.group(3) == null ? null : Corner.parse(parts.group(3));
        return new Reference(tab, Corner.parse(parts.group(2)), to);
    }

    String text() {
        return (tab == null ? "" : A1.quoted(tab) + "!") + from.text() + (to == null ? "" : ":" + to.text());
    }

    Area in(Grid grid) {
        Corner end = to == null ? from : to;
        return new Area(
                from.row() == null ? 0 : from.row(),
                from.column() == null ? 0 : from.column(),
                end.row() == null ? grid.rows() : end.row() + 1,
                end.column() == null ? grid.columns() : end.column() + 1);
    }

    /** With another name for the tab, if it is that one. */
    Reference renamed(String before, String after) {
        return before.equalsIgnoreCase(tab) ? new Reference(after, from, to) : this;
    }

    /** The same seen from a formula that stands so many rows further down; none if that is above the first row. */
    Optional<Reference> moved(int rows) {
        Corner start = moved(from, rows);
        Corner end = to == null ? null : moved(to, rows);
        boolean isOutside = isAboveAll(start) || end != null && isAboveAll(end);
        return isOutside ? Optional.empty() : Optional.of(new Reference(tab, start, end));
    }

    private static Corner moved(Corner corner, int rows) {
        Integer row = corner.row();
        return row == null || corner.fixedRow() ? corner : corner.with(row + rows, corner.column());
    }

    private static boolean isAboveAll(Corner corner) {
        return corner.row() != null && corner.row() < 0;
    }

    /** What it names after a change of the rows or columns; none if all of it is gone. */
    Optional<Reference> after(Shift shift) {
        Corner end = to == null ? from : to;
        Integer first = shift.isOfRows() ? from.row() : from.column();
        Integer last = shift.isOfRows() ? end.row() : end.column();
        Integer newFirst = first == null ? null : Integer.valueOf(shift.first(first));
        Integer newLast = last == null ? null : Integer.valueOf(shift.last(last));
        if (newFirst != null && newLast != null && newLast < newFirst) {
            return Optional.empty();
        }
        Corner newFrom = with(from, shift, newFirst);
        return Optional.of(new Reference(tab, newFrom, to == null ? null : with(to, shift, newLast)));
    }

    private static Corner with(Corner corner, Shift shift, @Nullable Integer index) {
        return shift.isOfRows() ? corner.with(index, corner.column()) : corner.with(corner.row(), index);
    }
}
