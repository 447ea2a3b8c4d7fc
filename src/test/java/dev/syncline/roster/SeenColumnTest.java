package dev.syncline.roster;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import dev.syncline.roster.ColumnDefinition.DataType;

import static org.assertj.core.api.Assertions.assertThat;

class SeenColumnTest {
    private static final int MANY = 1_000;

    private final Anonymizer anonymizer = new Anonymizer("a secret of the placeholders in tests");

    @Test
    @DisplayName("S0-46: one text at the end of a column of numbers or boxes keeps it from being sorted by")
    void countsTheLastTextToo() {
        assertThat(typeOf(12, "Ana Silva")).isEqualTo(DataType.unknown);
        assertThat(typeOf(true, "Ana Silva")).isEqualTo(DataType.unknown);
        assertThat(typeOf(12, "2026-01-31")).isEqualTo(DataType.unknown);
        assertThat(anonymizer.covers("dynamicAttributes.price", typeOf(12, "Ana Silva")))
                .isTrue();
    }

    @Test
    @DisplayName("S0-46: a number that the sheet shows as a date is kept as text")
    void countsTheLastDateToo() {
        Tab tab = tab(0.5).row("last", new BigDecimal("46053")).showingDatesIn(1);

        assertThat(typeOf(tab)).isEqualTo(DataType.unknown);
    }

    @Test
    void leavesPlainColumnsAsTheyAre() {
        assertThat(typeOf(12, 13)).isEqualTo(DataType.number);
        assertThat(typeOf(true, false)).isEqualTo(DataType.bool);
        assertThat(typeOf("a", "b")).isEqualTo(DataType.string);
        assertThat(typeOf("2026-01-30", "2026-01-31")).isEqualTo(DataType.date);
        assertThat(typeOf(12, "#N/A")).isEqualTo(DataType.number);
        assertThat(typeOf(12, null)).isEqualTo(DataType.number);
    }

    private static DataType typeOf(Object first, Object last) {
        return typeOf(tab(first).row("last", last));
    }

    private static Tab tab(Object cell) {
        Tab tab = Tab.withHeader("Serial", "Price");
        for (Object each : Collections.nCopies(MANY, cell)) {
            tab = tab.row("s", each);
        }
        return tab;
    }

    private static DataType typeOf(Tab tab) {
        List<SeenColumn> columns = SeenColumn.of(tab.header(), tab.sheetRows());
        return columns.get(1).dataType();
    }
}
