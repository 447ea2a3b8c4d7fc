package dev.syncline.notify;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import dev.syncline.ingest.Tally;
import dev.syncline.platform.ErrorCode;
import dev.syncline.run.Run;
import dev.syncline.run.RunError;
import dev.syncline.run.SyncJob;
import dev.syncline.source.SafeText;

/**
 * What a person is told: plain text, each fact on a line of its own. Whatever comes from outside is made one line first, so it
 * can end no header and begin no line.
 */
record Letter(String subject, String text) {
    private static final int LONGEST_NAME = 80;
    private static final int LONGEST_FACT = 500;
    private static final String NO_CODE = "INTERNAL_ERROR";

    /** Of a failed run (S1-15). */
    static Letter ofFailed(Run run, Links links) {
        Lines lines = about(run, new Lines("A run of %s has failed.".formatted(name(run.sync()))))
                .gap()
                .fact("Run", links.run(run))
                .fact("What to do", links.runbook(code(run)))
                .fact("Log", links.log(run).orElse("search it for " + run.id()))
                .fact("Dashboard", links.dashboard());
        return new Letter(subject(run.sync(), "run failed", code(run)), lines.text());
    }

    /** Of a run that was given up after its last attempt (S1-14). */
    static Letter ofGivenUp(Run run, Links links) {
        String first = "A run of %s was given up, its attempts: %d. Nobody tries it again unless you say so."
                .formatted(name(run.sync()), run.attempt());
        Lines lines = about(run, new Lines(first))
                .gap()
                .fact("Dead letters", links.deadLetters(run.sync()))
                .fact("Log", links.log(run).orElse("search it for " + run.id()))
                .fact("Run", links.run(run))
                .fact("What to do", links.runbook(code(run)))
                .fact("Dashboard", links.dashboard());
        return new Letter(subject(run.sync(), "run given up", code(run)), lines.text());
    }

    /** Of a run that should have happened. */
    static Letter ofLate(SyncJob job, Instant slot, Links links) {
        Lines lines = new Lines("A run of %s should have happened and did not.".formatted(name(job.sync())))
                .gap()
                .fact("Sync", name(job.sync()) + ": " + job.title())
                .fact("Was due at", slot.toString())
                .fact(
                        "Next step",
                        "Look at the sync's state and at the service's log; start the run by hand if it is needed.")
                .gap()
                .fact("Sync's state", links.sync(job.sync()))
                .fact("Dashboard", links.dashboard());
        return new Letter(subject(job.sync(), "no run", slot.toString()), lines.text());
    }

    /** Of changes that have waited for long to be written (S2-44). */
    static Letter ofBacklog(Backlog backlog, Links links) {
        ErrorCode code = ErrorCode.BACKLOG_GROWING;
        Lines lines = new Lines(
                        "Many changes have waited for long to be written by %s.".formatted(name(backlog.sync())))
                .gap()
                .fact("Sync", backlog.sync())
                .fact("Too many since", backlog.since().toString())
                .fact("Waiting now", Long.toString(backlog.waiting()))
                .fact("Error", code.name() + title(code.name()))
                .fact("Next step", code.nextStep())
                .gap()
                .fact("Sync's state", links.sync(backlog.sync()))
                .fact("What to do", links.runbook(code.name()))
                .fact("Dashboard", links.dashboard());
        return new Letter(subject(backlog.sync(), "backlog", code.name()), lines.text());
    }

    private static Lines about(Run run, Lines lines) {
        Optional<RunError> error = Optional.ofNullable(run.error());
        Tally counts = run.progress().counts();
        return lines.gap()
                .fact("Run id", run.id())
                .fact("Sync", run.sync())
                .fact("Failed at", String.valueOf(run.completedAt()))
                .fact("Error", code(run) + title(code(run)))
                .fact("Detail", error.map(RunError::message).orElse(null))
                .fact("Next step", error.map(RunError::nextStep).orElse(null))
                .fact("Reference", error.map(RunError::reference).orElse(null))
                .fact("Attempts", Integer.toString(run.attempt()))
                .fact(
                        "Started by",
                        "%s (%s)".formatted(run.trigger().actor(), run.trigger().kind()))
                .fact("Mode", run.mode().name())
                .gap()
                .fact("Records processed", Long.toString(counts.read()))
                .fact(
                        "Of these",
                        "%d added, %d updated, %d unchanged, %d rejected, %d duplicates"
                                .formatted(
                                        counts.added(),
                                        counts.updated(),
                                        counts.unchanged(),
                                        counts.rejected(),
                                        counts.duplicates()));
    }

    private static String subject(String sync, String what, String more) {
        return "[Syncline] %s: %s - %s".formatted(name(sync), what, name(more));
    }

    private static String code(Run run) {
        return run.error() == null ? NO_CODE : run.error().code();
    }

    private static String title(String code) {
        return Arrays.stream(ErrorCode.values())
                .filter(known -> known.name().equals(code))
                .map(known -> ": " + known.title())
                .findFirst()
                .orElse("");
    }

    private static String name(String text) {
        return SafeText.of(text, LONGEST_NAME);
    }

    /** A text while it is written. */
    private static final class Lines {
        private final List<String> lines = new ArrayList<>();

        Lines(String first) {
            lines.add(first);
        }

        Lines gap() {
            lines.add("");
            return this;
        }

        /** Nothing, where nothing is known. */
        Lines fact(String name, @Nullable String value) {
            if (value != null) {
                lines.add("%-19s%s".formatted(name + ":", SafeText.of(value, LONGEST_FACT)));
            }
            return this;
        }

        String text() {
            return String.join("\n", lines) + "\n";
        }
    }
}
