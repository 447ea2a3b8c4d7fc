package dev.syncline.permits;

import java.util.Map;

import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;

/** The run that the caller waited for has failed: 500 in this family, whatever the reason (S1-19). */
final class FailedRun extends SyncException {
    private final transient SyncRunView run;

    FailedRun(String code, String message, SyncRunView run) {
        super(ErrorCode.INTERNAL_ERROR, code + ": " + message);
        this.run = run;
    }

    @Override
    public Map<String, Object> details() {
        return Map.of("sync_run", run);
    }
}
