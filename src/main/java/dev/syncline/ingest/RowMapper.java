package dev.syncline.ingest;

import java.util.Set;

import dev.syncline.source.SourceRow;

/**
 * Turns a row of a source into the row that we keep. One implementation a sync; pure, so any thread may call it, several at
 * once; called once or twice for each row of a feed. A row that cannot be mapped ends in {@link RowRejected}.
 */
public interface RowMapper {
    /** Columns that {@link #key} and {@link #rank} read; a first pass reads these alone. */
    Set<String> keyColumns();

    /** Columns without which the feed is another feed: if no row of it has one of them, nothing is written. */
    Set<String> criticalColumns();

    /** Names of the fields that {@link #map} can give; only these are compared and appear in the history. */
    Set<String> fields();

    /** The natural key, stable from feed to feed. */
    String key(SourceRow row);

    /** Of two rows with one key the higher rank wins; of two with one rank the later. */
    long rank(SourceRow row);

    /** The mapped row. */
    MappedRow map(SourceRow row);
}
