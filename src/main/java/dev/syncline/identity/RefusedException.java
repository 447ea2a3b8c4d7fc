package dev.syncline.identity;

import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.syncline.platform.SyncException;

/** A caller was not let in, or not that far. */
final class RefusedException extends SyncException {
    private final Refusal reason;
    private final @Nullable String who;

    RefusedException(Refusal reason, @Nullable String who) {
        super(reason.code(), reason.detail());
        this.reason = reason;
        this.who = who;
    }

    Refusal reason() {
        return reason;
    }

    /** So that a program can tell one refusal from another. */
    @Override
    public Map<String, Object> details() {
        return Map.of("reason", reason.name());
    }

    /** The account's name where it is known: a token that was verified told it. */
    Optional<String> who() {
        return Optional.ofNullable(who);
    }
}
