package dev.syncline.status;

import java.util.Arrays;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import com.mongodb.client.model.Filters;
import io.smallrye.mutiny.Uni;
import org.bson.conversions.Bson;

import dev.syncline.identity.AuditEntry;
import dev.syncline.identity.AuditTrail;
import dev.syncline.identity.AuditType;
import dev.syncline.status.ShownRows.Sight;

/** The audit trail, newest first and page by page, as the caller may see it. Ask within the request. */
@ApplicationScoped
public class AuditFeed {
    private static final String LIST = "audit";

    private final AuditTrail audit;
    private final Sights sights;

    AuditFeed(AuditTrail audit, Sights sights) {
        this.audit = audit;
        this.sights = sights;
    }

    /** @param types as they were asked for: repeated, or separated by commas; {@code INVALID_PARAMETER} */
    public Uni<Page<AuditEntry>> page(List<String> types, PageParameters page) {
        int size = page.size();
        List<Sight> all = sights.all();
        return audit.newest(Filters.and(ofTypes(types), before(page.after(LIST))), size + 1)
                .map(found -> seen(found, all))
                .map(shown -> Page.of(LIST, shown, size, AuditEntry::id, entry -> entry));
    }

    private static List<AuditEntry> seen(List<AuditEntry> found, List<Sight> sights) {
        return found.stream().map(entry -> Sights.seen(entry, sights)).toList();
    }

    /** The types that there are, as the API writes them. */
    public static List<String> types() {
        return Arrays.stream(AuditType.values()).map(AuditType::shown).toList();
    }

    private static Bson ofTypes(List<String> asked) {
        List<String> types = asked.stream()
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .map(value -> Parameters.one(types(), "eventType", value))
                .map(value -> value.replace('-', '_'))
                .toList();
        return types.isEmpty() ? Filters.empty() : Filters.in("type", types);
    }

    private static Bson before(String id) {
        return id.isEmpty() ? Filters.empty() : Filters.lt("_id", id);
    }
}
