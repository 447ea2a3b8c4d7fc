package dev.syncline.run;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import org.jboss.logging.Logger;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

import dev.syncline.ingest.Tally;
import dev.syncline.platform.Fault;

/**
 * Log lines of a run: each carries the run, its sync and the request that asked for it (C0-30, C0-55), and, as the roster's
 * readers know them, {@code runId}, {@code taskType}, {@code sheetId} and {@code userEmail} (S0-14). The last one stands there
 * only where a person pressed the button, and never for a run that is one person's alone (C0-46).
 */
public final class RunLog {
    private static final Logger LOG = Logger.getLogger("dev.syncline.run");

    private RunLog() {}

    public static void info(Run run, String message) {
        with(told(run), () -> LOG.info(message));
    }

    /** The attempt is over, and mostly the run with it; what came of it. */
    static void attemptEnded(Run run) {
        Map<String, Object> told = told(run);
        told.putAll(outcome(run));
        String line = ended(run);
        if (run.state() == RunState.FAILED) {
            with(told, () -> LOG.warn(line));
        } else {
            with(told, () -> LOG.info(line));
        }
    }

    private static String ended(Run run) {
        Tally counts = run.progress().counts();
        String failure = run.error() == null
                ? ""
                : " code=%s reference=%s"
                        .formatted(run.error().code(), run.error().reference());
        boolean unchanged =
                run.progress().source() != null && run.progress().source().isUnchanged();
        return "attempt %d ends, state=%s%s%s read=%d added=%d updated=%d unchanged=%d rejected=%d duplicates=%d absent=%d"
                .formatted(
                        run.attempt(),
                        run.state(),
                        failure,
                        unchanged ? " source=unchanged" : "",
                        counts.read(),
                        counts.added(),
                        counts.updated(),
                        counts.unchanged(),
                        counts.rejected(),
                        counts.duplicates(),
                        counts.absent());
    }

    /** The work failed in a way that is explained to whoever reads the run. */
    public static void warn(Run run, String message) {
        with(told(run), () -> LOG.warn(message));
    }

    /**
     * A person must act. Neither the stack nor the words of others' exceptions, which may hold anything, are shown unless this
     * category's level is DEBUG (S2-13).
     */
    static void error(Run run, String message, Throwable failure) {
        with(told(run), () -> {
            LOG.errorf("%s, fault: %s", message, Fault.of(failure));
            LOG.debug(message, failure);
        });
    }

    private static Map<String, Object> told(Run run) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("run", run.id());
        told.put("runId", run.id());
        told.put("sync", run.sync());
        told.put("taskType", run.trigger().kind().name());
        told.put("requestId", run.trigger().requestId());
        Optional.ofNullable(run.input().get(Run.SHEET)).ifPresent(sheet -> told.put("sheetId", sheet));
        if (run.trigger().kind() == Trigger.Kind.manual && run.person() == null) {
            told.put("userEmail", run.trigger().actor());
        }
        return told;
    }

    private static Map<String, Object> outcome(Run run) {
        Tally counts = run.progress().counts();
        Map<String, Object> outcome = new LinkedHashMap<>();
        outcome.put("added", counts.added());
        outcome.put("updated", counts.updated());
        outcome.put("unchanged", counts.unchanged());
        if (run.durationMs() != null) {
            outcome.put("durationMs", run.durationMs());
        }
        if (run.startedAt() != null) {
            outcome.put(
                    "queueLatencyMs",
                    Duration.between(run.queuedAt(), run.startedAt()).toMillis());
        }
        if (run.error() != null) {
            outcome.put("errorCode", run.error().code());
            outcome.put("referenceId", run.error().reference());
            outcome.put("recommendation", run.error().nextStep());
        }
        return outcome;
    }

    private static void with(Map<String, Object> told, Runnable logging) {
        Map<String, Object> before = new HashMap<>();
        told.forEach((key, value) -> {
            before.put(key, MDC.get(key));
            MDC.put(key, value);
        });
        try {
            logging.run();
        } finally {
            before.forEach(RunLog::restore);
        }
    }

    private static void restore(String key, @Nullable Object value) {
        if (value == null) {
            MDC.remove(key);
        } else {
            MDC.put(key, value);
        }
    }
}
