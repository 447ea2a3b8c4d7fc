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

    private static Optional<ExportFormat> named(@Nullable String name) {
        return Arrays.stream(values())
                .filter(format -> format.name().equals(name))
                .findFirst();
    }

    /**
     * What a request wants: what it names, else CSV where it accepts anything; empty where its header decides.
     *
     * @param name as the parameter has it
     */
    static Optional<ExportFormat> wanted(@Nullable String name, @Nullable String accept) {
        boolean isOpen = accept == null || accept.contains(MediaType.WILDCARD) && !accept.contains(json.type);
        return named(name).or(() -> isOpen ? Optional.of(csv) : Optional.empty());
    }

    /** The named one; {@code INVALID_FILTERS}. */
    static ExportFormat of(@Nullable String name, ExportFormat otherwise) {
        return name == null || name.isBlank()
                ? otherwise
                : named(name).orElseThrow(() -> DeviceQuery.refused("format must be csv or json"));
    }
}
