package dev.syncline.roster;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * The fields of a device that a column can declare, by the labels that name them (S0, 4); every other column is an attribute.
 * A label is compared by its letters and digits alone, in lower case: {@code Serial No.}, {@code serial_no} and
 * {@code SerialNo} are one.
 */
enum SheetField {
    SERIAL("serial", Shape.TEXT, null, "serial", "serialnumber", "serialno"),
    LEGACY_DEVICE_ID("legacyDeviceId", Shape.TEXT, null, "legacydeviceid", "deviceid"),
    ASSIGNED_TO("assignedTo", Shape.TEXT, "Unassigned", "assignedto"),
    STATUS("status", Shape.TITLE, "Unknown", "status"),
    CONDITION("condition", Shape.TITLE, "Unknown", "condition"),
    OFFBOARDING_STATUS("offboardingStatus", Shape.TEXT, null, "offboardingstatus"),
    LAST_ACTOR("offboardingMetadata.lastActor", Shape.TEXT, null, "offboardingactor", "transferactor"),
    LAST_ACTION("offboardingMetadata.lastAction", Shape.TEXT, null, "offboardingaction", "transferaction"),
    LAST_TRANSFER_AT(
            "offboardingMetadata.lastTransferAt", Shape.DATE, null, "offboardingtimestamp", "transfertimestamp"),
    LAST_TRANSFER_NOTES("lastTransferNotes", Shape.TEXT, null, "lasttransfernotes"),
    LAST_SEEN("lastSeen", Shape.DATE, null, "lastseen");

    /** What a cell is made of. */
    enum Shape {
        TEXT,
        /** Text in title case. */
        TITLE,
        /** An instant. */
        DATE
    }

    private final String path;
    private final Shape shape;
    private final @Nullable String otherwise;
    private final List<String> labels;

    SheetField(String path, Shape shape, @Nullable String otherwise, String... labels) {
        this.path = path;
        this.shape = shape;
        this.otherwise = otherwise;
        this.labels = List.of(labels);
    }

    /** The field that a column of this label is for. */
    static Optional<SheetField> of(String label) {
        String joined = ColumnKey.of(label).replace("_", "");
        return Arrays.stream(values())
                .filter(field -> field.labels.contains(joined))
                .findFirst();
    }

    /** Its place in a device. */
    String path() {
        return path;
    }

    Shape shape() {
        return shape;
    }

    /** What a device has whose row says nothing. */
    Optional<String> otherwise() {
        return Optional.ofNullable(otherwise);
    }
}
