package dev.syncline.writeback;

/** What the cells of a column hold. */
public enum ColumnType {
    /** Text, exactly as it is. */
    text,
    /** A whole number. */
    integer,
    /** A number with as many decimal places as the column says. */
    amount,
    /** A day, as a real date of the sheet. */
    date,
    /** What people read for a key. */
    label,
    /** A value that stands in another record; text. */
    reference;

    /** Whether its cells hold numbers and never a text of ours: what looks like a formula there is one. */
    boolean isOfNumbers() {
        return this == integer || this == amount || this == date;
    }
}
