package dev.syncline.writeback;

import jakarta.inject.Singleton;

import dev.syncline.google.SheetsUse;

/** Write-back works with a sheet if any of its models has one. */
@Singleton
class WriteBackSheetUse implements SheetsUse {
    private final WriteBackConfig config;

    WriteBackSheetUse(WriteBackConfig config) {
        this.config = config;
    }

    @Override
    public boolean isConfigured() {
        return config.sheetId().isPresent()
                || config.models().values().stream()
                        .anyMatch(model -> model.sheetId().isPresent());
    }
}
