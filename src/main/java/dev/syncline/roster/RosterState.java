package dev.syncline.roster;

import java.util.Map;
import java.util.Optional;

import dev.syncline.identity.Envelope;
import dev.syncline.platform.ErrorCode;
import dev.syncline.run.Run;
import dev.syncline.run.RunState;

/** Where the roster sync stands, in the words of its own family (S0, pipeline). */
enum RosterState {
    idle,
    running,
    success,
    error;

    /** A run that waits for its retry is still at work, and one with remarks has succeeded. */
    static RosterState of(Run run) {
        return switch (run.state()) {
            case QUEUED, RUNNING, RETRY_WAIT -> running;
            case SUCCEEDED, PARTIAL -> success;
            case FAILED, CANCELLED -> error;
        };
    }

    /** Why a run came to nothing; empty while it may still succeed, and when it has. */
    static Optional<Envelope.Failure> failure(Run run) {
        if (run.state() == RunState.CANCELLED) {
            ErrorCode code = ErrorCode.RUN_CANCELLED;
            return Optional.of(new Envelope.Failure(code.name(), code.title(), code.nextStep(), run.id(), Map.of()));
        }
        return Optional.ofNullable(run.error())
                .filter(known -> run.state() == RunState.FAILED)
                .map(known -> new Envelope.Failure(
                        known.code(), known.message(), known.nextStep(), known.reference(), Map.of()));
    }
}
