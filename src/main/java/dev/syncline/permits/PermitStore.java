package dev.syncline.permits;

import java.time.Instant;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;

import dev.syncline.ingest.RowCollection;
import dev.syncline.platform.MongoDatabase;
import dev.syncline.run.RunStore;

/** The collection {@code permits}; its rows are written by ingest alone. */
@ApplicationScoped
class PermitStore implements LastComplete {
    private final RowCollection rows;
    private final RunStore runs;

    PermitStore(MongoDatabase database, PermitsConfig config, RunStore runs) {
        this.rows = new RowCollection(
                database.collection(PermitReader.PERMITS), config.ingest().lookUpSize());
        this.runs = runs;
    }

    RowCollection rows() {
        return rows;
    }

    @Override
    public Uni<Optional<Instant>> startedAt() {
        return runs.lastSuccess(PermitsJob.SYNC).map(last -> last.map(run -> run.startedAt()));
    }
}
