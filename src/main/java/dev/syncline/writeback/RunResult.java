package dev.syncline.writeback;

import io.quarkus.runtime.annotations.RegisterForReflection;

import dev.syncline.ingest.Tally;

/** What a run has come to, in the words of its family (S2-3): succeeded, failed and skipped add up to what was processed. */
@RegisterForReflection
record RunResult(long processed, long succeeded, long failed, long skipped) {
    static RunResult of(Tally counts) {
        return new RunResult(counts.read(), counts.added() + counts.updated(), counts.rejected(), counts.unchanged());
    }
}
