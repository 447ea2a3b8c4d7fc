package dev.syncline.roster;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** A device in words, as a row of the page or as the head of its details. */
record DeviceLine(DeviceView device, List<Cell> cells, String href, String panel) {
    static DeviceLine of(DeviceView device, List<GridColumn> columns, GridAddress address) {
        List<Cell> cells = columns.stream()
                .map(column -> Cell.of(column.key(), column.value().apply(device)))
                .toList();
        return new DeviceLine(device, cells, address.device(device.serial()), GridAddress.panel(device.serial()));
    }

    public String serial() {
        return device.serial();
    }

    public boolean gone() {
        return device.presence() != Presence.present;
    }

    /** What is said of a device that the sheet has not. */
    public String presence() {
        return device.presence() == Presence.inactive ? "Inactive" : "Missing from the sheet";
    }

    public @Nullable Instant since() {
        return device.missingSince();
    }

    public boolean cued() {
        return device.governance().severity() != GovernanceCue.Severity.none;
    }

    /** Why somebody should look after it. */
    public String cue() {
        boolean isCritical = device.governance().severity() == GovernanceCue.Severity.critical;
        String why = device.governance().reason() == GovernanceCue.Reason.condition ? "Condition" : "Offboarding";
        return why + (isCritical ? ": critical" : ": needs attention");
    }

    public String tone() {
        return device.governance().severity() == GovernanceCue.Severity.critical ? "bad" : "attention";
    }
}
