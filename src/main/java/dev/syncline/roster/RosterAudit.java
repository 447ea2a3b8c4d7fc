package dev.syncline.roster;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;

/** Looks for rows without a serial, and writes nothing (S0, {@code POST /api/sync/audit}). */
@ApplicationScoped
class RosterAudit {
    private final RosterSheet sheet;
    private final RosterSheets sheets;

    RosterAudit(RosterSheet sheet, RosterSheets sheets) {
        this.sheet = sheet;
        this.sheets = sheets;
    }

    /** Fails as a run would that reads the sheet, with a header that is none included. */
    Uni<SerialAudit> audit() {
        return Uni.createFrom().deferred(() -> sheets.read(sheet.id())).map(read -> read.sheet()
                .audit());
    }
}
