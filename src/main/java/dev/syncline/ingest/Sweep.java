package dev.syncline.ingest;

import java.time.Instant;
import java.util.List;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.bson.codecs.pojo.annotations.BsonId;
import org.jspecify.annotations.Nullable;

/**
 * An absence that waits, or waited, for a person's word.
 *
 * @param run the run that found it
 * @param absent how many rows would go
 * @param reason why it is held
 * @param sample keys of a few of them
 * @param lastSeenAt start of the last complete run that saw the rows; null when there was none but the one that added them
 * @param applied rows that its approval marked, once all are
 */
@RegisterForReflection(registerFullHierarchy = true)
public record Sweep(
        @BsonId String run,
        String sync,
        State state,
        long absent,
        String reason,
        List<String> sample,
        Instant heldAt,
        @Nullable Instant lastSeenAt,
        @Nullable String decidedBy,
        @Nullable Instant decidedAt,
        @Nullable Long applied) {
    /** A held sweep is decided by a person, or superseded by a newer complete run. */
    public enum State {
        HELD,
        APPROVED,
        DISMISSED,
        SUPERSEDED
    }

    static Sweep held(
            RunMark mark, long absent, String reason, List<String> sample, @Nullable Instant lastSeen, Instant now) {
        return new Sweep(mark.run(), mark.sync(), State.HELD, absent, reason, sample, now, lastSeen, null, null, null);
    }

    /** Nobody has said that these rows may go; also when another run has put its own question in place of this one. */
    boolean unapproved() {
        return state != State.APPROVED;
    }

    /** Somebody said that they may go, and the process ended before they all were. */
    boolean halfApplied() {
        return state == State.APPROVED && applied == null;
    }
}
