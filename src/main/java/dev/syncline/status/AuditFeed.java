package dev.syncline.status;

import java.util.Arrays;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import com.mongodb.MongoException;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

import dev.syncline.identity.AuditEntry;
import dev.syncline.identity.AuditTrail;
import dev.syncline.identity.AuditType;
import dev.syncline.platform.DatabaseFailures;
import dev.syncline.platform.ErrorCode;
import dev.syncline.platform.SyncException;
import dev.syncline.status.ShownRows.Sight;

/** The audit trail, newest first and page by page, as the caller may see it. Ask within the request. */
@ApplicationScoped
public class AuditFeed {
    private static final String LIST = "audit";

    private final AuditTrail audit;
    private final RunAudit ends;
    private final Sights sights;

    AuditFeed(AuditTrail audit, RunAudit ends, Sights sights) {
        this.audit = audit;
        this.ends = ends;
        this.sights = sights;
    }

    /**
     * A page; {@code AUDIT_FEED_FETCH_FAILED} if the database refuses to give it.
     *
     * @param types as they were asked for: repeated, or separated by commas; {@code INVALID_PARAMETER}
     * @param target what was acted on; null for anything
     */
    public Uni<Page<AuditEntry>> page(List<String> types, @Nullable String target, PageParameters page) {
        int size = page.size();
        AuditQuery query = new AuditQuery(known(types), target, page.after(LIST));
        List<Sight> all = sights.all();
        // First what is to come: what is recorded between the two is then found twice, and not missed.
        return ends.toCome()
                .chain(toCome -> recorded(query, toCome, size + 1))
                .map(found -> seen(found, all))
                .map(shown -> Page.of(LIST, shown, size, AuditEntry::id, entry -> entry))
                .onFailure(MongoException.class)
                .transform(AuditFeed::told);
    }

    private Uni<List<AuditEntry>> recorded(AuditQuery query, List<AuditEntry> toCome, int limit) {
        return audit.newest(query.bson(), limit).map(recorded -> query.merged(recorded, toCome, limit));
    }

    private static List<AuditEntry> seen(List<AuditEntry> found, List<Sight> sights) {
        return found.stream().map(entry -> Sights.seen(entry, sights)).toList();
    }

    private static Throwable told(Throwable failure) {
        return DatabaseFailures.isConnectivity(failure)
                ? failure
                : new SyncException(
                        ErrorCode.AUDIT_FEED_FETCH_FAILED, "the database refused to give the records", failure);
    }

    /** The types that there are, as the API writes them. */
    public static List<String> types() {
        return Arrays.stream(AuditType.values()).map(AuditType::shown).toList();
    }

    private static List<String> known(List<String> asked) {
        return asked.stream()
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .map(value -> Parameters.one(types(), "eventType", value))
                .toList();
    }
}
