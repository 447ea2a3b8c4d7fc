package dev.syncline.roster;

import java.time.Instant;
import java.util.List;

/** The registry's columns as a test needs them. */
final class Columns {
    static final Instant MONDAY = Instant.parse("2026-03-02T10:00:00Z");
    static final Instant TUESDAY = Instant.parse("2026-03-03T10:00:00Z");

    private Columns() {}

    static List<SeenColumn> seen(Tab tab) {
        return SeenColumn.of(tab.header(), tab.sheetRows());
    }

    /** As the first run stores them, on Monday. */
    static List<ColumnDefinition> stored(Tab tab) {
        return RegistryPlan.of(Tab.SHEET, List.of(), seen(tab), "run-1", MONDAY).writes();
    }
}
