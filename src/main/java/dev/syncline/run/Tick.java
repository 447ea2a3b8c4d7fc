package dev.syncline.run;

import java.time.Instant;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.bson.codecs.pojo.annotations.BsonId;
import org.jspecify.annotations.Nullable;

/**
 * A slot of a schedule that a process has claimed; whoever inserts it starts the run.
 *
 * @param id the sync and the slot, so that there is one of each
 * @param run the id of the run to be
 * @param earlier slots before it that no process was there for, and that this one stands for
 * @param at when it was claimed
 * @param open there, and true, until it is known what became of it
 * @param outcome what became of it
 * @param mode of the run to be; none: live
 * @param actor who ticked; none: this service's own clock
 * @param requestId of who ticked from outside
 */
@RegisterForReflection(registerFullHierarchy = true)
public record Tick(
        @BsonId String id,
        String sync,
        Instant slot,
        String run,
        Long earlier,
        Instant at,
        @Nullable Boolean open,
        @Nullable Outcome outcome,
        @Nullable Mode mode,
        @Nullable String actor,
        @Nullable String requestId) {

    /** The run was started, or why none was, which is no failure (S0-23). */
    public enum Outcome {
        started,
        /** A run of the sync was active. */
        inflight,
        /** The sync is switched off. */
        config_disabled,
        /** It was too late, and missed slots are not made up for. */
        missed
    }

    static String id(String sync, Instant slot) {
        return sync + '@' + slot;
    }

    static Tick of(String sync, Schedule.Due due, String run, Instant now) {
        return of(sync, due, run, now, Ticker.CLOCK);
    }

    static Tick of(String sync, Schedule.Due due, String run, Instant now, Ticker by) {
        return new Tick(
                id(sync, due.slot()),
                sync,
                due.slot(),
                run,
                due.earlier(),
                now,
                true,
                null,
                by.mode(),
                by.actor(),
                by.requestId());
    }

    /** Who ticked, as the tick remembers it. */
    Ticker by() {
        return new Ticker(mode == null ? Mode.live : mode, actor == null ? Ticker.CLOCK.actor() : actor, requestId);
    }
}
