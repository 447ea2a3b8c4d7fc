package dev.syncline.ingest;

import java.time.Instant;

/**
 * The last complete run of the same sync: what the next one is measured against.
 *
 * @param rows that its feed held, each key once
 */
public record Baseline(String run, Instant startedAt, long rows) {}
