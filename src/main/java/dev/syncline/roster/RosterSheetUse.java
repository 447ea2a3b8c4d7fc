package dev.syncline.roster;

import jakarta.inject.Singleton;

import dev.syncline.google.SheetsUse;

/** The roster reads a sheet if one is configured. */
@Singleton
class RosterSheetUse implements SheetsUse {
    private final RosterConfig config;

    RosterSheetUse(RosterConfig config) {
        this.config = config;
    }

    @Override
    public boolean isConfigured() {
        return config.sheetId().isPresent();
    }
}
