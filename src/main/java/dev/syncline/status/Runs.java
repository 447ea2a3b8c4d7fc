package dev.syncline.status;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;
import dev.syncline.run.Run;
import dev.syncline.run.RunStore;

/** Runs that a caller names. */
@ApplicationScoped
class Runs {
    private final RunStore store;

    Runs(RunStore store) {
        this.store = store;
    }

    /** {@code NOT_FOUND} if there is no such run. */
    Uni<Run> get(String id) {
        return store.byId(id)
                .map(found ->
                        found.orElseThrow(() -> new SyncException(ErrorCode.NOT_FOUND, "there is no run of that id")));
    }
}
