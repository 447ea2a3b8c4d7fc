package dev.syncline.permits;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;
import dev.syncline.run.Run;
import dev.syncline.run.RunError;

/** The run that the caller waited for has failed: 500 in this family, whatever the reason (S1-19). */
final class FailedRun extends SyncException {
    FailedRun(Run run, RunError error) {
        super(ErrorCode.RUN_FAILED, "%s: %s (run %s)".formatted(error.code(), error.message(), run.id()));
    }
}
