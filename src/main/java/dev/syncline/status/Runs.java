package dev.syncline.status;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;

import dev.syncline.identity.Caller;
import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;
import dev.syncline.run.Run;
import dev.syncline.run.RunStore;

/** Runs that a caller names; of what is another person's alone nothing is told, not even that it is there (S4-34). */
@ApplicationScoped
class Runs {
    private final RunStore store;
    private final Caller caller;

    Runs(RunStore store, Caller caller) {
        this.store = store;
        this.caller = caller;
    }

    /** Call it within the request. {@code NOT_FOUND} if there is no such run. */
    Uni<Run> get(String id) {
        String account = caller.account().id();
        return store.byId(id).map(found -> found.filter(run -> run.visibleTo(account))
                .orElseThrow(() -> new SyncException(ErrorCode.NOT_FOUND, "there is no run of that id")));
    }
}
