package dev.syncline.roster;

import org.bson.Document;

/** Whether the sheet has the device (S0-35). A present one has nothing stored that says so. */
enum Presence {
    present,
    /** Not in the sheet when it was last read whole. */
    missing,
    /** Missing for longer than {@code syncline.roster.inactive-after}. */
    inactive;

    static Presence of(Document device) {
        String stored = device.getString(DeviceField.PRESENCE.path());
        return stored == null ? present : valueOf(stored);
    }
}
