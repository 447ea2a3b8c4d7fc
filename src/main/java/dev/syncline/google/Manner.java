package dev.syncline.google;

/**
 * How a session's calls are made.
 *
 * @param attempts how often one call is tried
 */
record Manner(Purpose purpose, int attempts, BackOff backOff) {}
