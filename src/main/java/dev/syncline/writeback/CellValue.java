package dev.syncline.writeback;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

/**
 * What a cell holds or is to hold. Stored in the log, so that it can be put back exactly.
 *
 * @param text of TEXT, FORMULA (with its {@code =}) and BOOLEAN ({@code true}, {@code false})
 * @param number of NUMBER; a date is the number of its day in the sheet's calendar
 */
@RegisterForReflection(registerFullHierarchy = true)
public record CellValue(
        Kind kind, @Nullable String text, @Nullable Double number) {
    /** What kind of value it is. */
    enum Kind {
        BLANK,
        TEXT,
        NUMBER,
        BOOLEAN,
        FORMULA
    }

    static final CellValue BLANK = new CellValue(Kind.BLANK, null, null);

    /** An empty text is a blank cell: Google makes no difference. */
    static CellValue text(String text) {
        return text.isEmpty() ? BLANK : new CellValue(Kind.TEXT, text, null);
    }

    static CellValue number(double number) {
        return new CellValue(Kind.NUMBER, null, number);
    }

    static CellValue formula(String formula) {
        return new CellValue(Kind.FORMULA, formula, null);
    }

    static CellValue truth(boolean truth) {
        return new CellValue(Kind.BOOLEAN, String.valueOf(truth), null);
    }
}
