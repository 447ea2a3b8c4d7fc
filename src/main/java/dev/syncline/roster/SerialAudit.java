package dev.syncline.roster;

import java.util.List;

/**
 * Which devices of the sheet have no serial.
 *
 * @param rowsAudited rows that are not blank
 * @param missingSerialRows their numbers in the sheet, from 1
 */
record SerialAudit(int rowsAudited, List<Integer> missingSerialRows) {
    SerialAudit {
        missingSerialRows = List.copyOf(missingSerialRows);
    }
}
