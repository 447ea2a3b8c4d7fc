package dev.syncline.roster;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import dev.syncline.ingest.RowRejected;
import dev.syncline.platform.ErrorCode;

/**
 * Which rows have no serial, by the rule that a run follows too (S0-26). Blank rows are no rows.
 *
 * @param rowsAudited rows that are not blank
 * @param missingSerialRows their numbers in the sheet
 */
record SerialAudit(int rowsAudited, List<Integer> missingSerialRows) {
    private static final int NAMED = 25;

    SerialAudit {
        missingSerialRows = List.copyOf(missingSerialRows);
    }

    static SerialAudit of(SheetRows rows) {
        List<Integer> missing = new ArrayList<>();
        for (int ordinal = 0; ordinal < rows.count(); ordinal++) {
            if (!hasSerial(rows, ordinal)) {
                missing.add(rows.numberOf(ordinal));
            }
        }
        return new SerialAudit(rows.count(), missing);
    }

    int missingSerialCount() {
        return missingSerialRows.size();
    }

    boolean passed() {
        return missingSerialRows.isEmpty();
    }

    /** For a person: {@code rows 3, 17}. */
    String named() {
        String rows = missingSerialRows.stream()
                .limit(NAMED)
                .map(String::valueOf)
                .collect(Collectors.joining(", ", "rows ", ""));
        int more = missingSerialCount() - NAMED;
        return more > 0 ? rows + " and " + more + " more" : rows;
    }

    private static boolean hasSerial(SheetRows rows, int ordinal) {
        try {
            return !DeviceSerial.of(rows.row(ordinal)).isEmpty();
        } catch (RowRejected why) {
            return why.code() == ErrorCode.KEY_TOO_LONG;
        }
    }
}
