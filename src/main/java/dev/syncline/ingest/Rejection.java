package dev.syncline.ingest;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.bson.codecs.pojo.annotations.BsonId;

import dev.syncline.platform.ErrorCode;
import dev.syncline.source.BrokenRow;
import dev.syncline.source.SourceItem;
import dev.syncline.source.SourceRow;

/**
 * A record that was set aside. The id is the run's id and the record's position, so that a second attempt repeats it instead
 * of doubling it, and a run's rejections page by id alone.
 *
 * @param place where it stands in the source
 * @param raw the record as it came, cut to 2 KB
 */
@RegisterForReflection(registerFullHierarchy = true)
public record Rejection(
        @BsonId String id, String run, String sync, String code, String place, String reason, String raw, Instant at) {
    private static final int RAW_LIMIT = 2048;

    static Rejection of(RunMark mark, BrokenRow row, Instant at) {
        return of(mark, row, row.place(), row.code(), row.detail(), at);
    }

    static Rejection of(RunMark mark, SourceRow row, RowRejected why, Instant at) {
        String column = why.column();
        String place = column == null ? row.place() : row.place() + '/' + pointer(column);
        return of(mark, row, place, why.code(), why.getMessage(), at);
    }

    static Rejection of(RunMark mark, SourceItem row, String place, ErrorCode code, String reason, Instant at) {
        String id = "%s:%010d".formatted(mark.run(), row.ordinal());
        return new Rejection(id, mark.run(), mark.sync(), code.name(), place, reason, text(row.raw()), at);
    }

    /**
     * One without a place in the order of a source, and without raw text.
     *
     * @param attempt at this record; each has a rejection of its own
     */
    public static Rejection of(RunMark mark, String place, String attempt, ErrorCode code, String reason, Instant at) {
        String id = "%s:%s:%s".formatted(mark.run(), place, attempt);
        return new Rejection(id, mark.run(), mark.sync(), code.name(), place, reason, "", at);
    }

    private static String text(byte[] raw) {
        return new String(Arrays.copyOf(raw, Math.min(raw.length, RAW_LIMIT)), StandardCharsets.UTF_8);
    }

    private static String pointer(String column) {
        return column.replace("~", "~0").replace("/", "~1");
    }
}
