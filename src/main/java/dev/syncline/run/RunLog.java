package dev.syncline.run;

import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

import dev.syncline.ingest.Tally;

/** Log lines of a run: each carries the run, its sync and the request that asked for it (C0-30, C0-55). */
final class RunLog {
    private static final Logger LOG = Logger.getLogger("dev.syncline.run");

    private RunLog() {}

    static void info(Run run, String message) {
        with(run, () -> LOG.info(message));
    }

    /** The attempt is over, and mostly the run with it; what came of it. */
    static void attemptEnded(Run run) {
        Tally counts = run.progress().counts();
        String code = run.error() == null ? "" : " code=" + run.error().code();
        boolean unchanged =
                run.progress().source() != null && run.progress().source().isUnchanged();
        String line =
                "attempt %d ends, state=%s%s%s read=%d added=%d updated=%d unchanged=%d rejected=%d duplicates=%d absent=%d"
                        .formatted(
                                run.attempt(),
                                run.state(),
                                code,
                                unchanged ? " source=unchanged" : "",
                                counts.read(),
                                counts.added(),
                                counts.updated(),
                                counts.unchanged(),
                                counts.rejected(),
                                counts.duplicates(),
                                counts.absent());
        if (run.state() == RunState.FAILED) {
            warn(run, line);
        } else {
            info(run, line);
        }
    }

    /** The work failed in a way that is explained to whoever reads the run. */
    static void warn(Run run, String message) {
        with(run, () -> LOG.warn(message));
    }

    /** A person must act, and the stack helps. */
    static void error(Run run, String message, Throwable failure) {
        with(run, () -> LOG.error(message, failure));
    }

    private static void with(Run run, Runnable logging) {
        Object before = MDC.get("requestId");
        MDC.put("run", run.id());
        MDC.put("sync", run.sync());
        MDC.put("requestId", run.trigger().requestId());
        try {
            logging.run();
        } finally {
            MDC.remove("run");
            MDC.remove("sync");
            if (before == null) {
                MDC.remove("requestId");
            } else {
                MDC.put("requestId", before);
            }
        }
    }
}
