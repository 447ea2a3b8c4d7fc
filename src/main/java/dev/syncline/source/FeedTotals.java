package dev.syncline.source;

import org.jspecify.annotations.Nullable;

/**
 * What a feed held, counted when its end was reached.
 *
 * @param rows records that could be read
 * @param brokenRows records that could not
 * @param announced records that the feed itself declares ({@code result.total}), null when it declares nothing. Of several
 *     pages the largest: a table that shrinks while it is paged through shifts rows from a later page into one already
 *     read, so only the largest number proves that none was missed
 */
public record FeedTotals(
        long rows, long brokenRows, @Nullable Long announced) {
    /** All records, readable or not. */
    public long records() {
        return rows + brokenRows;
    }
}
