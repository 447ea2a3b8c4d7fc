package dev.syncline.notify;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import com.mongodb.client.model.Filters;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

import dev.syncline.notify.Notice.Kind;
import dev.syncline.notify.Notices.Matter;
import dev.syncline.run.Run;

/**
 * What a sync tells beside the ends of its runs: a program, that the columns of its sheet have changed (S0-39), which people see
 * on the dashboard and are sent no mail of; and both, that changes wait for too long (S2-44). Goes the way of all that is told,
 * so it can neither delay nor fail a run, and whether it arrived can be looked up (S0-40).
 */
@ApplicationScoped
public class Alerts {
    static final String WEBHOOK_DISABLED = "webhook-disabled";
    static final String DISPATCH_FAILED = "alert-dispatch-failed";

    private final Outbox outbox;
    private final Notices notices;
    private final Links links;

    Alerts(Outbox outbox, Notices notices, Links links) {
        this.outbox = outbox;
        this.notices = notices;
        this.links = links;
    }

    /**
     * What became of an alert.
     *
     * @param reason why it was suppressed or failed
     * @param detail what the other side answered last, where it failed or has yet to take it
     */
    @RegisterForReflection
    public record Alert(
            String runId,
            Status status,
            @Nullable String reason,
            @Nullable String detail,
            Instant at) {
        /** Where it stands. */
        public enum Status {
            pending,
            dispatched,
            suppressed,
            failed
        }
    }

    /** Tells it once for a run, as soon as the webhook takes it. */
    public Uni<Void> schemaChanged(Run run, Map<String, Object> facts) {
        return outbox.enqueue(List.of(notices.call(matter(run), id -> Call.ofSchema(id, run, facts, links))));
    }

    /** Records that nobody is told, and why: {@code dry-run-mode}, {@code schema-alerts-paused}. */
    public Uni<Void> schemaSuppressed(Run run, String reason) {
        return outbox.enqueue(List.of(notices.untold(matter(run), reason)));
    }

    /** Tells of a backlog, once for each beginning of one. */
    public Uni<Void> backlogGrowing(Backlog backlog) {
        Matter matter = new Matter(Kind.BACKLOG, backlog.sync() + '@' + backlog.since(), backlog.sync(), null, null);
        return outbox.enqueue(
                notices.of(matter, () -> Letter.ofBacklog(backlog, links), id -> Call.ofBacklog(id, backlog, links)));
    }

    /** The newest alert of a sync. */
    public Uni<Optional<Alert>> newestSchemaAlert(String sync) {
        return outbox.newest(Filters.and(Filters.eq("kind", Kind.SCHEMA_CHANGED.name()), Filters.eq("sync", sync)), 1)
                .map(found -> found.stream().findFirst().map(Alerts::shown));
    }

    private static Matter matter(Run run) {
        return new Matter(Kind.SCHEMA_CHANGED, run.id(), run.sync(), run.id(), run.person());
    }

    private static Alert shown(Notice notice) {
        Alert.Status status =
                switch (notice.state()) {
                    case PENDING, SENDING -> Alert.Status.pending;
                    case SENT -> Alert.Status.dispatched;
                    case SUPPRESSED -> Alert.Status.suppressed;
                    case FAILED -> Alert.Status.failed;
                };
        String reason = status == Alert.Status.failed ? DISPATCH_FAILED : notice.reason();
        Instant at = notice.sentAt() == null ? notice.createdAt() : notice.sentAt();
        return new Alert(String.valueOf(notice.run()), status, reason, notice.lastError(), at);
    }
}
