package dev.syncline.run;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.bson.codecs.pojo.annotations.BsonId;
import org.jspecify.annotations.Nullable;

/**
 * A run that was given up after its last attempt, with all that it takes to make it again (S1-14).
 *
 * @param run its id; the letter has no other
 * @param person whose run it was, where it is one person's alone
 * @param replay the run that was made of it
 */
@RegisterForReflection(registerFullHierarchy = true)
public record DeadLetter(
        @BsonId String run,
        String sync,
        State state,
        Payload payload,
        List<Attempt> attempts,
        RunError error,
        Instant failedAt,
        @Nullable String person,
        @Nullable String decidedBy,
        @Nullable Instant decidedAt,
        @Nullable String note,
        @Nullable String replay) {

    /** Open until a person decides. */
    public enum State {
        OPEN,
        REPLAYED,
        DISCARDED
    }

    /** What the run was asked to do, and by whom. */
    public record Payload(
            Mode mode, Map<String, String> input, @Nullable String reason, Trigger trigger) {
        public Payload {
            input = input == null ? Map.of() : Map.copyOf(input);
        }
    }

    public DeadLetter {
        attempts = List.copyOf(attempts);
    }

    static DeadLetter of(Run run) {
        return new DeadLetter(
                run.id(),
                run.sync(),
                State.OPEN,
                new Payload(run.mode(), run.input(), run.reason(), run.trigger()),
                run.attempts(),
                run.error(),
                run.completedAt(),
                run.person(),
                null,
                null,
                null,
                null);
    }

    /** Whether somebody may know of it (S4-34). */
    public boolean visibleTo(String account) {
        return person == null || person.equals(account);
    }
}
