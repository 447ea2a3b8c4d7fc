package dev.syncline.roster;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Everything about one device, for the page. */
record PanelView(DeviceLine line, List<Field> fields, List<Step> history) {
    /** A field with its name. */
    public record Field(String label, Cell cell) {}

    /** A changed field with its name. */
    public record Step(String label, String from, String to, Instant at) {}

    static PanelView of(DeviceDetail detail, RosterColumns columns) {
        Map<String, String> labels = new HashMap<>();
        columns.columns()
                .forEach(column -> labels.put(
                        column.declared() ? column.columnKey() : DeviceField.attribute(column.columnKey()),
                        column.label()));
        String serial = detail.device().serial();
        DeviceLine line = new DeviceLine(detail.device(), List.of(), "", GridAddress.panel(serial));
        return new PanelView(line, fields(detail.device(), labels), steps(detail, labels));
    }

    private static List<Field> fields(DeviceView device, Map<String, String> labels) {
        List<Field> fields = new ArrayList<>();
        Arrays.stream(DeviceField.values())
                .filter(field -> device.at(field) != null)
                .forEach(field -> fields.add(new Field(
                        labels.getOrDefault(field.shown(), field.label()), Cell.of(field.shown(), device.at(field)))));
        device.dynamicAttributes()
                .forEach((key, value) -> fields.add(
                        new Field(labels.getOrDefault(DeviceField.attribute(key), key), Cell.of(key, value))));
        return fields;
    }

    private static List<Step> steps(DeviceDetail detail, Map<String, String> labels) {
        return detail.history().stream()
                .map(change -> new Step(
                        labels.getOrDefault(change.field(), label(change.field())),
                        change.from() == null ? "" : change.from(),
                        change.to() == null ? "" : change.to(),
                        change.changedAt()))
                .toList();
    }

    private static String label(String field) {
        return DeviceField.named(field).map(DeviceField::label).orElse(field);
    }
}
