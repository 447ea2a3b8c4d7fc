package dev.syncline.writeback;

import java.time.Duration;
import java.time.Instant;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.bson.codecs.pojo.annotations.BsonId;
import org.jspecify.annotations.Nullable;

/**
 * How far the changes of a model's records are queued.
 *
 * @param id the model's name
 * @param from changes from this instant on are looked at
 * @param newest the newest change known, by the records' own clocks; the watermark. Never later than it is
 * @param newestAt when it became known, by the database's clock
 * @param since what the configuration said when {@code from} was first set
 */
@RegisterForReflection(registerFullHierarchy = true)
public record TailMark(
        @BsonId String id,
        Instant from,
        @Nullable Instant newest,
        @Nullable Instant newestAt,
        @Nullable Instant since) {

    static TailMark startingAt(String model, Instant from, @Nullable Instant since) {
        return new TailMark(model, from, null, null, since);
    }

    /** After a change was queued. What lies behind it by less than the overlap is looked at again, but nothing before the start. */
    TailMark after(Instant change, Duration overlap, Instant now) {
        if (newest != null && !change.isAfter(newest)) {
            return this;
        }
        Instant reached = change.minus(overlap);
        return new TailMark(id, reached.isAfter(from) ? reached : from, change, now, since);
    }

    /** When nothing newer has come for as long as the overlap, nothing older comes any more, and is not read again each time. */
    TailMark settled(Duration overlap, Instant now) {
        boolean over =
                newest != null && newestAt != null && !newestAt.plus(overlap).isAfter(now);
        return over ? new TailMark(id, newest.plusMillis(1), newest, newestAt, since) : this;
    }
}
