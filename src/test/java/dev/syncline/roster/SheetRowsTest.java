package dev.syncline.roster;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.syncline.source.RowCursor;
import dev.syncline.source.SourceItem;
import dev.syncline.source.SourceRow;

import static dev.syncline.roster.Tab.withHeader;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

class SheetRowsTest {
    private final Tab tab = withHeader("Serial", "Status", "Box")
            .row("a", "x", true)
            .row()
            .row(null, "  ", false)
            .row("b", null, false)
            .row(null, null, true)
            .row();

    @Test
    @DisplayName("S0-25: rows in which nothing stands are none, also when a box in them is not ticked")
    void skipsBlankRows() {
        List<SourceRow> rows = read(tab.sheetRows(), Set.of());

        assertThat(rows).extracting(SourceRow::place).containsExactly("row 2", "row 5", "row 6");
        assertThat(rows).extracting(SourceRow::ordinal).containsExactly(0L, 1L, 2L);
        assertThat(rows.get(0).cells()).containsExactly(entry("serial", "a"), entry("status", "x"), entry("box", true));
        assertThat(rows.get(1).cells()).containsOnlyKeys("serial", "box");
        assertThat(tab.sheetRows().count()).isEqualTo(3);
    }

    @Test
    @DisplayName("S0-36: rows behind a gap are rows")
    void readsOnBehindAGap() {
        Tab long600 = withHeader("Serial");
        for (int row = 2; row <= 606; row++) {
            long600 = row > 496 && row <= 501 ? long600.row() : long600.row("s" + row);
        }

        List<SourceRow> rows = read(long600.sheetRows(), Set.of());

        assertThat(rows).hasSize(600);
        assertThat(rows.get(599).place()).isEqualTo("row 606");
    }

    @Test
    void givesTheCellsThatAreAskedFor() {
        assertThat(read(tab.sheetRows(), Set.of("status")).get(0).cells()).containsOnlyKeys("status");
    }

    @Test
    void tellsProgressInRows() {
        try (RowCursor cursor = tab.sheetRows().open(Set.of())) {
            List<Long> read = new ArrayList<>(List.of(cursor.bytesRead()));
            while (cursor.next() != null) {
                read.add(cursor.bytesRead());
            }
            assertThat(read).containsExactly(0L, 1L, 4L, 6L);
            assertThat(cursor.bytesTotal()).isEqualTo(6);
        }
    }

    @Test
    void keepsTheRowAsJsonForWhoeverHasToCorrectIt() {
        Tab odd = withHeader("Serial", "Notes", "Price", "Half")
                .row("a", "x".repeat(50), 1.5, "\uD83D")
                .row("b", "\u0000\"");

        List<SourceRow> rows = read(odd.sheetRows(), Set.of());

        assertThat(text(rows.get(0)))
                .isEqualTo(
                        "{\"serial\":\"a\",\"notes\":\"" + "x".repeat(40) + "…\",\"price\":1.5,\"half\":\"\uFFFD\"}");
        assertThat(text(rows.get(1))).isEqualTo("{\"serial\":\"b\",\"notes\":\"\\\"\"}");
    }

    @Test
    void keepsNoMoreOfARowThanIsStoredOfIt() {
        Object[] labels = new Object[100];
        Object[] cells = new Object[100];
        for (int i = 0; i < 100; i++) {
            labels[i] = i == 0 ? "Serial" : "列".repeat(50) + i;
            cells[i] = "値".repeat(50);
        }

        byte[] raw =
                read(withHeader(labels).row(cells).sheetRows(), Set.of()).get(0).raw();

        assertThat(raw).hasSizeBetween(1_600, 2_048);
        assertThat(new String(raw, StandardCharsets.UTF_8)).endsWith("\"}");
    }

    private static String text(SourceRow row) {
        return new String(row.raw(), StandardCharsets.UTF_8);
    }

    private static List<SourceRow> read(SheetRows rows, Set<String> columns) {
        List<SourceRow> all = new ArrayList<>();
        try (RowCursor cursor = rows.open(columns)) {
            for (SourceItem item = cursor.next(); item != null; item = cursor.next()) {
                all.add((SourceRow) item);
            }
        }
        return all;
    }
}
