package dev.syncline.status;

import java.time.Instant;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;
import dev.syncline.run.Run;
import dev.syncline.run.RunState;

/** The run that stands in the way of another: enough to follow it or to cancel it (C0-03). */
@RegisterForReflection(registerFullHierarchy = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ActiveRun(
        String id,
        String sync,
        RunState state,
        String actor,
        @Nullable Instant startedAt,
        RunView.ProgressView progress,
        RunView.Links links) {

    static ActiveRun of(Run run) {
        RunView view = RunView.of(run);
        return new ActiveRun(
                view.id(),
                view.sync(),
                view.state(),
                view.trigger().actor(),
                view.startedAt(),
                view.progress(),
                view.links());
    }

    /** The refusal that names the run. */
    public static SyncException refusal(Run run) {
        return new Refusal(ActiveRun.of(run));
    }

    private static final class Refusal extends SyncException {
        private final transient ActiveRun active;

        Refusal(ActiveRun active) {
            super(
                    ErrorCode.RUN_ACTIVE,
                    "%s is %s, started by %s".formatted(active.sync(), active.state(), active.actor()));
            this.active = active;
        }

        @Override
        public Map<String, Object> details() {
            return Map.of("activeRun", active);
        }
    }
}
