package dev.syncline.roster;

import java.util.Arrays;
import java.util.Optional;

import jakarta.ws.rs.core.MediaType;

import org.jspecify.annotations.Nullable;

/** What kind of file an export is; the names stand in addresses. */
enum ExportFormat {
    csv(DeviceCsv.TYPE),
    json(MediaType.APPLICATION_JSON);

    private final String type;

    ExportFormat(String type) {
        this.type = type;
    }

    String type() {
        return type;
    }

    static Optional<ExportFormat> named(@Nullable String name) {
        return Arrays.stream(values())
                .filter(format -> format.name().equals(name))
                .findFirst();
    }

    /** {@code csv} where nothing is asked for; {@code INVALID_FILTERS}. */
    static ExportFormat of(@Nullable String asked) {
        return asked == null || asked.isBlank()
                ? csv
                : named(asked).orElseThrow(() -> DeviceQuery.refused("format must be csv or json"));
    }
}
