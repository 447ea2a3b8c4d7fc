package dev.syncline.ingest;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.syncline.source.SourceRow;

/** A permit as it stands in a feed. */
public final class PermitRow {
    private final Map<String, @Nullable Object> cells;

    private PermitRow(Map<String, @Nullable Object> cells) {
        this.cells = cells;
    }

    /** A permit with a value in every column that a feed cannot do without. */
    public static PermitRow permit(String permitNum) {
        return new PermitRow(new LinkedHashMap<>())
                .with("PERMIT_NUM", permitNum)
                .with("REVISION_NUM", "00")
                .with("STATUS", "Inspection")
                .with("PERMIT_TYPE", "Small Residential Projects")
                .with("STREET_NUM", "14")
                .with("STREET_NAME", "GRANDVIEW")
                .with("RESIDENTIAL", 39L);
    }

    public PermitRow with(String column, @Nullable Object cell) {
        Map<String, @Nullable Object> more = new LinkedHashMap<>(cells);
        more.put(column, cell);
        return new PermitRow(more);
    }

    public PermitRow without(String column) {
        Map<String, @Nullable Object> fewer = new LinkedHashMap<>(cells);
        fewer.remove(column);
        return new PermitRow(fewer);
    }

    /** The feed's own number of the row, which decides between two of one key. */
    public PermitRow numbered(long number) {
        return with("_id", number);
    }

    public PermitRow withStatus(String status) {
        return with("STATUS", status);
    }

    /** The id that the permit is stored under. */
    public String key() {
        return cells.get("PERMIT_NUM") + "--" + cells.get("REVISION_NUM");
    }

    SourceRow at(long ordinal) {
        return new SourceRow(ordinal, "/" + ordinal, cells, cells.toString().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return cells.toString();
    }
}
