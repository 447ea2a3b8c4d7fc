package dev.syncline.roster;

import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;

/** The sheet that is configured, as requests need it. */
@ApplicationScoped
class RosterSheet {
    private final RosterConfig config;
    private final Anonymization anonymization;

    RosterSheet(RosterConfig config, Anonymization anonymization) {
        this.config = config;
        this.anonymization = anonymization;
    }

    /** {@code INVALID_SYNC_CONFIGURATION} if there is none. */
    String id() {
        return config.sheetId()
                .orElseThrow(() ->
                        new SyncException(ErrorCode.INVALID_SYNC_CONFIGURATION, "syncline.roster.sheet-id is not set"));
    }

    String tab() {
        return config.tab();
    }

    /** What whoever asks sees of it. */
    Veil veil() {
        return anonymization.veil();
    }

    /** What a run knows from its start: the sheet of now, and what whoever asks has on their screen (S0-7). */
    Map<String, String> input() {
        return Map.of(RosterSync.SHEET, id(), RosterSync.ANONYMIZED, String.valueOf(anonymization.on()));
    }
}
