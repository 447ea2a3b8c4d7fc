package dev.syncline.permits;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.syncline.ingest.RowRejected;
import dev.syncline.platform.ErrorCode;
import dev.syncline.source.CellText;
import dev.syncline.source.SourceRow;

/**
 * What tells one permit from another: its number and its revision. As text it is {@code 21 178362 BLD--00}, the id of a
 * permit in the collection and in the API. The last {@code --} separates the two: a permit number may hold any, and a
 * revision none, so that no two keys read alike.
 */
record PermitKey(String permitNum, String revisionNum) {
    static final String PERMIT_NUM = "PERMIT_NUM";
    static final String REVISION_NUM = "REVISION_NUM";

    private static final String SEPARATOR = "--";
    private static final String ORIGINAL = "00";
    private static final int LONGEST_PERMIT_NUM = 30;
    private static final int LONGEST_REVISION_NUM = 10;

    /** The key of a row of the feed. */
    static PermitKey of(SourceRow row) {
        return new PermitKey(permitNum(row), revisionNum(row));
    }

    /** The key that an id of the API names; empty when it cannot be one. */
    static Optional<PermitKey> parse(String id) {
        int at = id.lastIndexOf(SEPARATOR);
        if (at < 1 || at > LONGEST_PERMIT_NUM) {
            return Optional.empty();
        }
        String revisionNum = id.substring(at + SEPARATOR.length());
        boolean isRevision = !revisionNum.isBlank() && revisionNum.length() <= LONGEST_REVISION_NUM;
        return isRevision ? Optional.of(new PermitKey(id.substring(0, at), revisionNum)) : Optional.empty();
    }

    String text() {
        return permitNum + SEPARATOR + revisionNum;
    }

    private static String permitNum(SourceRow row) {
        String permitNum = part(row.cells().get(PERMIT_NUM), PERMIT_NUM);
        return notLongerThan(LONGEST_PERMIT_NUM, permitNum, PERMIT_NUM);
    }

    /** An export without revisions means the originals; a blank one is a mistake (S1, pitfall 11). */
    private static String revisionNum(SourceRow row) {
        Object cell = row.cells().get(REVISION_NUM);
        if (cell == null) {
            return ORIGINAL;
        }
        String revisionNum = notLongerThan(LONGEST_REVISION_NUM, part(cell, REVISION_NUM), REVISION_NUM);
        if (revisionNum.startsWith("-") || revisionNum.contains(SEPARATOR)) {
            throw new RowRejected(
                    ErrorCode.ROW_MALFORMED,
                    REVISION_NUM,
                    "The revision begins with '-' or holds '--', which separates it from the permit number.");
        }
        return revisionNum.length() == 1 ? "0" + revisionNum : revisionNum;
    }

    private static String part(@Nullable Object cell, String column) {
        String part = cell == null ? null : CellText.of(PermitField.scalar(cell, column));
        if (part == null) {
            throw new RowRejected(ErrorCode.KEY_MISSING, column, column + " is missing or blank.");
        }
        return part;
    }

    private static String notLongerThan(int longest, String part, String column) {
        if (part.length() > longest) {
            throw new RowRejected(
                    ErrorCode.KEY_TOO_LONG,
                    column,
                    column + " has " + part.length() + " characters, allowed are " + longest + ".");
        }
        return part;
    }
}
