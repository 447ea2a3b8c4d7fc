package dev.syncline.ingest;

import java.time.Clock;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Multi;

/** From a source to a target collection: check, write, sweep. The one way in for every sync. */
@ApplicationScoped
public class IngestPipeline {
    private final RejectionStore rejections;
    private final ChangeStore changes;
    private final SweepStore sweeps;
    private final UndoJournal journal;
    private final Clock clock;

    IngestPipeline(
            RejectionStore rejections, ChangeStore changes, SweepStore sweeps, UndoJournal journal, Clock clock) {
        this.rejections = rejections;
        this.changes = changes;
        this.sweeps = sweeps;
        this.journal = journal;
        this.clock = clock;
    }

    /**
     * Reads the source whole and brings the target in step with it. Nothing happens before subscription. Items arrive once a
     * batch, on any thread, one at a time; the last of a complete attempt has the stage {@code finished}; an attempt that was
     * asked to stop ends without it after the writes under way. A failure leaves all that was written in place: rows are
     * complete one by one, and the next attempt goes on from there.
     */
    public Multi<Progress> ingest(IngestRequest request) {
        return Multi.createFrom().deferred(() -> attempt(request).run());
    }

    private Ingestion attempt(IngestRequest request) {
        KeyIndex index = new KeyIndex();
        BatchWriter writer = new BatchWriter(request, index, rejections, changes, journal, clock);
        Sweeper sweeper = new Sweeper(request, changes, sweeps, journal, clock);
        return new Ingestion(request, index, writer, sweeper);
    }
}
