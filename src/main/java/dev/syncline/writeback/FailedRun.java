package dev.syncline.writeback;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;
import dev.syncline.run.Run;
import dev.syncline.run.RunError;
import dev.syncline.run.RunState;
import dev.syncline.status.RunView;

/** The run that the caller waited for has come to nothing. That items have failed does not make a run fail. */
final class FailedRun extends SyncException {
    private final RunView run;

    private FailedRun(ErrorCode code, String detail, Run run) {
        super(code, detail);
        this.run = RunView.of(run);
    }

    static Optional<FailedRun> of(Run run) {
        if (run.state() == RunState.CANCELLED) {
            return Optional.of(new FailedRun(ErrorCode.RUN_CANCELLED, ErrorCode.RUN_CANCELLED.title(), run));
        }
        return Optional.ofNullable(run.error())
                .filter(error -> run.state() == RunState.FAILED)
                .map(error -> new FailedRun(code(error), error.message(), run));
    }

    /** Another version of the service may know codes that this one does not. */
    private static ErrorCode code(RunError error) {
        return Arrays.stream(ErrorCode.values())
                .filter(code -> code.name().equals(error.code()))
                .findFirst()
                .orElse(ErrorCode.RUN_FAILED);
    }

    @Override
    public Map<String, Object> details() {
        return Map.of("run", run);
    }
}
