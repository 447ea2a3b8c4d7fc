package dev.syncline.writeback;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** Items of the queue by where they stand. */
@RegisterForReflection
record QueueStats(long pending, long processing, long completed, long failed) {}
