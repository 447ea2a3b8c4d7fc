package dev.syncline.run;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.syncline.ingest.Progress;
import dev.syncline.ingest.Tally;
import dev.syncline.ingest.Warning;
import dev.syncline.platform.ErrorCode;

/** Runs in each of their states, made by their own verbs. */
final class RunMaker {
    static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    static final Duration MINUTE = Duration.ofMinutes(1);
    static final Progress CLEAN = new Progress(Progress.FINISHED, new Tally(3, 3, 0, 0, 0, 0, 0), 300, 300L);
    static final Progress WARNED = new Progress(
            Progress.FINISHED,
            CLEAN.counts(),
            300,
            300L,
            List.of(new Warning("SWEEP_HELD", "two are absent", List.of())));
    static final RunError FAILURE = RunError.of(ErrorCode.SOURCE_FAILED, "the source said 500", "reference-1");

    private RunMaker() {}

    static Run aQueuedRun() {
        return aQueuedRun("run-1", "scripted");
    }

    static Run aQueuedRun(String id, String sync) {
        Trigger trigger = new Trigger(Trigger.Kind.manual, "tester", "request-1", null);
        return Run.queued(
                id, new StartRequest(sync, trigger, Mode.live, "why", Map.of("feed", "x")), null, "p/0", NOON);
    }

    static Run aRun(RunState state) {
        Run queued = aQueuedRun();
        Run running = queued.startedBy("p/1", NOON);
        return switch (state) {
            case QUEUED -> queued;
            case RUNNING -> running;
            default -> become(running, state);
        };
    }

    /** Applies the verb that leads to a state, wherever the run stands. */
    static Run become(Run run, RunState state) {
        Instant now = NOON.plus(MINUTE);
        return switch (state) {
            case QUEUED -> run.cancelRequested("tester", now);
            case RUNNING -> run.startedBy("p/2", now);
            case RETRY_WAIT -> run.retryAt(now.plus(MINUTE), FAILURE, run.progress(), now, MINUTE);
            case SUCCEEDED -> run.finished(CLEAN, now, MINUTE);
            case PARTIAL -> run.finished(WARNED, now, MINUTE);
            case FAILED -> run.failed(FAILURE, run.progress(), now, MINUTE);
            case CANCELLED -> run.cancelled(run.progress(), now, MINUTE);
        };
    }
}
