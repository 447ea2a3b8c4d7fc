package dev.syncline.source;

/** What stands at one position of a source: a row that can be read, or one that cannot. */
public sealed interface SourceItem permits SourceRow, BrokenRow {
    /** Position in the source, counted from 0. */
    long ordinal();

    /** Where a person finds it: a JSON pointer such as {@code /result/records/17}, a sheet's row, {@code file:line}. */
    String place();

    /** The bytes as they came; of a broken row only the beginning. */
    byte[] raw();
}
