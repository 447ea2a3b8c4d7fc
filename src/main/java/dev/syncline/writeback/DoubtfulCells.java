package dev.syncline.writeback;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.syncline.writeback.TabReading.Place;

/** Cells of a reading that hold a formula, or else a text that looks like one: the API of values does not say which. */
record DoubtfulCells(TabReading reading, List<Place> places) {
    DoubtfulCells {
        places = List.copyOf(places);
    }

    static DoubtfulCells in(TabReading reading, Collection<Integer> rows) {
        List<Place> places = new ArrayList<>();
        for (int row : rows) {
            for (Column column : reading.model().columns()) {
                if (reading.cell(row, column).kind() == CellValue.Kind.FORMULA) {
                    places.add(new Place(row, column));
                }
            }
        }
        return new DoubtfulCells(reading, places);
    }

    boolean isEmpty() {
        return places.isEmpty();
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

    TabReading settled(CellsThere there) {
        Map<Place, CellValue> texts = new HashMap<>();
        for (Place place : places) {
            CellValue now = there.at(reading.gid(), place.row(), reading.place(place.column()));
            CellValue key = there.at(reading.gid(), place.row(), keyColumn());
            boolean isSame = Keys.text(key).equals(reading.key(place.row()));
            boolean isText = now.kind() == CellValue.Kind.TEXT
                    && String.valueOf(now.text())
                            .equals(reading.cell(place.row(), place.column()).text());
            if (isSame && isText) {
                texts.put(place, now);
            }
        }
        return reading.with(texts);
    }

    private int keyColumn() {
        return reading.place(reading.model().key());
    }
}
