package dev.syncline.roster;

import java.time.Instant;
import java.util.Date;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.bson.Document;

/** A device as a run of the roster stores it. */
final class StoredDevice {
    static final Instant FIRST_SEEN = Instant.parse("2026-03-02T11:00:00Z");
    static final Instant CHANGED = Instant.parse("2026-05-11T10:00:00Z");

    private final Document document;

    private StoredDevice(Document document) {
        this.document = document;
    }

    /** A device in use, in good condition, that nobody has transferred. */
    static StoredDevice aDevice(String serial) {
        return new StoredDevice(new Document("_id", serial)
                .append("serial", serial)
                .append("sheetId", DeviceListProfile.SHEET)
                .append("assignedTo", "Unassigned")
                .append("status", "Available")
                .append("condition", "Good")
                .append("data_hash", "ab".repeat(32))
                .append("first_seen_at", Date.from(FIRST_SEEN))
                .append("added_by", "run-1")
                .append("changed_by", "run-1")
                .append("changed_at", Date.from(CHANGED)));
    }

    /** A device with something in every field. */
    static StoredDevice aFullDevice(String serial) {
        return aDevice(serial)
                .with("legacyDeviceId", "NYU-0042")
                .with("assignedTo", "Ana Silva")
                .with("status", "In Use")
                .with("condition", "Needs Repair")
                .with("offboardingStatus", "On Hold")
                .with(
                        "offboardingMetadata",
                        new Document("lastActor", "lee@example.org")
                                .append("lastAction", "Handed over")
                                .append("lastTransferAt", Date.from(Instant.parse("2026-01-12T15:00:00Z"))))
                .with("lastTransferNotes", "Keys are with Bea")
                .with("lastSeen", Date.from(Instant.parse("2026-01-30T00:00:00Z")));
    }

    StoredDevice with(String field, Object value) {
        document.append(field, value);
        return this;
    }

    StoredDevice without(String field) {
        document.remove(field);
        return this;
    }

    @CanIgnoreReturnValue
    StoredDevice attribute(String key, Object value) {
        Document attributes = document.get("dynamicAttributes", new Document());
        document.append("dynamicAttributes", attributes.append(key, value));
        return this;
    }

    StoredDevice changedAt(String instant) {
        return with("changed_at", Date.from(Instant.parse(instant)));
    }

    /** Not in the sheet any more. */
    StoredDevice gone(Presence presence, String since) {
        return with("presence", presence.name())
                .with("absent_since", Date.from(Instant.parse(since)))
                .with("last_seen_at", Date.from(FIRST_SEEN));
    }

    Document document() {
        return document;
    }
}
