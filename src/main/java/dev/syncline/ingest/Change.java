package dev.syncline.ingest;

import java.time.Instant;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.bson.codecs.pojo.annotations.BsonId;
import org.jspecify.annotations.Nullable;

/**
 * One field of one row that a run changed. The id is run, key and field, so that a repeated attempt writes the same entry
 * again instead of a second one, and a run's changes page by id alone.
 *
 * @param from the value before, as text; null when there was none
 * @param to the value after, as text; null when there is none
 */
@RegisterForReflection(registerFullHierarchy = true)
public record Change(
        @BsonId String id,
        String run,
        String sync,
        String key,
        Kind kind,
        String field,
        @Nullable String from,
        @Nullable String to,
        Instant at) {
    /** Why the field changed. {@code held} is what an absence would change if somebody approved it. */
    public enum Kind {
        updated,
        returned,
        absent,
        closed,
        held
    }

    public static Change of(
            RunMark mark, String key, Kind kind, String field, @Nullable String from, @Nullable String to, Instant at) {
        String id = mark.run() + ':' + key + ':' + field;
        return new Change(id, mark.run(), mark.sync(), key, kind, field, from, to, at);
    }
}
