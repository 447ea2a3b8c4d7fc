package dev.syncline.ingest;

import java.time.Instant;

/** The last complete run of the same sync: what the next one is measured against. */
public record Baseline(String run, Instant startedAt, long read) {}
