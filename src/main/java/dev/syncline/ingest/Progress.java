package dev.syncline.ingest;

import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * How far an attempt has come: everything since its beginning, not the step since the last one.
 *
 * @param source what is known of the feed; none before the attempt turns to it, and for syncs that keep no such record
 */
public record Progress(
        String stage,
        Tally counts,
        long bytesRead,
        @Nullable Long bytesTotal,
        List<Warning> warnings,
        @Nullable SourceMark source) {
    /** Stage of the last item of an attempt that did all of its work. */
    public static final String FINISHED = "finished";

    public static final Progress NONE = new Progress("waiting", Tally.NONE, 0, null);

    public Progress {
        warnings = List.copyOf(warnings);
    }

    public Progress(String stage, Tally counts, long bytesRead, @Nullable Long bytesTotal) {
        this(stage, counts, bytesRead, bytesTotal, List.of());
    }

    public Progress(String stage, Tally counts, long bytesRead, @Nullable Long bytesTotal, List<Warning> warnings) {
        this(stage, counts, bytesRead, bytesTotal, warnings, null);
    }

    public boolean finished() {
        return stage.equals(FINISHED);
    }

    public Progress withCounts(Tally other) {
        return new Progress(stage, other, bytesRead, bytesTotal, warnings, source);
    }

    public Progress withSource(SourceMark mark) {
        return new Progress(stage, counts, bytesRead, bytesTotal, warnings, mark);
    }

    /** With more warnings behind those that are there. */
    public Progress withWarnings(List<Warning> more) {
        List<Warning> all = Stream.concat(warnings.stream(), more.stream()).toList();
        return new Progress(stage, counts, bytesRead, bytesTotal, all, source);
    }
}
