package dev.syncline.writeback;

/** What becomes of one cell of a record. */
sealed interface MappedCell {
    /** It is to hold this. */
    record Holds(CellValue value) implements MappedCell {}

    /** It stays as it is, and a person is told why. */
    record Left(CellRemark remark) implements MappedCell {}
}
