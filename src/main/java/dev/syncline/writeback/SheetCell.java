package dev.syncline.writeback;

import com.google.api.client.util.Data;
import com.google.api.services.sheets.v4.model.CellData;
import com.google.api.services.sheets.v4.model.ExtendedValue;
import org.jspecify.annotations.Nullable;

/** What a cell holds, from and to the forms in which Google's API tells it. */
final class SheetCell {
    private SheetCell() {}

    /** From the API of values, formulas unresolved: there a text that begins with {@code =} looks like a formula. */
    static CellValue read(@Nullable Object value) {
        if (value instanceof CellValue known) {
            return known;
        }
        if (value instanceof Number number) {
            return CellValue.number(number.doubleValue());
        }
        if (value instanceof Boolean truth) {
            return CellValue.truth(truth);
        }
        if (value == null || Data.isNull(value)) {
            return CellValue.BLANK;
        }
        String text = value.toString();
        return text.length() > 1 && text.startsWith("=") ? CellValue.formula(text) : CellValue.text(text);
    }

    /** From the API of cells, where a formula is told apart. */
    static CellValue read(@Nullable CellData cell) {
        ExtendedValue entered = cell == null ? null : cell.getUserEnteredValue();
        if (entered == null) {
            return CellValue.BLANK;
        }
        if (entered.getFormulaValue() != null) {
            return CellValue.formula(entered.getFormulaValue());
        }
        if (entered.getNumberValue() != null) {
            return CellValue.number(entered.getNumberValue());
        }
        if (entered.getBoolValue() != null) {
            return CellValue.truth(entered.getBoolValue());
        }
        return entered.getStringValue() == null ? CellValue.BLANK : CellValue.text(entered.getStringValue());
    }

    /** Null for a blank cell. A text stays one, whatever it looks like (S2-34). */
    static @Nullable ExtendedValue entered(CellValue value) {
        return switch (value.kind()) {
            case BLANK -> null;
            case TEXT -> new ExtendedValue().setStringValue(value.text());
            case NUMBER -> new ExtendedValue().setNumberValue(value.number());
            case BOOLEAN -> new ExtendedValue().setBoolValue(Boolean.valueOf(value.text()));
            case FORMULA -> new ExtendedValue().setFormulaValue(value.text());
        };
    }
}
