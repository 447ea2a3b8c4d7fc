package dev.syncline.ingest;

import java.util.List;

import org.jspecify.annotations.Nullable;

/** How far an attempt has come: everything since its beginning, not the step since the last one. */
public record Progress(
        String stage,
        Tally counts,
        long bytesRead,
        @Nullable Long bytesTotal,
        List<Warning> warnings) {
    /** Stage of the last item of an attempt that did all of its work. */
    public static final String FINISHED = "finished";

    public static final Progress NONE = new Progress("waiting", Tally.NONE, 0, null, List.of());

    public Progress {
        warnings = List.copyOf(warnings);
    }

    public Progress(String stage, Tally counts, long bytesRead, @Nullable Long bytesTotal) {
        this(stage, counts, bytesRead, bytesTotal, List.of());
    }

    public Progress withCounts(Tally other) {
        return new Progress(stage, other, bytesRead, bytesTotal, warnings);
    }
}
