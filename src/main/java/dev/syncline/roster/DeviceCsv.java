package dev.syncline.roster;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Devices as CSV (RFC 4180): the declared fields under their names, then the attributes under their columns' keys. Text that a
 * spreadsheet would take for a formula gets an apostrophe before it; what is a number stays one.
 */
final class DeviceCsv {
    static final String MEDIA = "text/csv";
    static final String TYPE = MEDIA + ";charset=UTF-8";

    private static final String FORMULA = "=+-@\t\r";

    private final List<String> attributes;

    private DeviceCsv(List<String> attributes) {
        this.attributes = attributes;
    }

    static DeviceCsv of(RosterColumns columns) {
        return new DeviceCsv(columns.columns().stream()
                .filter(column -> !column.declared())
                .map(ColumnDefinition::columnKey)
                .toList());
    }

    String header() {
        return line(Stream.concat(Arrays.stream(DeviceField.values()).map(DeviceField::shown), attributes.stream()));
    }

    String line(DeviceView device) {
        List<@Nullable Object> cells = new ArrayList<>();
        for (DeviceField field : DeviceField.values()) {
            cells.add(device.at(field));
        }
        attributes.forEach(key -> cells.add(device.dynamicAttributes().get(key)));
        return line(cells.stream());
    }

    private static String line(Stream<? extends @Nullable Object> cells) {
        return cells.map(DeviceCsv::cell).collect(Collectors.joining(",", "", "\r\n"));
    }

    private static String cell(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        if (value instanceof BigDecimal number) {
            return number.toPlainString();
        }
        return value instanceof String text ? quoted(harmless(text)) : value.toString();
    }

    private static String harmless(String text) {
        return !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }

    private static String quoted(String text) {
        boolean isPlain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return isPlain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
