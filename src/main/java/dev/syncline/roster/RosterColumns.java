package dev.syncline.roster;

import java.util.List;

/**
 * The columns that the sheet had when it was last read whole, in its order.
 *
 * @param version {@code registry-<count>-<sha1>}; empty before the first run
 */
public record RosterColumns(String version, List<ColumnDefinition> columns) {
    public RosterColumns {
        columns = List.copyOf(columns);
    }
}
