package dev.syncline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

import dev.syncline.dev.sheets.SheetsStandIn;

/** The sheets stand-in of an application under test, which knows its port and its key's file from its profile. */
public final class SharedSheets {
    private SharedSheets() {}

    /**
     * Without faults, and with its key where the application looks for it.
     *
     * @param known the one that runs already; null before the first test
     */
    public static SheetsStandIn ready(@Nullable SheetsStandIn known, int port, Path key) {
        SheetsStandIn sheets = known == null ? SheetsStandIn.start(port) : known;
        sheets.faults().reset();
        try {
            Files.createDirectories(key.getParent());
            Files.writeString(key, sheets.accountKey());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sheets;
    }
}
