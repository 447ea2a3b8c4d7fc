package dev.syncline.run;

import java.util.List;
import java.util.Objects;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;

import dev.syncline.ingest.Tally;
import dev.syncline.ingest.Warning;
import dev.syncline.platform.ErrorCode;

/** What a test says of a run. */
public final class RunAssert extends AbstractAssert<RunAssert, Run> {
    private RunAssert(Run run) {
        super(run, RunAssert.class);
    }

    public static RunAssert assertThat(Run run) {
        return new RunAssert(run)
                .as("%s run, %s, error %s", run.state(), run.progress().counts(), run.error());
    }

    @CanIgnoreReturnValue
    public RunAssert is(RunState state) {
        Assertions.assertThat(actual.state()).as(descriptionText()).isEqualTo(state);
        return this;
    }

    @CanIgnoreReturnValue
    public RunAssert failedWith(ErrorCode code) {
        is(RunState.FAILED);
        Assertions.assertThat(actual.error().code()).as(descriptionText()).isEqualTo(code.name());
        return this;
    }

    /** The exact counts; those not named are zero, and all that was read is among them. */
    @CanIgnoreReturnValue
    public RunAssert counted(Counts counts) {
        Assertions.assertThat(actual.progress().counts()).as(descriptionText()).isEqualTo(counts.tally());
        return this;
    }

    /** The codes that its attempts ended with, in order; a dash for one that did not fail. */
    @CanIgnoreReturnValue
    public RunAssert hasAttempts(String... codes) {
        Assertions.assertThat(actual.attempts())
                .as(descriptionText())
                .extracting(a -> a.error() == null ? "-" : a.error().code())
                .containsExactly(codes);
        return this;
    }

    @CanIgnoreReturnValue
    public RunAssert warnsOf(String... codes) {
        Assertions.assertThat(actual.progress().warnings())
                .as(descriptionText())
                .extracting(Warning::code)
                .containsExactly(codes);
        return this;
    }

    /** Read = added + updated + unchanged + rejected + duplicates. */
    @CanIgnoreReturnValue
    public RunAssert addsUp() {
        Tally counts = actual.progress().counts();
        long parts = counts.taken() + counts.rejected() + counts.duplicates();
        Assertions.assertThat(counts.read()).as(descriptionText()).isEqualTo(parts);
        return this;
    }

    /** Ended, with all that an ended run has (S1-05, S1-06). */
    @CanIgnoreReturnValue
    public RunAssert isClosed() {
        Assertions.assertThat(actual.active()).as(descriptionText()).isFalse();
        Assertions.assertThat(List.of(actual.startedAt(), actual.completedAt())).isSorted();
        Assertions.assertThat(actual.durationMs()).as(descriptionText()).isPositive();
        Assertions.assertThat(actual.activeFor()).isNull();
        Assertions.assertThat(actual.attempts()).extracting(Attempt::endedAt).allMatch(Objects::nonNull);
        return this;
    }

    /** Rows of a run by what became of them. */
    public record Counts(long added, long updated, long unchanged, long rejected, long duplicates, long absent) {
        public static Counts none() {
            return new Counts(0, 0, 0, 0, 0, 0);
        }

        public static Counts added(long rows) {
            return new Counts(rows, 0, 0, 0, 0, 0);
        }

        public static Counts updated(long rows) {
            return none().andUpdated(rows);
        }

        public static Counts unchanged(long rows) {
            return none().andUnchanged(rows);
        }

        public Counts andUpdated(long rows) {
            return new Counts(added, rows, unchanged, rejected, duplicates, absent);
        }

        public Counts andUnchanged(long rows) {
            return new Counts(added, updated, rows, rejected, duplicates, absent);
        }

        public Counts andRejected(long rows) {
            return new Counts(added, updated, unchanged, rows, duplicates, absent);
        }

        public Counts andDuplicates(long rows) {
            return new Counts(added, updated, unchanged, rejected, rows, absent);
        }

        public Counts andAbsent(long rows) {
            return new Counts(added, updated, unchanged, rejected, duplicates, rows);
        }

        Tally tally() {
            long read = added + updated + unchanged + rejected + duplicates;
            return new Tally(read, added, updated, unchanged, rejected, duplicates, absent);
        }
    }
}
