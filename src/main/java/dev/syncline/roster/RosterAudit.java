package dev.syncline.roster;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;

/** Reads the sheet for its serials alone, and writes nothing. */
@ApplicationScoped
class RosterAudit {
    Uni<SerialAudit> audit() {
        return Uni.createFrom()
                .failure(() -> new SyncException(ErrorCode.INVALID_SYNC_CONFIGURATION, "no sheet can be read yet"));
    }
}
