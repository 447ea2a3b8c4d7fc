package dev.syncline.writeback;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

import dev.syncline.writeback.CellValue.Kind;

/**
 * What is written to mend a damage.
 *
 * @param now the tab as it is by now
 * @param row of the damage by now, from 1
 * @param change what mends it; without cells if there is nothing to mend any more
 */
record Restoration(Damage damage, TabReading now, int row, RowChange change) {

    /** Empty if nobody knows what stood there, or where that is by now. */
    static Optional<Restoration> of(Damage damage, TabReading now, String ticket) {
        if (damage.meantRow() == null) {
            return Optional.of(withdrawal(damage, now, ticket));
        }
        String key = damage.key();
        if (key == null || key.isEmpty()) {
            return now.key(damage.row()).isEmpty()
                    ? content(damage, now, damage.row()).map(cells -> with(damage, now, ticket, damage.row(), cells))
                    : Optional.empty();
        }
        List<Integer> rows = now.rowsOf(key);
        if (rows.isEmpty()) {
            // The row was deleted meanwhile, and what we wrote into it went with it.
            return Optional.of(with(damage, now, ticket, damage.row(), Map.of()));
        }
        return rows.size() == 1
                ? content(damage, now, rows.get(0)).map(cells -> with(damage, now, ticket, rows.get(0), cells))
                : Optional.empty();
    }

    /** A new row whose key was there already goes: it is the last one that has the key. */
    private static Restoration withdrawal(Damage damage, TabReading now, String ticket) {
        List<Integer> rows = now.rowsOf(damage.meant());
        int last = rows.isEmpty() ? damage.row() : rows.get(rows.size() - 1);
        return with(damage, now, ticket, last, rows.size() > 1 ? blank(damage) : Map.of());
    }

    /** What the damaged cells held before. */
    private static Optional<Map<Column, CellValue>> content(Damage damage, TabReading now, int row) {
        List<Integer> sources = sources(damage, now, row);
        List<Map<Column, CellValue>> contents =
                sources.stream().map(source -> cells(damage, source)).distinct().toList();
        boolean isNew = contents.isEmpty()
                && damage.key() != null
                && (damage.key().isEmpty()
                        || damage.before().rowsOf(damage.key()).isEmpty());
        if (isNew) {
            return Optional.of(blank(damage));
        }
        return contents.size() == 1 ? Optional.of(contents.get(0)) : Optional.empty();
    }

    /** Rows of the earlier reading that it may have been; none if it is a new one. */
    private static List<Integer> sources(Damage damage, TabReading now, int row) {
        String key = damage.key();
        if (key == null) {
            return vanished(damage, now);
        }
        List<Integer> known = damage.before().rowsOf(key);
        if (known.size() == 1) {
            return known;
        }
        Integer meantRow = damage.meantRow();
        boolean isMeantGone = now.rowsOf(damage.meant()).isEmpty();
        if (known.isEmpty() && isMeantGone && meantRow != null) {
            // The row that was meant, and a person has changed its key.
            return List.of(meantRow);
        }
        return alike(damage, now, row, key);
    }

    /** The one key that is gone is the one that we have overwritten. */
    private static List<Integer> vanished(Damage damage, TabReading now) {
        return rows(damage.before())
                .filter(row -> !damage.before().key(row).isEmpty())
                .filter(row -> now.rowsOf(damage.before().key(row)).isEmpty())
                .boxed()
                .toList();
    }

    /** A row whose key does not tell it, such as one of totals, is known by the cells that we did not touch. */
    private static List<Integer> alike(Damage damage, TabReading now, int row, String key) {
        TabReading before = damage.before();
        Set<Column> others = new HashSet<>(now.model().columns());
        others.removeAll(damage.columns());
        List<Integer> alike = new ArrayList<>();
        for (int each = before.model().headerRow() + 1; each <= before.lastRow(); each++) {
            int candidate = each;
            boolean isAlike = others.stream()
                    .allMatch(column -> before.cell(candidate, column).equals(now.cell(row, column)));
            if (before.key(each).equals(key) && hasContent(before, each) && isAlike) {
                alike.add(each);
            }
        }
        return alike;
    }

    private static IntStream rows(TabReading reading) {
        return IntStream.rangeClosed(reading.model().headerRow() + 1, reading.lastRow());
    }

    private static boolean hasContent(TabReading reading, int row) {
        return reading.model().columns().stream()
                .anyMatch(column -> reading.cell(row, column).kind() != Kind.BLANK);
    }

    private static Map<Column, CellValue> cells(Damage damage, int source) {
        Map<Column, CellValue> cells = new HashMap<>();
        damage.columns().forEach(column -> cells.put(column, entered(damage, source, column)));
        return cells;
    }

    private static Map<Column, CellValue> blank(Damage damage) {
        Map<Column, CellValue> cells = new HashMap<>();
        damage.columns().forEach(column -> cells.put(column, CellValue.BLANK));
        return cells;
    }

    /** What may have been a text is put back as one, for as a formula it could do harm. */
    private static CellValue entered(Damage damage, int source, Column column) {
        CellValue value = damage.before().cell(source, column);
        return damage.before().isDoubtful(source, column) ? CellValue.text(String.valueOf(value.text())) : value;
    }

    private static Restoration with(
            Damage damage, TabReading now, String ticket, int row, Map<Column, CellValue> cells) {
        Map<Column, CellValue> needed = new HashMap<>(cells);
        needed.entrySet().removeIf(cell -> cell.getValue().equals(now.cell(row, cell.getKey())));
        return new Restoration(damage, now, row, new RowChange(ticket, now, row, now.key(row), needed));
    }

    boolean isNeeded() {
        return !change.cells().isEmpty();
    }

    /** Whether the row was where it had been read. */
    boolean isDone(CellsThere there) {
        if (isOfKey()) {
            int left = now.rowsOf(change.key()).size() - 1;
            return change.key().isEmpty() || there.rowsOf(now, change.key()).size() == left;
        }
        return keyThere(there).equals(change.key());
    }

    /** The row that was hit instead. */
    Damage hit(CellsThere there) {
        return new Damage(
                now, row, isOfKey() ? null : keyThere(there), change.cells().keySet(), change.key(), row);
    }

    private boolean isOfKey() {
        return change.cells().containsKey(now.model().key());
    }

    private String keyThere(CellsThere there) {
        return Keys.text(there.at(now.gid(), row, now.place(now.model().key())));
    }
}
