package dev.syncline.writeback;

import java.math.BigDecimal;

/** How keys are compared: as text, without the blanks around them. */
final class Keys {
    private Keys() {}

    /** A number is the text of its digits, so that a code which people have typed as a number is found; a formula is no key. */
    static String text(CellValue cell) {
        return switch (cell.kind()) {
            case TEXT, BOOLEAN -> String.valueOf(cell.text()).strip();
            case NUMBER -> digits(cell);
            case BLANK, FORMULA -> "";
        };
    }

    private static String digits(CellValue cell) {
        Double number = cell.number();
        if (number == null) {
            return "";
        }
        BigDecimal exact = BigDecimal.valueOf(number);
        return exact.signum() == 0 ? "0" : exact.stripTrailingZeros().toPlainString();
    }
}
