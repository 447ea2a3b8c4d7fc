package dev.syncline.notify;

import java.time.Instant;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;

import dev.syncline.notify.Notice.Kind;
import dev.syncline.notify.Notices.Matter;
import dev.syncline.run.MissedRunListener;
import dev.syncline.run.Run;
import dev.syncline.run.RunFollowUp;
import dev.syncline.run.RunState;
import dev.syncline.run.SyncJob;

/**
 * Tells of each failed run once, and once more of one that was given up; and of a run that should have happened and did not.
 * Puts it into the outbox and no more, so nothing that becomes of a letter can touch a run. Whoever it belongs to alone, of
 * their runs nobody else is told; that, too, is recorded.
 */
@ApplicationScoped
@Priority(1)
class RunNotices implements RunFollowUp, MissedRunListener {
    private final Outbox outbox;
    private final Notices notices;
    private final Links links;

    RunNotices(Outbox outbox, Notices notices, Links links) {
        this.outbox = outbox;
        this.notices = notices;
        this.links = links;
    }

    @Override
    public Uni<Void> follow(Run ended) {
        return ended.state() == RunState.FAILED
                ? failed(ended)
                        .chain(() -> ended.gaveUp()
                                ? givenUp(ended)
                                : Uni.createFrom().voidItem())
                : Uni.createFrom().voidItem();
    }

    private Uni<Void> failed(Run run) {
        return outbox.enqueue(notices.of(
                matter(Kind.RUN_FAILED, run), () -> Letter.ofFailed(run, links), id -> Call.ofFailed(id, run, links)));
    }

    private Uni<Void> givenUp(Run run) {
        return outbox.enqueue(notices.of(
                matter(Kind.GIVEN_UP, run), () -> Letter.ofGivenUp(run, links), id -> Call.ofGivenUp(id, run, links)));
    }

    private static Matter matter(Kind kind, Run run) {
        return new Matter(kind, run.id(), run.sync(), run.id(), run.person());
    }

    @Override
    public Uni<Void> missed(SyncJob job, Instant slot) {
        Matter matter = new Matter(
                Kind.LATE,
                job.sync() + '@' + slot,
                job.sync(),
                null,
                job.person().orElse(null));
        return outbox.enqueue(
                notices.of(matter, () -> Letter.ofLate(job, slot, links), id -> Call.ofLate(id, job, slot, links)));
    }
}
