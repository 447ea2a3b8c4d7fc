package dev.syncline.status;

import java.util.List;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.arc.All;

import dev.syncline.identity.Caller;
import dev.syncline.identity.Role;

/** Whether the current caller may start runs of a sync. Ask within the request. */
@ApplicationScoped
public class Starters {
    private final List<StartRight> rights;
    private final Caller caller;

    Starters(@All List<StartRight> rights, Caller caller) {
        this.rights = rights;
        this.caller = caller;
    }

    /** {@code FORBIDDEN} for a person who may not. The gate has said already to which operations a machine may come. */
    void require(String sync) {
        boolean isPerson = caller.account().machine() == null;
        least(sync).filter(role -> isPerson).ifPresent(caller::require);
    }

    /** Whether the sync asks for no more than the caller has. */
    public boolean mayStart(String sync) {
        return least(sync).map(role -> caller.account().is(role)).orElse(true);
    }

    private Optional<Role> least(String sync) {
        return rights.stream()
                .filter(right -> right.serves(sync))
                .map(StartRight::least)
                .findFirst();
    }
}
