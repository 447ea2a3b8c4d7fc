package dev.syncline.roster;

import java.util.Arrays;
import java.util.Optional;

import dev.syncline.ingest.RowCollection;

/**
 * The declared fields of a device: the name that the API gives each, where it is stored, and how far it may be used. Every
 * other column of the sheet is an attribute. That a field is {@link #personal} is decided here and nowhere else (S0-46).
 */
enum DeviceField {
    SERIAL("serial", "Serial", Use.SEARCHED),
    ASSIGNED_TO("assignedTo", "Assigned to", Use.SEARCHED_PERSONAL),
    STATUS("status", "Status", Use.SEARCHED),
    CONDITION("condition", "Condition", Use.SEARCHED),
    OFFBOARDING_STATUS("offboardingStatus", "Offboarding", Use.SEARCHED),
    LAST_SEEN("lastSeen", "Last seen", Use.SHOWN),
    LEGACY_DEVICE_ID("legacyDeviceId", "Device id", Use.SEARCHED_PERSONAL),
    SHEET_ID("sheetId", "Sheet", Use.PERSONAL),
    LAST_TRANSFER_NOTES("lastTransferNotes", "Transfer notes", Use.SEARCHED_PERSONAL),
    LAST_ACTOR("offboardingMetadata.lastActor", "Last actor", Use.PERSONAL),
    LAST_ACTION("offboardingMetadata.lastAction", "Last action", Use.SHOWN),
    LAST_TRANSFER_AT("offboardingMetadata.lastTransferAt", "Last transfer", Use.SHOWN),
    LAST_SYNCED_AT("lastSyncedAt", RowCollection.CHANGED_AT, "Last synced", Use.SHOWN),
    MISSING_SINCE("missingSince", RowCollection.ABSENT_SINCE, "Missing since", Use.SHOWN),
    PRESENCE("presence", "Presence", Use.SHOWN),
    CREATED_AT("createdAt", RowCollection.FIRST_SEEN, "First seen", Use.SHOWN),
    UPDATED_AT("updatedAt", RowCollection.CHANGED_AT, "Updated", Use.SHOWN);

    /** Where the attributes are stored, under their columns' keys. */
    static final String ATTRIBUTES = "dynamicAttributes";

    private enum Use {
        SHOWN,
        SEARCHED,
        PERSONAL,
        SEARCHED_PERSONAL
    }

    private final String shown;
    private final String path;
    private final String label;
    private final Use use;

    DeviceField(String shown, String label, Use use) {
        this(shown, shown, label, use);
    }

    DeviceField(String shown, String path, String label, Use use) {
        this.shown = shown;
        this.path = path;
        this.label = label;
        this.use = use;
    }

    /** As the API writes it. */
    String shown() {
        return shown;
    }

    /** Where the database has it. */
    String path() {
        return path;
    }

    /** As a person reads it, where the sheet has no label for it. */
    String label() {
        return label;
    }

    boolean searched() {
        return use == Use.SEARCHED || use == Use.SEARCHED_PERSONAL;
    }

    /** Whether it says something of a person, or lets somebody find out: hidden while anonymization is on. */
    boolean personal() {
        return use == Use.PERSONAL || use == Use.SEARCHED_PERSONAL;
    }

    /** By the whole name or by the last part of it. */
    static Optional<DeviceField> named(String name) {
        return Arrays.stream(values())
                .filter(field -> field.shown.equals(name) || field.shown.endsWith('.' + name))
                .findFirst();
    }

    /** Whether what stands at that path is declared as personal, or holds a field that is. */
    static boolean isPersonal(String path) {
        return Arrays.stream(values())
                .filter(DeviceField::personal)
                .anyMatch(field -> field.path.equals(path) || field.path.startsWith(path + '.'));
    }

    /** The path of an attribute. */
    static String attribute(String key) {
        return ATTRIBUTES + '.' + key;
    }

    /** Whether an attribute stands at that path, or all of them. */
    static boolean isAttribute(String path) {
        return path.equals(ATTRIBUTES) || path.startsWith(ATTRIBUTES + '.');
    }
}
