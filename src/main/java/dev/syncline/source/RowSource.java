package dev.syncline.source;

import java.util.Set;

/** A source that can be read several times with the same result. */
public interface RowSource {
    /**
     * Begins a pass. Blocking.
     *
     * @param columns the only cells to give; empty for all of them
     */
    RowCursor open(Set<String> columns);
}
