package dev.syncline.ingest;

import java.time.Instant;

/**
 * The last run of the same sync that read its source whole: what the next one is measured against.
 *
 * @param startedAt when the newest complete run began: that one, or one after it whose source had not changed
 * @param rows that its feed held, each key once
 */
public record Baseline(String run, Instant startedAt, long rows) {}
