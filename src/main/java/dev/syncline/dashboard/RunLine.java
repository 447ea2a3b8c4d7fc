package dev.syncline.dashboard;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.syncline.ingest.Sweep;
import dev.syncline.ingest.Tally;
import dev.syncline.ingest.Warning;
import dev.syncline.platform.ErrorCode;
import dev.syncline.run.RunError;
import dev.syncline.run.Trigger;
import dev.syncline.status.RunView;

/**
 * A run in words.
 *
 * @param sweep what became of the rows that it found absent, if it did not mark them at once
 */
record RunLine(RunView view, Sweep.@Nullable State sweep) {

    private static final int PLACES = 3;
    private static final String UNCHANGED = "Nothing was read: the source says that nothing has changed";

    /** @param key the name that the event stream gives it */
    public record Count(String key, String name, long value) {}

    static RunLine of(RunView view, Map<String, Sweep> sweeps) {
        Sweep sweep = sweeps.get(view.id());
        return new RunLine(view, sweep == null ? null : sweep.state());
    }

    public String words() {
        return switch (view.state()) {
            case QUEUED -> "Starting";
            case RUNNING -> "Running";
            case RETRY_WAIT -> "Waiting to try again";
            case SUCCEEDED -> unchanged() ? "Unchanged" : "Complete";
            case PARTIAL -> unchanged() ? "Unchanged, with remarks" : "Complete, with remarks";
            case FAILED -> "Failed";
            case CANCELLED -> "Cancelled";
        };
    }

    /** How the page marks it; the words say the same, so that nobody has to see the colour. */
    public String tone() {
        return switch (view.state()) {
            case QUEUED, RUNNING -> "busy";
            case SUCCEEDED -> "good";
            case RETRY_WAIT, PARTIAL -> "attention";
            case FAILED -> "bad";
            case CANCELLED -> "quiet";
        };
    }

    /** Whether nothing was read, since nothing has changed. */
    public boolean unchanged() {
        return view.source() != null && view.source().unchanged();
    }

    public boolean dryRun() {
        return view.mode() == RunView.ModeView.dryRun;
    }

    public List<Count> counts() {
        Tally counts = view.counts();
        return List.of(
                new Count("read", "Read", counts.read()),
                new Count("added", "Added", counts.added()),
                new Count("updated", "Updated", counts.updated()),
                new Count("unchanged", "Unchanged", counts.unchanged()),
                new Count("duplicates", "Duplicates", counts.duplicates()),
                new Count("rejected", "Set aside", counts.rejected()),
                new Count("absent", "Absent", counts.absent()));
    }

    /** As {@code 1,658 read, 844 added, 95 updated}: what was counted, without the zeros. */
    public String summary() {
        return unchanged() ? UNCHANGED : counted();
    }

    private String counted() {
        return counts().stream()
                .filter(count -> count.value() > 0 || count.key().equals("read"))
                .map(count -> Shown.grouped(count.value()) + " " + count.name().toLowerCase(Locale.ENGLISH))
                .collect(Collectors.joining(", "));
    }

    /** What a reader should know beside the counts. A sweep that waits has a place of its own on the page. */
    public List<String> remarks() {
        Stream<String> warnings = view.warnings().stream()
                .filter(warning -> !isSweep(warning) || sweep != Sweep.State.HELD)
                .map(this::remark);
        return Stream.concat(unchanged() ? Stream.of(UNCHANGED) : Stream.empty(), warnings)
                .toList();
    }

    private String remark(Warning warning) {
        return isSweep(warning) && sweep != null
                ? warning.message() + ": " + fate(sweep)
                : sentence(warning.message()) + places(warning);
    }

    private static String sentence(String words) {
        return words.substring(0, 1).toUpperCase(Locale.ENGLISH) + words.substring(1);
    }

    /** Where the first of them stand, as far as a line has room. */
    private static String places(Warning warning) {
        List<String> sample = warning.sample();
        String first = sample.stream().limit(PLACES).collect(Collectors.joining("; "));
        return first.isEmpty() ? "" : " (" + first + (sample.size() > PLACES ? "; …)" : ")");
    }

    private static boolean isSweep(Warning warning) {
        return warning.code().equals(ErrorCode.SWEEP_HELD.name());
    }

    private static String fate(Sweep.State sweep) {
        return switch (sweep) {
            case HELD -> "held until somebody decides";
            case APPROVED -> "approved, so they were marked";
            case DISMISSED -> "dismissed, so they were kept";
            case SUPERSEDED -> "left to a newer run";
        };
    }

    /** Why it failed, or why its latest attempt did. */
    public @Nullable RunError error() {
        RunError own = view.error();
        boolean none = own != null || view.attempts().isEmpty();
        return none ? own : view.attempts().get(view.attempts().size() - 1).error();
    }

    public String startedBy() {
        String actor = view.trigger().actor();
        return view.trigger().kind() == Trigger.Kind.scheduled ? "by itself (" + actor + ")" : "by " + actor;
    }

    /** What whoever asked had on their screen; empty where nobody can hide names. */
    public String anonymization() {
        return view.anonymized() == null ? "" : "Anonymization was " + (view.anonymized() ? "on" : "off");
    }

    public String took() {
        return view.durationMs() == null ? "" : Shown.duration(Duration.ofMillis(view.durationMs()));
    }

    /** Whether the share of the work that is done is known. */
    public boolean measurable() {
        Long total = view.progress().bytesTotal();
        return total != null && total > 0;
    }
}
