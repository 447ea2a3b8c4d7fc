package dev.syncline.roster;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

import dev.syncline.ingest.RowRejected;
import dev.syncline.platform.ErrorCode;
import dev.syncline.source.SourceRow;

/**
 * What tells one device from another: its serial, or where the row has none its device id, without outer blanks and in lower
 * case (S0, 4). One over all sheets: the sheet that was read last has the device (S0-33).
 */
final class DeviceSerial {
    private static final int LONGEST = 200;

    private DeviceSerial() {}

    /** The serial of a row; a cell that shows an error says nothing of what the serial is, so nothing stands in for it. */
    static String of(SourceRow row) {
        @Nullable String serial = text(row, SheetField.SERIAL);
        @Nullable String told = serial == null ? text(row, SheetField.LEGACY_DEVICE_ID) : serial;
        if (told == null) {
            throw new RowRejected(ErrorCode.KEY_MISSING, null, "The row has no serial.");
        }
        String lower = told.toLowerCase(Locale.ROOT);
        if (lower.length() > LONGEST) {
            throw new RowRejected(
                    ErrorCode.KEY_TOO_LONG,
                    null,
                    "The serial has %d characters, allowed are %d.".formatted(lower.length(), LONGEST));
        }
        return lower;
    }

    private static @Nullable String text(SourceRow row, SheetField field) {
        @Nullable Object cell = row.cells().get(field.path());
        if (cell == null) {
            return null;
        }
        if (SheetCell.isError(cell)) {
            throw new RowRejected(ErrorCode.CELL_ERROR, field.path(), "The serial shows an error: " + cell);
        }
        return SheetCell.text(cell);
    }
}
