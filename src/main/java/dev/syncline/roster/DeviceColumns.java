package dev.syncline.roster;

import java.util.List;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;

/** The columns of the sheet that is configured; none where none is. */
@ApplicationScoped
class DeviceColumns {
    private final ColumnRegistry registry;
    private final Optional<String> sheetId;

    DeviceColumns(ColumnRegistry registry, RosterConfig config) {
        this.registry = registry;
        this.sheetId = config.sheetId();
    }

    Uni<RosterColumns> current() {
        return sheetId.map(registry::current).orElseGet(() -> Uni.createFrom().item(new RosterColumns("", List.of())));
    }
}
