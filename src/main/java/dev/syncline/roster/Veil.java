package dev.syncline.roster;

import org.jspecify.annotations.Nullable;

import dev.syncline.roster.ColumnDefinition.DataType;

/** What of the devices their reader gets to see. */
interface Veil {
    /** Everything. */
    Veil LIFTED = new Veil() {
        @Override
        public boolean isDrawn() {
            return false;
        }

        @Override
        public boolean covers(String path, @Nullable DataType type) {
            return false;
        }

        @Override
        public @Nullable Object shown(String serial, String path, @Nullable Object value) {
            return value;
        }

        @Override
        public String contentHash(String serial, String hash) {
            return hash;
        }
    };

    /** Whether anything is hidden. */
    boolean isDrawn();

    /**
     * Whether values of that field may be hidden, so that nobody may search, filter or sort by them either.
     *
     * @param type of the column, where it is known
     */
    boolean covers(String path, @Nullable DataType type);

    /** The value, or what stands for it; nothing stays nothing. */
    @Nullable
    Object shown(String serial, String path, @Nullable Object value);

    /** A hash that differs when the device does, and confirms no guess of what is hidden. */
    String contentHash(String serial, String hash);

    /** A sheet's id where it is told by itself, not as a field of a device. */
    default String sheet(String id) {
        return String.valueOf(shown(RosterSync.DEVICES, DeviceField.SHEET_ID.path(), id));
    }

    /** The text of a value whose type is not known any more. */
    default @Nullable String text(String serial, String path, @Nullable String value) {
        return (String) shown(serial, path, value);
    }
}
