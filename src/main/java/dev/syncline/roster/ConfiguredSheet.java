package dev.syncline.roster;

import java.util.HashMap;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;

/** The sheet that is configured, as requests need it. */
@ApplicationScoped
class ConfiguredSheet {
    private final RosterConfig config;
    private final Anonymization anonymization;

    ConfiguredSheet(RosterConfig config, Anonymization anonymization) {
        this.config = config;
        this.anonymization = anonymization;
    }

    /** {@code INVALID_SYNC_CONFIGURATION} if there is none. */
    String id() {
        return config.sheetId()
                .orElseThrow(() ->
                        new SyncException(ErrorCode.INVALID_SYNC_CONFIGURATION, "syncline.roster.sheet-id is not set"));
    }

    /** For whoever needs no more than that there is one. */
    void require() {
        var unused = id();
    }

    String tab() {
        return config.tab();
    }

    /** What whoever asks sees of it. */
    Veil veil() {
        return anonymization.veil();
    }

    /**
     * What a run knows from its start: the sheet of now if there is one, which a restore does without, and what whoever asks
     * has on their screen (S0-7).
     */
    Map<String, String> input() {
        Map<String, String> input = new HashMap<>();
        input.put(RosterSync.ANONYMIZED, String.valueOf(anonymization.on()));
        config.sheetId().ifPresent(id -> input.put(RosterSync.SHEET, id));
        return input;
    }
}
