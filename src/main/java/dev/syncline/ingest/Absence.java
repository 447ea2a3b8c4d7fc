package dev.syncline.ingest;

import java.time.Duration;

/**
 * How a sync marks what its source no longer has: {@code field} takes the value {@code absent}, and {@code closed} once the
 * row has been gone for {@code closeAfter} (S1-31). A row that returns gets the source's value back.
 */
public record Absence(String field, Object absent, Object closed, Duration closeAfter) {}
