package dev.syncline.notify;

import java.time.Instant;

/**
 * Changes that wait to be written by a sync.
 *
 * @param since when they became too many, and have been so since
 * @param waiting how many they are now
 */
public record Backlog(String sync, Instant since, long waiting) {}
