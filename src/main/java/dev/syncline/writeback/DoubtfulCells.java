package dev.syncline.writeback;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.syncline.writeback.TabReading.Place;

/** Cells of a reading that hold a formula, or else a text that looks like one: the API of values does not say which. */
record DoubtfulCells(TabReading reading, List<Place> places) {
    private static final int FEW = 200;
    /** Each is asked for by two ranges, which all stand in the address of a call. */
    private static final int AT_ONCE = 25;

    DoubtfulCells {
        places = List.copyOf(places);
    }

    /** Those of the rows; and all others too, if they are few: rows may be moved, and then put back. */
    static DoubtfulCells in(TabReading reading, Collection<Integer> rows) {
        List<Place> all =
                places(reading, IntStream.rangeClosed(1, reading.lastRow()).boxed());
        return new DoubtfulCells(reading, all.size() <= FEW ? all : places(reading, rows.stream()));
    }

    private static List<Place> places(TabReading reading, Stream<Integer> rows) {
        return rows.flatMap(row -> places(reading, row)).toList();
    }

    private static Stream<Place> places(TabReading reading, int row) {
        return reading.model().columns().stream()
                .filter(column -> reading.isDoubtful(row, column))
                .map(column -> new Place(row, column));
    }

    boolean isEmpty() {
        return places.isEmpty();
    }

    /** Of which each fits into one call. */
    List<DoubtfulCells> parts() {
        List<DoubtfulCells> parts = new ArrayList<>();
        for (int from = 0; from < places.size(); from += AT_ONCE) {
            parts.add(new DoubtfulCells(reading, places.subList(from, Math.min(places.size(), from + AT_ONCE))));
        }
        return parts;
    }

    /** The cells, and the keys of their rows. */
    List<String> ranges() {
        List<String> ranges = new ArrayList<>();
        for (Place place : places) {
            ranges.add(TabQueries.cell(reading.title(), place.row(), reading.place(place.column())));
            ranges.add(TabQueries.cell(reading.title(), place.row(), keyColumn()));
        }
        return ranges.stream().distinct().toList();
    }

    /** Where a cell is not any more what was read, it stays in doubt. */
    Map<Place, CellValue> certain(CellsThere there) {
        Map<Place, CellValue> certain = new HashMap<>();
        for (Place place : places) {
            CellValue now = there.at(reading.gid(), place.row(), reading.place(place.column()));
            CellValue key = there.at(reading.gid(), place.row(), keyColumn());
            boolean isSameRow = Keys.text(key).equals(reading.key(place.row()));
            boolean isSameText = String.valueOf(now.text())
                    .equals(reading.cell(place.row(), place.column()).text());
            if (isSameRow && isSameText) {
                certain.put(place, now);
            }
        }
        return certain;
    }

    private int keyColumn() {
        return reading.place(reading.model().key());
    }
}
