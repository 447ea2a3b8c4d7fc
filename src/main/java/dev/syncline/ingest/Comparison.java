package dev.syncline.ingest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Rows of a batch against what is stored: which are new, which differ, which are as they should be. Of the last, those that
 * this very run wrote (an earlier attempt, or a write whose answer was lost) count as what they became then.
 *
 * @param foreign keys of rows that this run has not written, so far
 */
record Comparison(
        List<MappedRow> added,
        List<MappedRow> changed,
        List<String> foreign,
        Tally settled,
        long wereLive,
        long addedBefore) {

    static Comparison of(List<MappedRow> rows, Map<String, StoredRow> stored, String run) {
        List<MappedRow> added = new ArrayList<>();
        List<MappedRow> changed = new ArrayList<>();
        List<String> foreign = new ArrayList<>();
        long alreadyAdded = 0;
        long alreadyUpdated = 0;
        long unchanged = 0;
        long wereLive = 0;
        for (MappedRow row : rows) {
            StoredRow known = stored.get(row.key());
            if (known == null || !known.changedBy().equals(run)) {
                foreign.add(row.key());
            }
            if (known == null) {
                added.add(row);
                continue;
            }
            if (!known.absent()) {
                wereLive++;
            }
            if (!known.holds(row)) {
                changed.add(row);
            } else if (!known.changedBy().equals(run)) {
                unchanged++;
            } else if (known.addedBy().equals(run)) {
                alreadyAdded++;
            } else {
                alreadyUpdated++;
            }
        }
        Tally settled = new Tally(0, alreadyAdded, alreadyUpdated, unchanged, 0, 0, 0);
        return new Comparison(added, changed, foreign, settled, wereLive, alreadyAdded);
    }
}
