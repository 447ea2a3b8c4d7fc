package dev.syncline.run;

import java.time.Instant;

/** Somebody wants the run to end; its runner obeys at the next batch boundary. */
public record CancelRequest(String by, Instant at) {}
