package dev.syncline.writeback;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.syncline.writeback.RowResult.Moved;
import dev.syncline.writeback.RowResult.Written;

/**
 * What the answer to a write says of it.
 *
 * @param results by ticket
 * @param damages what was written into rows that had moved
 * @param lost new rows that the answer does not show
 */
record WriteCheck(Map<String, RowResult> results, List<Damage> damages, List<RowChange> lost) {
    /** @param there the keys after the write, from the same moment */
    static WriteCheck of(List<RowChange> changes, CellsThere there) {
        WriteCheck check = new WriteCheck(new HashMap<>(), new ArrayList<>(), new ArrayList<>());
        for (RowChange change : changes) {
            Integer row = change.row();
            if (row == null) {
                check.append(change, there.rowsOf(change.tab(), change.key()));
            } else {
                check.update(change, row, there);
            }
        }
        return check;
    }

    /** A key that there is twice came from somebody else in the same moment; then ours is the last one. */
    private void append(RowChange change, List<Integer> found) {
        List<Integer> rows =
                found.stream().filter(row -> row >= change.tab().lastRow()).toList();
        if (rows.isEmpty()) {
            lost.add(change);
        } else if (rows.size() == 1) {
            results.put(change.ticket(), new Written(rows.get(0)));
        } else {
            results.put(change.ticket(), new Moved("A row with its key was added in the same moment"));
            damages.add(Damage.ofAppend(change, rows.get(rows.size() - 1)));
        }
    }

    private void update(RowChange change, int row, CellsThere there) {
        if (isInPlace(change, row, there)) {
            results.put(change.ticket(), new Written(row));
        } else {
            results.put(change.ticket(), new Moved("Row " + row + " was another one a moment before"));
            damages.add(
                    Damage.ofUpdate(change, row, Keys.text(there.at(change.tab().gid(), row, keyColumn(change)))));
        }
    }

    /** Where the key itself was changed, its old text must be gone. */
    private static boolean isInPlace(RowChange change, int row, CellsThere there) {
        return change.cells().containsKey(change.tab().model().key())
                ? there.rowsOf(change.tab(), change.key()).isEmpty()
                : Keys.text(there.at(change.tab().gid(), row, keyColumn(change)))
                        .equals(change.key().strip());
    }

    private static int keyColumn(RowChange change) {
        return change.tab().place(change.tab().model().key());
    }
}
