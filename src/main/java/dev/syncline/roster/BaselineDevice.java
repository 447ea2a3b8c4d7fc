package dev.syncline.roster;

import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

import dev.syncline.source.CellText;

/**
 * One device of a baseline, checked.
 *
 * @param place its JSON pointer
 * @param cells as if it had been read from a sheet, by the path of the declared field or the key of the attribute
 * @param attributes keys of its attributes
 * @param present whether its sheet had it when the baseline was made
 */
record BaselineDevice(String place, Map<String, @Nullable Object> cells, List<String> attributes, boolean present) {
    private static final String ATTRIBUTES = "dynamicAttributes";

    static BaselineDevice of(String place, @Nullable JsonNode device) {
        if (device == null || !device.isObject()) {
            throw invalid(place, "is no device");
        }
        Map<String, @Nullable Object> cells = new LinkedHashMap<>();
        for (SheetField field : SheetField.values()) {
            text(device, place, field.path(), cells);
            requireDate(field, place, cells.get(field.path()));
        }
        text(device, place, DeviceMapper.SHEET_ID, cells);
        requireSerial(place, cells);
        int declared = cells.size();
        attributes(device.path(ATTRIBUTES), place + '/' + ATTRIBUTES, cells);
        return new BaselineDevice(
                place,
                cells,
                cells.keySet().stream().skip(declared).toList(),
                presence(device.path(DeviceMapper.PRESENCE), place) == Presence.present);
    }

    private static Presence presence(JsonNode presence, String place) {
        return presence.isNull() || presence.isMissingNode()
                ? Presence.present
                : Arrays.stream(Presence.values())
                        .filter(known -> known.name().equals(presence.textValue()))
                        .findFirst()
                        .orElseThrow(() ->
                                invalid(place + '/' + DeviceMapper.PRESENCE, "is none of present, missing, inactive"));
    }

    private static void text(JsonNode device, String place, String path, Map<String, @Nullable Object> cells) {
        String pointer = '/' + path.replace('.', '/');
        JsonNode holder = device.at(pointer.substring(0, pointer.lastIndexOf('/')));
        if (!holder.isObject() && !holder.isNull() && !holder.isMissingNode()) {
            throw invalid(place + pointer.substring(0, pointer.lastIndexOf('/')), "is no object");
        }
        JsonNode value = device.at(pointer);
        if (value.isNull() || value.isMissingNode()) {
            return;
        }
        if (!value.isTextual()) {
            throw invalid(place + pointer, "is no text");
        }
        requireReal(value.textValue(), place + pointer);
        if (CellText.of(value.textValue()) != null) {
            cells.put(path, value.textValue());
        }
    }

    /** What an export shows in place of what belongs to a person, unless it was made without. */
    private static void requireReal(String text, String pointer) {
        if (text.startsWith(Anonymizer.PREFIX)) {
            throw invalid(pointer, "is a placeholder: the export was made with anonymization on");
        }
    }

    private static void requireDate(SheetField field, String place, @Nullable Object cell) {
        if (field.shape() == SheetField.Shape.DATE
                && cell != null
                && DeviceDate.instant(cell, ZoneOffset.UTC).isEmpty()) {
            throw invalid(place + '/' + field.path().replace('.', '/'), "is no date");
        }
    }

    /** A device of a baseline has a serial of its own; nothing stands in for it. */
    private static void requireSerial(String place, Map<String, @Nullable Object> cells) {
        if (!cells.containsKey(SheetField.SERIAL.path())) {
            throw invalid(place + '/' + SheetField.SERIAL.path(), "is missing");
        }
    }

    private static void attributes(JsonNode attributes, String place, Map<String, @Nullable Object> cells) {
        if (attributes.isNull() || attributes.isMissingNode()) {
            return;
        }
        if (!attributes.isObject()) {
            throw invalid(place, "is no object");
        }
        for (Map.Entry<String, JsonNode> attribute : attributes.properties()) {
            String key = attribute.getKey();
            if (key.isEmpty()
                    || !key.equals(ColumnKey.of(key))
                    || SheetField.of(key).isPresent()) {
                throw invalid(place, "has a key that no column can have: " + Remarks.quoted(key));
            }
            value(attribute.getValue(), place + '/' + key, key, cells);
        }
    }

    private static void value(JsonNode value, String place, String key, Map<String, @Nullable Object> cells) {
        if (value.isTextual()) {
            requireReal(value.textValue(), place);
            cells.put(key, value.textValue());
        } else if (value.isNumber()) {
            cells.put(key, value.decimalValue());
        } else if (value.isBoolean()) {
            cells.put(key, value.booleanValue());
        } else if (!value.isNull()) {
            throw invalid(place, "is no text, number, boolean or null");
        }
    }

    private static RuntimeException invalid(String pointer, String what) {
        return DeviceBaseline.invalid(pointer + ' ' + what);
    }
}
