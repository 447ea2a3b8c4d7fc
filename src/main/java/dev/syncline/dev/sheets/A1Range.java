package dev.syncline.dev.sheets;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A range as it is asked for. What it leaves open is null: {@code A2:C} has no last row.
 *
 * @param text as it was asked for
 * @param tab none for the first tab
 * @param top first row, from 0
 * @param left first column, from 0
 * @param bottom the row behind the last one
 * @param right the column behind the last one
 */
record A1Range(
        String text,
        @Nullable String tab,
        @Nullable Integer top,
        @Nullable Integer left,
        @Nullable Integer bottom,
        @Nullable Integer right) {
    private static final String CELL = "\\$?([A-Za-z]{1,3})?\\$?([1-9]\\d{0,7})?";
    private static final Pattern CELLS = Pattern.compile(CELL + "(?:(:)" + CELL + ")?");
    private static final Pattern WITH_TAB = Pattern.compile("('(?:[^']|'')+'|[^'!]+)!(.+)");

    static A1Range parse(String text) {
        Matcher parts = WITH_TAB.matcher(text);
        if (parts.matches()) {
            return cells(text, A1.unquoted(parts.group(1)), parts.group(2)).orElseThrow(() -> unparseable(text));
        }
        if (text.isBlank() || text.contains("!")) {
            throw unparseable(text);
        }
        return cells(text, null, text).orElseGet(() -> new A1Range(text, A1.unquoted(text), null, null, null, null));
    }

    private static Optional<A1Range> cells(String text, @Nullable String tab, String cells) {
        Matcher matcher = CELLS.matcher(cells);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Integer column = column(matcher.group(1));
        Integer row = row(matcher.group(2));
        if (matcher.group(3) == null) {
            boolean isCell = column != null && row != null;
            return isCell ? Optional.of(new A1Range(text, tab, row, column, row + 1, column + 1)) : Optional.empty();
        }
        Integer otherColumn = column(matcher.group(4));
        Integer otherRow = row(matcher.group(5));
        boolean isHalf = column == null && row == null || otherColumn == null && otherRow == null;
        boolean isMixed = (column == null) != (otherColumn == null) && (row == null) != (otherRow == null);
        if (isHalf || isMixed) {
            return Optional.empty();
        }
        return Optional.of(new A1Range(
                text,
                tab,
                first(row, otherRow),
                first(column, otherColumn),
                behindLast(row, otherRow),
                behindLast(column, otherColumn)));
    }

    private static @Nullable Integer column(@Nullable String letters) {
        return letters == null ? null : Integer.valueOf(A1.column(letters));
    }

    private static @Nullable Integer row(@Nullable String digits) {
        return digits == null ? null : Integer.valueOf(Integer.parseInt(digits) - 1);
    }

    private static @Nullable Integer first(@Nullable Integer one, @Nullable Integer other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return Integer.valueOf(Math.min(one, other));
    }

    private static @Nullable Integer behindLast(@Nullable Integer one, @Nullable Integer other) {
        return one == null || other == null ? null : Integer.valueOf(Math.max(one, other) + 1);
    }

    static ApiException unparseable(String text) {
        return ApiException.invalid("Unable to parse range: " + text);
    }

    /** Where a write begins that may go on as far as it likes, within the grid: one cell, or a whole tab. */
    boolean isOrigin() {
        boolean isTab = top == null && left == null && bottom == null && right == null;
        boolean isCell = top != null
                && left != null
                && !text.substring(text.lastIndexOf('!') + 1).contains(":");
        return isTab || isCell;
    }

    /** The part of it that there is. A range that begins outside of the grid is refused, as Google does. */
    Area in(String title, Grid grid) {
        int firstRow = top == null ? 0 : top;
        int firstColumn = left == null ? 0 : left;
        if (firstRow >= grid.rows() || firstColumn >= grid.columns()) {
            throw ApiException.invalid("Range (%s) exceeds grid limits. Max rows: %d, max columns: %d"
                    .formatted(named(title), grid.rows(), grid.columns()));
        }
        return new Area(
                firstRow,
                firstColumn,
                bottom == null ? grid.rows() : Math.min(bottom, grid.rows()),
                right == null ? grid.columns() : Math.min(right, grid.columns()));
    }

    private String named(String title) {
        String from = (left == null ? "" : A1.letters(left)) + (top == null ? "" : top + 1);
        String to = (right == null ? "" : A1.letters(right - 1)) + (bottom == null ? "" : bottom);
        boolean isCell = isOrigin() && !from.isEmpty();
        return A1.quoted(title) + "!" + from + (isCell ? "" : ":" + to);
    }
}
