package dev.syncline.ingest;

import java.time.Instant;

/**
 * What an attempt leaves on all that it writes.
 *
 * @param run id of the run
 * @param sync id of the sync
 * @param attempt number of the attempt, from 1; rows marked by an earlier one are recognised as this run's own work
 * @param startedAt when the run (not the attempt) began
 * @param dryRun nothing is written to any target
 */
public record RunMark(String run, String sync, int attempt, Instant startedAt, boolean dryRun) {}
