package dev.syncline.source;

import dev.syncline.platform.ErrorCode;

/** A position whose bytes cannot be read as a row; the rows after it can. */
public record BrokenRow(long ordinal, String place, ErrorCode code, String detail, byte[] raw) implements SourceItem {}
